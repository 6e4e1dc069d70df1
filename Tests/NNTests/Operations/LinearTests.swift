import NN
import TestSupport
import Testing

@Suite struct LinearTests {
  private let value = Tolerance(absolute: 1e-6)
  private let gradient = Tolerance(absolute: 3e-6)

  @Test(arguments: [(5, 3, 4), (1, 7, 2), (4, 1, 3), (2, 6, 1), (17, 33, 19)])
  func withBias(_ batchSize: Int, _ inputSize: Int, _ outputSize: Int) {
    var generator = SplitMix64(seed: 1)
    let inputs = [
      generator.tensor(batchSize, inputSize), generator.tensor(inputSize, outputSize),
      generator.tensor(1, outputSize),
    ]
    let gradient = Tolerance(absolute: 3e-6, relative: 3e-6)
    checkOperation(inputs, value: Tolerance(absolute: 4e-6), gradient: gradient) {
      $0.linear($1[0], weight: $1[1], bias: $1[2])
    } reference: {
      Reference.addingRow(Reference.product($0[0], $0[1]), $0[2])
    }
  }

  @Test func withoutBias() {
    var generator = SplitMix64(seed: 2)
    checkOperation(
      [generator.tensor(5, 3), generator.tensor(3, 4)], value: value, gradient: gradient
    ) {
      $0.linear($1[0], weight: $1[1])
    } reference: {
      Reference.product($0[0], $0[1])
    }
  }

  @Test func ofItself() {
    var generator = SplitMix64(seed: 3)
    checkOperation([generator.tensor(4, 4)], value: value, gradient: gradient) {
      $0.linear($1[0], weight: $1[0])
    } reference: {
      Reference.product($0[0], $0[0])
    }
  }

  @Test func batchOfNothing() {
    var generator = SplitMix64(seed: 4)
    checkOperation(
      [generator.tensor(0, 3), generator.tensor(3, 4), generator.tensor(1, 4)], value: value,
      gradient: gradient
    ) {
      $0.linear($1[0], weight: $1[1], bias: $1[2])
    } reference: {
      Reference.addingRow(Reference.product($0[0], $0[1]), $0[2])
    }
  }
}
