import NN
import TestSupport
import Testing

@Suite struct CrossEntropyTests {
  private let targets: [Int32] = [6, 0, 3, 3, 1]
  private let value = Tolerance(absolute: 1e-6)
  private let gradient = Tolerance(absolute: 1e-6)

  @Test func valueAndGradient() {
    var generator = SplitMix64(seed: 1)
    checkOperation([generator.tensor(5, 7, deviation: 3)], value: value, gradient: gradient) {
      $0.crossEntropy($1[0], targets: $0.codes(targets, below: 7))
    } reference: {
      Reference.crossEntropy($0[0], targets: targets)
    }
  }

  @Test func intoAContainer() {
    var generator = SplitMix64(seed: 2)
    let inputs = [generator.tensor(5, 7), generator.tensor(5, 4)]
    let narrow: [Int32] = [0, 3, 2, 1, 1]
    checkOperation(inputs, value: value, gradient: gradient) { tape, inputs in
      let losses = tape.variable(rows: 10, columns: 1)
      _ = tape.crossEntropy(
        inputs[0], targets: tape.codes(targets, below: 7), into: tape.rows(0..<5, of: losses))
      _ = tape.crossEntropy(
        inputs[1], targets: tape.codes(narrow, below: 4), into: tape.rows(5..<10, of: losses))
      return losses
    } reference: { inputs in
      let wide = Reference.crossEntropy(inputs[0], targets: targets)
      let narrow = Reference.crossEntropy(inputs[1], targets: narrow)
      return Dense(wide.elements + narrow.elements, rows: 10, columns: 1)
    }
  }

  @Test func ofOneClassIsNothing() {
    let tape = Tape.soiled()
    let logits = tape.constant([3, -4], rows: 2, columns: 1)
    let losses = tape.crossEntropy(logits, targets: tape.codes([0, 0], below: 1))
    tape.backward(from: tape.sum(losses))
    #expect(tape.value(of: losses).elements == [0, 0])
    #expect(tape.gradient(of: logits).elements == [0, 0])
  }
}
