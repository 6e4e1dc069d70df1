import NN
import TestSupport
import Testing

@Suite struct MatrixTests {
  @Test func isRowMajor() {
    let buffer = Buffer(count: 10)
    let matrix = buffer.matrix(at: 2, rows: 2, columns: 3)
    #expect(matrix.count == 6 && matrix.elements == [Float](repeating: 0, count: 6))
    matrix.assign([1, 2, 3, 4, 5, 6])
    #expect([matrix[0, 0], matrix[0, 2], matrix[1, 0], matrix[1, 2]] == [1, 3, 4, 6])
    matrix[1, 1] = 50
    #expect(matrix.elements == [1, 2, 3, 4, 50, 6])
    #expect(buffer.row.elements == [0, 0, 1, 2, 3, 4, 50, 6, 0, 0])
  }

  @Test func rowsShareMemory() {
    let buffer = Buffer(count: 8)
    let matrix = buffer.matrix(at: 0, rows: 4, columns: 2)
    let middle = matrix.rows(1..<3)
    #expect(middle.rows == 2 && middle.columns == 2)
    middle.fill(7)
    #expect(matrix.elements == [0, 0, 7, 7, 7, 7, 0, 0])
    #expect(matrix.rows(4..<4).elements.isEmpty)
  }

  @Test func assignsAnotherMatrix() {
    let (from, to) = (Buffer(count: 6), Buffer(count: 6))
    from.row.assign((1...6).map(Float.init))
    to.matrix(at: 0, rows: 2, columns: 3).assign(from.matrix(at: 0, rows: 2, columns: 3))
    #expect(to.row.elements == from.row.elements)
  }

  @Test(arguments: [(5, 3, 4), (1, 7, 2), (4, 1, 3), (33, 17, 65)])
  func productOfMatrices(_ rows: Int, _ inner: Int, _ columns: Int) {
    var generator = SplitMix64(seed: 1)
    let (left, right) = (generator.tensor(rows, inner), generator.tensor(inner, columns))
    let buffer = Buffer(count: rows * inner + inner * columns + rows * columns)
    let a = buffer.matrix(at: 0, rows: rows, columns: inner)
    let b = buffer.matrix(at: a.count, rows: inner, columns: columns)
    let c = buffer.matrix(at: a.count + b.count, rows: rows, columns: columns)
    a.assign(left.elements)
    b.assign(right.elements)
    c.fill(.nan)
    Product.multiply(a, b, into: c)
    expectClose(
      c.elements, Reference.product(left.dense, right.dense).elements, absolute: 5e-6,
      relative: 1e-6)
  }

  /// The same product from operands that are stored transposed, added to what is there.
  @Test(arguments: [(false, true), (true, false), (true, true)])
  func productOfTransposedMatrices(_ transposesA: Bool, _ transposesB: Bool) {
    let (rows, inner, columns) = (5, 3, 4)
    var generator = SplitMix64(seed: 2)
    let left = transposesA ? generator.tensor(inner, rows) : generator.tensor(rows, inner)
    let right = transposesB ? generator.tensor(columns, inner) : generator.tensor(inner, columns)
    let before = generator.tensor(rows, columns)
    let (a, b, c) = (Buffer(count: 15), Buffer(count: 12), Buffer(count: 20))
    a.row.assign(left.elements)
    b.row.assign(right.elements)
    c.row.assign(before.elements)
    Product.multiply(
      a.matrix(at: 0, rows: left.rows, columns: left.columns),
      b.matrix(at: 0, rows: right.rows, columns: right.columns), transposeA: transposesA,
      transposeB: transposesB, into: c.matrix(at: 0, rows: rows, columns: columns), adds: true)
    let transposed = { (x: Dense) in Dense(rows: x.columns, columns: x.rows) { x[$1, $0] } }
    let product = Reference.product(
      transposesA ? transposed(left.dense) : left.dense,
      transposesB ? transposed(right.dense) : right.dense)
    expectClose(
      c.row.elements, zip(product.elements, before.dense.elements).map { $0 + $1 },
      absolute: 1e-6)
  }

  @Test func sumOfSquares() {
    let buffer = Buffer(count: 3)
    buffer.row.assign([2, -3, 6])
    #expect(buffer.row.sumOfSquares == 49)
    #expect(Buffer(count: 0).row.sumOfSquares == 0)
  }
}
