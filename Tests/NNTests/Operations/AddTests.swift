import NN
import TestSupport
import Testing

@Suite struct AddTests {
  private let tolerance = Tolerance(absolute: 1e-6)

  @Test func twoMatrices() {
    var generator = SplitMix64(seed: 1)
    checkOperation(
      [generator.tensor(3, 5), generator.tensor(3, 5)], value: tolerance, gradient: tolerance
    ) {
      $0.add($1[0], $1[1])
    } reference: {
      Reference.sum($0[0], $0[1])
    }
  }

  @Test func aMatrixAndItself() {
    var generator = SplitMix64(seed: 2)
    checkOperation([generator.tensor(3, 5)], value: tolerance, gradient: tolerance) {
      $0.add($1[0], $1[0])
    } reference: {
      Reference.sum($0[0], $0[0])
    }
  }

  @Test func aRow() {
    var generator = SplitMix64(seed: 3)
    checkOperation(
      [generator.tensor(4, 5), generator.tensor(1, 5)], value: tolerance, gradient: tolerance
    ) {
      $0.addRow($1[0], row: $1[1])
    } reference: {
      Reference.addingRow($0[0], $0[1])
    }
  }

  @Test func aRowIntoAContainer() {
    var generator = SplitMix64(seed: 4)
    let inputs = [generator.tensor(2, 5), generator.tensor(3, 5), generator.tensor(1, 5)]
    checkOperation(inputs, value: tolerance, gradient: tolerance) { tape, inputs in
      let container = tape.variable(rows: 5, columns: 5)
      for (input, rows) in zip(inputs, [0..<2, 2..<5]) {
        _ = tape.addRow(input, row: inputs[2], into: tape.rows(rows, of: container))
      }
      return container
    } reference: { inputs in
      Dense(rows: 5, columns: 5) { row, column in
        (row < 2 ? inputs[0][row, column] : inputs[1][row - 2, column]) + inputs[2][0, column]
      }
    }
  }
}
