import NN
import TestSupport
import Testing

/// Drawing computes what the tape does.
@Suite struct InferenceTests {
  private let rows = 5
  private let width = 19
  private let innerSize = 7

  private func matrix(_ tensor: Tensor) -> (Buffer, Matrix) {
    let buffer = Buffer(count: tensor.rows * tensor.columns)
    let matrix = buffer.matrix(at: 0, rows: tensor.rows, columns: tensor.columns)
    matrix.assign(tensor.elements)
    return (buffer, matrix)
  }

  @Test func query() {
    var generator = SplitMix64(seed: 1)
    let state = generator.tensor(rows, width)
    let vectors = (0..<4).map { _ in generator.tensor(1, width) }
    let (stateBuffer, stateMatrix) = matrix(state)
    let held = vectors.map(matrix)
    let (sumBuffer, sum) = matrix(
      Tensor(elements: .init(repeating: .nan, count: rows * width), rows: rows, columns: width))
    let (normalBuffer, normal) = matrix(state)
    Inference.query(
      stateMatrix, query: held[0].1, offset: held[1].1, gain: held[2].1, bias: held[3].1,
      epsilon: 1e-3, sum: sum, normal: normal)
    let asked = Reference.addingRow(state.dense, vectors[0].dense)
    let expected = Reference.layerNorm(
      asked, gain: vectors[2].dense, bias: vectors[3].dense, epsilon: 1e-3)
    expectClose(normal.elements, expected.elements, absolute: 3e-6, relative: 1e-6)
    expectClose(
      sum.elements, Reference.addingRow(asked, vectors[1].dense).elements, absolute: 1e-6,
      relative: 1e-6)
    withExtendedLifetime((stateBuffer, held, sumBuffer, normalBuffer)) {}
  }

  @Test func biasAndGELU() {
    var generator = SplitMix64(seed: 2)
    let (x, bias) = (
      generator.tensor(rows, innerSize, deviation: 2), generator.tensor(1, innerSize)
    )
    let (buffer, result) = matrix(x)
    let (biasBuffer, biasMatrix) = matrix(bias)
    Inference.addBiasAndGELU(result, bias: biasMatrix)
    expectClose(
      result.elements, Reference.addingRow(x.dense, bias.dense).map(Reference.gelu).elements,
      absolute: 1e-6, relative: 1e-6)
    withExtendedLifetime((buffer, biasBuffer)) {}
  }

  @Test func bias() {
    var generator = SplitMix64(seed: 5)
    let (x, bias) = (generator.tensor(rows, width), generator.tensor(1, width))
    let (buffer, result) = matrix(x)
    let (biasBuffer, biasMatrix) = matrix(bias)
    Inference.addBias(biasMatrix, to: result)
    let expected = Reference.addingRow(x.dense, bias.dense)
    expectClose(result.elements, expected.elements, relative: 1e-6)
    withExtendedLifetime((buffer, biasBuffer)) {}
  }

  @Test(arguments: [GRUConvention.updateKeeps, .updateReplaces])
  func gruStepInPlace(_ convention: GRUConvention) {
    var generator = SplitMix64(seed: 3)
    let (table, state) = (generator.tensor(6, 3 * width), generator.tensor(rows, width))
    let recurrent = generator.tensor(width, 3 * width, deviation: 0.3)
    let bias = generator.tensor(1, 3 * width)
    let codes: [Int32] = [5, 0, 2, 2, 1]
    let held = [table, state, recurrent, bias].map(matrix)
    let (productBuffer, product) = matrix(generator.tensor(rows, 3 * width))
    Product.multiply(held[1].1, held[2].1, into: product)
    Inference.gruStep(
      table: held[0].1, codes: codes, product: product, bias: held[3].1, state: held[1].1,
      convention: convention, next: held[1].1)
    let expected = Reference.gruStep(
      input: Reference.gathered(table.dense, codes),
      recurrentPart: Reference.product(state.dense, recurrent.dense), bias: bias.dense,
      state: state.dense, updateKeeps: convention == .updateKeeps)
    expectClose(held[1].1.elements, expected.elements, absolute: 2e-6, relative: 1e-6)
    withExtendedLifetime((held, productBuffer)) {}
  }

  @Test func sampleDrawsByTheInverseDistribution() {
    var generator = SplitMix64(seed: 4)
    let (count, vocabularySize) = (40, 21)
    let logits = generator.tensor(count, vocabularySize, deviation: 2)
    let bias = generator.tensor(1, vocabularySize)
    let uniforms = generator.uniform(count, in: 0.001...0.999)
    let probabilities = Reference.softmax(Reference.addingRow(logits.dense, bias.dense))
    let expected = uniforms.indices.map { row in
      var left = Double(uniforms[row])
      return Int32(
        (0..<vocabularySize - 1).first { column in
          left -= probabilities[row, column]
          return left < 0
        } ?? vocabularySize - 1)
    }
    let (buffer, matrix) = matrix(logits)
    let (biasBuffer, biasMatrix) = self.matrix(bias)
    var codes = [Int32](repeating: -1, count: count)
    Inference.sample(matrix, bias: biasMatrix, uniforms: uniforms, codes: &codes)
    #expect(codes == expected)
    #expect(Set(expected).count > 4)
    withExtendedLifetime((buffer, biasBuffer)) {}
  }
}
