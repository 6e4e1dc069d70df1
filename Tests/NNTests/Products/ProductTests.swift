import NN
import TestSupport
import Testing

/// Products of the shapes that the network has and of larger ones, against a plain reference and against BLAS.
@Suite struct ProductTests {
  struct Shape: CustomTestStringConvertible {
    let rows: Int
    let inner: Int
    let columns: Int

    var testDescription: String { "\(rows) x \(inner) x \(columns)" }
  }

  /// Rows of a batch's shard or of a drawn block; widths of the hidden state and the residual block; vocabularies.
  static let shapes: [Shape] =
    [1, 7, 16, 32, 64].flatMap { rows in
      [32, 64, 128].flatMap { width in
        [3 * width, width, 1, 2, 17, 100, 300].map {
          Shape(rows: rows, inner: width, columns: $0)
        }
      }
    } + [
      // All columns of a shard at once, also in pieces, and ordinal features.
      Shape(rows: 14 * 32, inner: 64, columns: 64), Shape(rows: 14 * 32, inner: 128, columns: 384),
      Shape(rows: 31 * 32, inner: 64, columns: 192), Shape(rows: 100, inner: 16, columns: 192),
      Shape(rows: 256, inner: 0, columns: 8), Shape(rows: 0, inner: 4, columns: 8),
      Shape(rows: 1, inner: 1, columns: 1),
      // More than one part of the inner dimension, and all dimensions large enough for BLAS.
      Shape(rows: 20, inner: 257, columns: 35), Shape(rows: 10, inner: 600, columns: 16),
      Shape(rows: 270, inner: 260, columns: 258),
    ]

  @Test(arguments: shapes)
  func everyTranspositionIsTheReference(_ shape: Shape) {
    var generator = SplitMix64(seed: UInt64(shape.rows * 1_000 + shape.columns))
    let a = generator.tensor(shape.rows, shape.inner)
    let b = generator.tensor(shape.inner, shape.columns)
    let before = generator.tensor(shape.rows, shape.columns)
    let product = Reference.product(a.dense, b.dense)
    for (transposeA, transposeB) in [(false, false), (true, false), (false, true), (true, true)] {
      for adds in [false, true] {
        let memory = Buffer(count: a.elements.count + b.elements.count + before.elements.count + 8)
        memory.row.fill(-7)
        let matrices = (
          memory.matrix(
            at: 0, rows: transposeA ? shape.inner : shape.rows,
            columns: transposeA ? shape.rows : shape.inner),
          memory.matrix(
            at: a.elements.count, rows: transposeB ? shape.columns : shape.inner,
            columns: transposeB ? shape.inner : shape.columns),
          memory.matrix(
            at: a.elements.count + b.elements.count, rows: shape.rows, columns: shape.columns)
        )
        matrices.0.assign(transposeA ? a.transposed : a.elements)
        matrices.1.assign(transposeB ? b.transposed : b.elements)
        // Without adding, nothing of what was there may count.
        matrices.2.assign(!adds ? before.elements.map { _ in .nan } : before.elements)
        Product.multiply(
          matrices.0, matrices.1, transposeA: transposeA, transposeB: transposeB,
          into: matrices.2, adds: adds)
        let expected = !adds ? product : Reference.sum(product, before.dense)
        expectClose(matrices.2.elements, expected.elements, absolute: 3e-5, relative: 1e-5)
        matrices.2.assign(before.elements)
        Product.multiplyByBLAS(
          matrices.0, matrices.1, transposeA: transposeA, transposeB: transposeB,
          into: matrices.2, adds: adds)
        expectClose(matrices.2.elements, expected.elements, absolute: 3e-5, relative: 1e-5)
        #expect(memory.row.elements.suffix(8).allSatisfy { $0 == -7 })
      }
    }
  }
}

extension Tensor {
  fileprivate var transposed: [Float] {
    (0..<columns).flatMap { column in (0..<rows).map { elements[$0 * columns + column] } }
  }
}
