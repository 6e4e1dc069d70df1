import CKernels
import Testing

@Suite struct InstructionSetTests {
  @Test func theBestIsSelected() {
    #expect(lk_selected_instruction_set() == lk_best_instruction_set())
  }

  /// In a process of its own: selecting changes what everyone computes with.
  @Test func selectingGoesNoFurtherThanTheProcessor() async {
    await #expect(processExitsWith: .success) {
      let best = lk_best_instruction_set()
      // The portable exponential, without fused products, gives other bits for some of these.
      let arguments = (0..<1000).map { Float($0) * 0.01 - 5 }
      for set in [lk_portable, lk_avx2, lk_avx512] {
        lk_select_instruction_set(set)
        let expected = set.rawValue < best.rawValue ? set : best
        precondition(lk_selected_instruction_set() == expected)
        let results = [Float](unsafeUninitializedCapacity: 1000) { memory, count in
          lk_exp(1000, arguments, memory.baseAddress)
          count = 1000
        }
        let own = [Float](unsafeUninitializedCapacity: 1000) { memory, count in
          lk_implementations_of(set).pointee.exp(1000, arguments, memory.baseAddress)
          count = 1000
        }
        precondition(results == own)
      }
    }
  }
}
