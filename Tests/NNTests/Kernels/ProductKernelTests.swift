import CKernels
import TestSupport
import Testing

/// The products of every instruction set against a plain reference, at sizes around those of tiles, panels and parts.
@Suite struct ProductKernelTests {
  private static let shapes: [(rows: Int, inner: Int, columns: Int)] =
    [1, 2, 5, 6, 7, 8, 9, 13, 32, 33].flatMap { rows in
      [1, 4, 7, 8, 9, 15, 16, 17, 31, 32, 33, 65].map { (rows, 20, $0) }
    } + [(9, 1, 5), (9, 0, 5), (6, 256, 16), (13, 257, 33), (4, 600, 9)]

  private struct Problem {
    let rows, inner, columns: Int
    let a, b, bias, before: [Float]

    init(_ shape: (rows: Int, inner: Int, columns: Int)) {
      (rows, inner, columns) = shape
      var generator = SplitMix64(seed: UInt64(rows + 100 * columns))
      a = generator.normal(rows * inner)
      b = generator.normal(inner * columns)
      bias = generator.normal(columns)
      before = generator.normal(rows * columns)
    }

    var product: Dense {
      Reference.product(
        Dense(a, rows: rows, columns: inner), Dense(b, rows: inner, columns: columns))
    }

    func transposed(_ x: [Float], columns: Int) -> [Float] {
      let rows = x.count / max(1, columns)
      return (0..<columns).flatMap { column in (0..<rows).map { x[$0 * columns + column] } }
    }
  }

  @Test(arguments: InstructionSet.available) func packed(_ set: InstructionSet) {
    for shape in Self.shapes {
      let problem = Problem(shape)
      let (rows, inner, columns) = shape
      let withBias = Reference.addingRow(
        problem.product, Dense(problem.bias, rows: 1, columns: columns))
      for transposes in [false, true] {
        let weights = transposes ? problem.transposed(problem.b, columns: columns) : problem.b
        var packed = [Float](repeating: .nan, count: lk_packed_size(inner, columns))
        set.kernels.pack(inner, columns, transposes ? 1 : 0, weights, &packed)
        let plain = written(count: rows * columns) {
          set.kernels.multiply_packed(rows, inner, columns, problem.a, packed, nil, 0, $0)
        }
        expectClose(plain, problem.product.elements, absolute: 3e-5, relative: 1e-5)
        let added = written(over: problem.before) {
          set.kernels.multiply_packed(
            rows, inner, columns, problem.a, packed, problem.bias, 1, $0)
        }
        expectClose(
          added, zip(withBias.elements, problem.before).map { $0 + Double($1) }, absolute: 3e-5,
          relative: 1e-5)
      }
    }
  }

  @Test(arguments: InstructionSet.available) func everyTransposition(_ set: InstructionSet) {
    for shape in Self.shapes {
      let problem = Problem(shape)
      let (rows, inner, columns) = shape
      for (transposesA, transposesB) in [(0, 0), (1, 0), (0, 1), (1, 1)] as [(Int32, Int32)] {
        let a = transposesA == 1 ? problem.transposed(problem.a, columns: inner) : problem.a
        let b = transposesB == 1 ? problem.transposed(problem.b, columns: columns) : problem.b
        let plain = written(count: rows * columns) {
          set.kernels.multiply(rows, inner, columns, transposesA, transposesB, a, b, 0, $0)
        }
        expectClose(plain, problem.product.elements, absolute: 3e-5, relative: 1e-5)
        let added = written(over: problem.before) {
          set.kernels.multiply(rows, inner, columns, transposesA, transposesB, a, b, 1, $0)
        }
        expectClose(
          added, zip(problem.product.elements, problem.before).map { $0 + Double($1) },
          absolute: 3e-5, relative: 1e-5)
      }
    }
  }

  /// A step of a GRU is its product and its gates: the same bytes as the two kernels one after the other.
  @Test(arguments: InstructionSet.available, [(1, 5), (13, 16), (40, 33), (17, 64)])
  func gruStep(_ set: InstructionSet, _ shape: (rows: Int, width: Int)) {
    let (rows, width) = shape
    var generator = SplitMix64(seed: 4)
    let (table, weights) = (generator.normal(6 * 3 * width), generator.normal(3 * width * width))
    let (bias, state) = (generator.normal(3 * width), generator.normal(rows * width))
    let codes = generator.codes(rows, below: 6)
    var packed = [Float](repeating: 0, count: lk_packed_size(width, 3 * width))
    set.kernels.pack(width, 3 * width, 0, weights, &packed)
    for hasState in [true, false] {
      let before = hasState ? state : state.map { _ in 0 }
      var gates = [Float](repeating: 0, count: rows * 3 * width)
      set.kernels.multiply_packed(rows, width, 3 * width, before, packed, nil, 0, &gates)
      var expected = state
      var candidates = state
      set.kernels.gru_forward(
        rows, width, 0, table, codes, bias, before, &gates, &candidates, &expected)
      var fusedCandidates: [Float] = []
      var fusedGates: [Float] = []
      let fused = written(over: before) { next in
        fusedCandidates = written(count: rows * width) { candidates in
          fusedGates = written(count: rows * 3 * width) { gates in
            // The state may be replaced in place.
            set.kernels.gru_step(
              rows, width, 0, table, codes, packed, bias, hasState ? UnsafePointer(next) : nil,
              gates, candidates, next)
          }
        }
      }
      #expect(fused == expected && fusedCandidates == candidates && fusedGates == gates)
    }
  }
}
