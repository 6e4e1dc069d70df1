import Measuring
import NN

/// A product and how its operands are read: (rows, inner) times (inner, columns).
private struct ProductShape {
  let name: String
  let rows: Int
  let inner: Int
  let columns: Int
  var transposeA = false
  var transposeB = false

  var description: String {
    let (a, b) = (transposeA ? "ᵀ" : "", transposeB ? "ᵀ" : "")
    return "Product, \(name): \(rows) × \(inner)\(a) · \(inner) × \(columns)\(b)"
  }
}

/// The products of a model with 64 hidden units and 14 columns: batches are cut into 32 rows, half of them read in another
/// order, and rows are drawn 64 at a time.
private let shapes: [ProductShape] =
  [16, 32, 64].flatMap { rows in
    [
      ProductShape(name: "recurrent", rows: rows, inner: 64, columns: 192),
      ProductShape(name: "block", rows: rows, inner: 64, columns: 64),
      ProductShape(name: "small head", rows: rows, inner: 64, columns: 16),
      ProductShape(name: "large head", rows: rows, inner: 64, columns: 120),
      ProductShape(
        name: "recurrent, back", rows: rows, inner: 192, columns: 64, transposeB: true),
      ProductShape(name: "recurrent, back by a copy", rows: rows, inner: 192, columns: 64),
      ProductShape(
        name: "large head, weights", rows: 64, inner: rows, columns: 120, transposeA: true),
    ]
  } + [
    ProductShape(name: "block of all columns", rows: 14 * 16, inner: 64, columns: 64),
    ProductShape(name: "block of all columns", rows: 14 * 32, inner: 64, columns: 64),
    ProductShape(
      name: "recurrent, weights", rows: 64, inner: 12 * 16, columns: 192, transposeA: true),
    ProductShape(
      name: "recurrent, weights", rows: 64, inner: 12 * 32, columns: 192, transposeA: true),
    ProductShape(name: "large", rows: 512, inner: 512, columns: 512),
  ]

func measureProducts() {
  for shape in shapes {
    measure(shape.description, .floatingPointOperations) {
      let operands = (0..<3).map { _ in Buffer(count: 512 * 512) }
      let (rows, inner, columns) = (shape.rows, shape.inner, shape.columns)
      let a = operands[0].matrix(
        at: 0, rows: shape.transposeA ? inner : rows, columns: shape.transposeA ? rows : inner)
      let b = operands[1].matrix(
        at: 0, rows: shape.transposeB ? columns : inner,
        columns: shape.transposeB ? inner : columns)
      let c = operands[2].matrix(at: 0, rows: rows, columns: columns)
      fill([a, b])
      let operations = 2 * Double(rows * inner * columns)
      return Workload(
        amount: operations, callsPerSample: max(1, Int(5e7 / operations)),
        run: {
          Product.multiply(
            a, b, transposeA: shape.transposeA, transposeB: shape.transposeB, into: c)
        },
        checksum: { withExtendedLifetime(operands) { c.sumOfSquares } })
    }
  }
}

/// Fills matrices with numbers in (-1, 1), each with its own.
func fill(_ matrices: [Matrix]) {
  let random = Philox(seed: 1, purpose: 1)
  for (stream, matrix) in matrices.enumerated() {
    random.fillUniform(matrix, within: 1, stream: UInt64(stream))
  }
}
