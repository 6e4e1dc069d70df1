import NN
import TestSupport
import Testing

@Suite struct PackedWeightsTests {
  /// The nearest number of eight significant bits, ties to even.
  private func rounded(_ number: Float) -> Double {
    let bits = number.bitPattern
    let up = 0x7fff + (bits >> 16 & 1)
    return Double(Float(bitPattern: (bits + up) & 0xffff_0000))
  }

  @Test(
    arguments: [
      (8, 64, 192), (64, 64, 64), (16, 64, 2), (7, 32, 17), (24, 13, 33), (1, 1, 1), (8, 512, 40),
      (33, 600, 20), (64, 128, 100),
    ], [(false, false), (true, false), (false, true), (true, true)])
  func productsAreThoseOfTheRoundedNumbers(
    _ shape: (Int, Int, Int), _ choice: (adds: Bool, inBFloat16: Bool)
  ) {
    let adds = choice.adds
    let (rows, inner, columns) = shape
    var generator = SplitMix64(seed: UInt64(rows + inner + columns))
    let input = generator.tensor(rows, inner)
    let weights = generator.tensor(inner, columns)
    let before = generator.tensor(rows, columns)
    let memory = Buffer(count: rows * inner + inner * columns + rows * columns + 16)
    memory.row.fill(-7)
    let inputMatrix = memory.matrix(at: 0, rows: rows, columns: inner)
    let weightMatrix = memory.matrix(at: rows * inner, rows: inner, columns: columns)
    let result = memory.matrix(
      at: rows * inner + inner * columns, rows: rows, columns: columns)
    inputMatrix.assign(input.elements)
    weightMatrix.assign(weights.elements)
    result.assign(before.elements)
    let packed = PackedWeights(weightMatrix, inBFloat16: choice.inBFloat16)
    #expect(packed.isRounded == (choice.inBFloat16 && PackedWeights.supportsBFloat16))
    weightMatrix.fill(.nan)  // They were copied.
    packed.multiply(inputMatrix, into: result, adds: adds)
    func keep(_ number: Float) -> Double { packed.isRounded ? rounded(number) : Double(number) }
    let product = Reference.product(
      Dense(input.elements.map { keep($0) }, rows: rows, columns: inner),
      Dense(weights.elements.map { keep($0) }, rows: inner, columns: columns))
    let expected = adds ? Reference.sum(product, before.dense) : product
    expectClose(result.elements, expected.elements, absolute: 3e-5, relative: 1e-5)
    // Nothing behind the result is written.
    #expect(memory.row.elements.suffix(16).allSatisfy { $0 == -7 })
  }

  /// A bias is added, and the transpose of a matrix can be packed.
  @Test(
    arguments: [(1, 5, 3), (13, 64, 192), (7, 300, 41), (3, 0, 4)],
    [(false, false), (true, false), (false, true), (true, true)])
  func biasAndTranspose(
    _ shape: (rows: Int, inner: Int, columns: Int), _ choice: (transposed: Bool, inBFloat16: Bool)
  ) {
    let (rows, inner, columns) = shape
    let transposed = choice.transposed
    var generator = SplitMix64(seed: 9)
    // Numbers that bfloat16 has, so that both kinds of products have one result.
    func rounded(_ tensor: Tensor) -> Tensor {
      Tensor(
        elements: tensor.elements.map { Float(self.rounded($0)) }, rows: tensor.rows,
        columns: tensor.columns)
    }
    let input = rounded(generator.tensor(rows, inner))
    let weights = rounded(generator.tensor(inner, columns))
    let (bias, before) = (generator.tensor(1, columns), generator.tensor(rows, columns))
    let buffers = [input, weights, bias, before].map { tensor in
      let buffer = Buffer(count: tensor.elements.count)
      buffer.row.assign(tensor.elements)
      return buffer
    }
    defer { withExtendedLifetime(buffers) {} }
    if transposed {
      buffers[1].row.assign(
        (0..<columns).flatMap { column in
          (0..<inner).map { weights.elements[$0 * columns + column] }
        })
    }
    let packed = PackedWeights(rows: inner, columns: columns, inBFloat16: choice.inBFloat16)
    packed.pack(
      buffers[1].matrix(
        at: 0, rows: transposed ? columns : inner, columns: transposed ? inner : columns),
      transposed: transposed)
    let result = buffers[3].matrix(at: 0, rows: rows, columns: columns)
    packed.multiply(
      buffers[0].matrix(at: 0, rows: rows, columns: inner), into: result, bias: buffers[2].row,
      adds: true)
    let product = Reference.addingRow(Reference.product(input.dense, weights.dense), bias.dense)
    expectClose(
      result.elements, Reference.sum(product, before.dense).elements, absolute: 3e-5,
      relative: 1e-5)
  }

  @Test func roundedProductsAreClose() {
    var generator = SplitMix64(seed: 3)
    let memory = Buffer(count: 3 * 64 * 64)
    let matrices = (0..<3).map { memory.matrix(at: $0 * 64 * 64, rows: 64, columns: 64) }
    matrices[0].assign(generator.normal(64 * 64))
    matrices[1].assign(generator.normal(64 * 64))
    let exact = Reference.product(
      Dense(matrices[0].elements, rows: 64, columns: 64),
      Dense(matrices[1].elements, rows: 64, columns: 64))
    PackedWeights(matrices[1], inBFloat16: true).multiply(matrices[0], into: matrices[2])
    // Two roundings of 2^-9 each, 64 terms of variance 1: a deviation of about 0.02.
    expectClose(matrices[2].elements, exact.elements, absolute: 0.1)
  }
}
