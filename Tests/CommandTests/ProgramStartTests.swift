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
    /// With AVX2, which every processor that tests run on has, the kernels of older ones run only where the user asks for them.
    @Test func slowKernelsAreNotUsedUnlessAskedFor() async throws {
      let chosen = try await version("env -u OPENBLAS_CORETYPE")
      #expect(chosen.status == 0)
      for core in ["Prescott", "Nehalem", "Barcelona"] {
        #expect(!chosen.text.contains(" \(core) "), "\(chosen.text)")
      }
      #expect(
        try await version("OPENBLAS_CORETYPE=Prescott").text.contains("with Prescott kernels"))
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
