import CKernels
import NN
import Testing

@Suite struct BLASLibraryTests {
  @Test(arguments: [
    // Intel with AVX-512: only its own kernels are fast.
    ("Prescott", lk_avx512, false, "SkylakeX"), ("Haswell", lk_avx512, false, "SkylakeX"),
    ("Cooperlake", lk_avx512, false, "SkylakeX"), ("SkylakeX", lk_avx512, false, nil),
    ("SapphireRapids", lk_avx512, false, nil),
    // AMD with AVX-512: both are.
    ("Barcelona", lk_avx512, true, "SkylakeX"), ("Zen", lk_avx512, true, "SkylakeX"),
    ("Cooperlake", lk_avx512, true, nil), ("SkylakeX", lk_avx512, true, nil),
    ("Prescott", lk_avx2, false, "Haswell"), ("Excavator", lk_avx2, true, "Haswell"),
    ("Haswell", lk_avx2, false, nil), ("Zen", lk_avx2, true, nil),
    ("Prescott", lk_portable, false, nil), ("neoversen1", lk_portable, false, nil),
  ])
  func slowCoresAreReplaced(
    _ core: String, _ instructionSet: lk_instruction_set, _ isAMD: Bool, _ better: String?
  ) {
    #expect(
      BLASLibrary.recommendedCore(inPlaceOf: core, instructionSet: instructionSet, isAMD: isAMD)
        == better)
  }

  /// What is recommended is not replaced in its turn: a program restarts once.
  @Test(arguments: [lk_avx512, lk_avx2], [false, true])
  func recommendationsAreFinal(_ instructionSet: lk_instruction_set, _ isAMD: Bool) throws {
    let core = try #require(
      BLASLibrary.recommendedCore(
        inPlaceOf: "Prescott", instructionSet: instructionSet, isAMD: isAMD))
    #expect(
      BLASLibrary.recommendedCore(inPlaceOf: core, instructionSet: instructionSet, isAMD: isAMD)
        == nil)
  }

  @Test func theDescriptionNamesTheCore() {
    #expect(BLASLibrary.description.hasPrefix("OpenBLAS "))
    #expect(BLASLibrary.description.hasSuffix(" with \(BLASLibrary.core) kernels"))
    #expect(BLASLibrary.configuration.contains(BLASLibrary.core))
  }
}
