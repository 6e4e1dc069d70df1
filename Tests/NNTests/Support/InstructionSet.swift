import CKernels
import Testing

/// The kernels of one instruction set of this processor, called without selecting it, so that other tests are not disturbed.
struct InstructionSet: CustomTestStringConvertible, Sendable {
  let testDescription: String
  private let set: lk_instruction_set

  var kernels: lk_implementations { lk_implementations_of(set).pointee }

  /// All that the processor has.
  static let available = [
    InstructionSet(testDescription: "portable", set: lk_portable),
    InstructionSet(testDescription: "AVX2", set: lk_avx2),
    InstructionSet(testDescription: "AVX-512", set: lk_avx512),
  ].filter { $0.set.rawValue <= lk_best_instruction_set().rawValue }
}

/// Sizes around the widths of the vectors: less than one, exactly some, and some with a rest.
let oddSizes = [1, 3, 4, 7, 8, 15, 16, 17, 33, 100]

/// What a kernel writes over `initial`, with a check that it writes nothing after it.
func written(
  over initial: [Float], sourceLocation: SourceLocation = #_sourceLocation,
  by kernel: (UnsafeMutablePointer<Float>) -> Void
) -> [Float] {
  let guardCount = 40
  let untouched: Float = 12345.678
  var memory = initial + [Float](repeating: untouched, count: guardCount)
  memory.withUnsafeMutableBufferPointer { kernel($0.baseAddress!) }
  #expect(
    memory.suffix(guardCount).allSatisfy { $0 == untouched }, "written beyond the end",
    sourceLocation: sourceLocation)
  return Array(memory.prefix(initial.count))
}

/// What a kernel writes to `count` undefined numbers, with a check that it writes all of them and nothing after them.
func written(
  count: Int, sourceLocation: SourceLocation = #_sourceLocation,
  by kernel: (UnsafeMutablePointer<Float>) -> Void
) -> [Float] {
  written(
    over: [Float](repeating: .nan, count: count), sourceLocation: sourceLocation, by: kernel)
}
