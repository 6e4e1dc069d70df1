import Foundation
import TestSupport
import Testing

@Suite struct ProgramStartTests {
  private func version(_ environment: String) async throws -> Outcome {
    try await Likeness.shell("\(environment) \"$0\" --version")
  }

  @Test func theVersionNamesTheKernels() async throws {
    let outcome = try await version("env")
    #expect(outcome.status == 0)
    #expect(outcome.text.contains(" (OpenBLAS ") && outcome.text.contains(" vector kernels, "))
    #expect(try await Run(Program.path("bench"), ["--version"]).outcome().text == outcome.text)
  }

  #if arch(x86_64)
    /// The core that OpenBLAS chooses for its own products, right or wrong, is not that of the model.
    @Test func theModelDoesNotDependOnTheCoreOfBLAS() async throws {
      #expect(
        try await version("OPENBLAS_CORETYPE=Prescott").text.contains("with Prescott kernels"))
      let folder = TemporaryFolder()
      let table = folder.file("people.csv", People.csv(rowCount: 400))
      for core in ["Prescott", "Haswell"] {
        let outcome = try await Likeness.shell(
          "OPENBLAS_CORETYPE=\(core) \"$0\" train \"$1\" -o \"$2\" --epochs 2", table,
          folder.file(core))
        #expect(outcome.status == 0)
      }
      let models = try ["Prescott", "Haswell"].map {
        try Data(contentsOf: URL(fileURLWithPath: folder.file($0)))
      }
      #expect(models[0] == models[1])
    }
  #endif

  /// BLAS would wait for ever for its buffers.
  @Test func tooLittleAddressSpaceIsAnError() async throws {
    let folder = TemporaryFolder()
    let table = folder.file("people.csv", People.csv(rowCount: 300))
    let outcome = try await Likeness.shell(
      "ulimit -v 600000; export OPENBLAS_NUM_THREADS=1; exec \"$0\" train \"$1\" -o \"$2\"", table,
      folder.file("model"))
    #expect(outcome.status == 1)
    #expect(outcome.errors.hasPrefix("Error: The system does not let this process "))
    #expect(outcome.errors.contains("(ulimit -v)") || outcome.errors.contains("ulimit -v)."))
    #expect(outcome.errorLines.count == 1)
    #expect(folder.contents == ["people.csv"])
  }
}
