import CKernels
import Foundation
import NN
import Testing

@Suite struct MachineTests {
  private static let known: Set = [
    "avx2", "fma", "avx512f", "avx512bw", "avx512dq", "avx512vl", "avx512_bf16", "amx_tile",
    "amx_bf16", "neon",
  ]

  @Test func featuresAreThoseOfTheSystem() throws {
    let features = Machine.features
    #expect(Set(features).count == features.count)
    #if arch(arm64)
      #expect(features == ["neon"])
    #elseif os(Linux)
      let text = try String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)
      let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("flags") })
      let flags = line.split(separator: " ").map(String.init)
      #expect(Set(features) == Self.known.intersection(flags))
    #endif
  }

  @Test func kernelsInUseNeedThem() {
    let features = Set(Machine.features)
    let best = lk_best_instruction_set()
    #expect(features.isSuperset(of: ["avx2", "fma"]) == (best.rawValue >= lk_avx2.rawValue))
    #expect(
      features.isSuperset(of: ["avx512f", "avx512bw", "avx512dq", "avx512vl"])
        == (best == lk_avx512))
    let unit = lk_best_bfloat16_unit()
    #expect(
      (best == lk_avx512 && features.contains("avx512_bf16")) == (unit != lk_bfloat16_none))
    // The system may refuse tiles that the processor has.
    #expect(unit != lk_bfloat16_tiles || features.isSuperset(of: ["amx_tile", "amx_bf16"]))
  }
}

@Suite struct ProfileTests {
  /// In a process of its own: the profile counts what other tests compute.
  @Test func jobsOfOneThreadAreCountedByTheirParts() async {
    await #expect(processExitsWith: .success) {
      let pool = WorkerPool(threadCount: 1)
      let profile = Profile.measure {
        for _ in 0..<3 { pool.run(4) { _ in } }
        pool.run(1) { _ in }
      }
      precondition(profile.jobs.map(\.partCount) == [1, 4])
      precondition(profile.jobs.map(\.callCount) == [1, 3])
      precondition(profile.jobs.allSatisfy { $0.longestSeconds <= $0.seconds })
      // What ran before or after is not in it.
      pool.run(9) { _ in }
      precondition(Profile.measure {}.jobs.isEmpty)
    }
  }

  @Test func everyPartRunsOnceWhileTheProfileIsOn() async {
    await #expect(processExitsWith: .success) {
      let runs = PartResults(repeating: 0, count: 5)
      _ = Profile.measure { WorkerPool(threadCount: 1).run(5) { runs[$0] += 1 } }
      precondition((0..<5).allSatisfy { runs[$0] == 1 })
    }
  }
}
