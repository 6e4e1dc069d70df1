import NN
import Testing

@Suite struct BLASLibraryTests {
  @Test func theDescriptionNamesTheCore() {
    #expect(BLASLibrary.description.hasPrefix("OpenBLAS "))
    #expect(BLASLibrary.description.hasSuffix(" with \(BLASLibrary.core) kernels"))
    #expect(BLASLibrary.configuration.contains(BLASLibrary.core))
  }
}
