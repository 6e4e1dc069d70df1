import NN
import TestSupport
import Testing

@Suite struct RowsTests {
  @Test func shareValueAndGradient() {
    var generator = SplitMix64(seed: 1)
    let tolerance = Tolerance(absolute: 2e-6)
    checkOperation([generator.tensor(6, 3)], value: tolerance, gradient: tolerance) {
      tape, inputs in
      // Overlapping rows, and the whole beside its parts.
      let upper = tape.gelu(tape.rows(0..<4, of: inputs[0]))
      let lower = tape.add(tape.rows(2..<6, of: inputs[0]), upper)
      return tape.add(lower, tape.rows(1..<5, of: tape.gelu(inputs[0])))
    } reference: { inputs in
      Dense(rows: 4, columns: 3) { row, column in
        Reference.gelu(inputs[0][row, column]) + inputs[0][row + 2, column]
          + Reference.gelu(inputs[0][row + 1, column])
      }
    }
  }

  /// The product's gradients go to rows of matrices that have a gradient already, from what was recorded later.
  @Test func linearAddsToTheGradientsOfRows() {
    var generator = SplitMix64(seed: 2)
    let inputs = [generator.tensor(7, 3), generator.tensor(5, 3)]
    let tolerance = Tolerance(absolute: 3e-6)
    checkOperation(inputs, value: tolerance, gradient: tolerance) { tape, inputs in
      let product = tape.linear(
        tape.rows(2..<6, of: inputs[0]), weight: tape.rows(1..<4, of: inputs[1]))
      let others = tape.add(
        tape.rows(3..<7, of: tape.gelu(inputs[0])), tape.rows(0..<4, of: tape.gelu(inputs[1])))
      return tape.add(product, others)
    } reference: { inputs in
      Dense(rows: 4, columns: 3) { row, column in
        let product = (0..<3).reduce(0) { $0 + inputs[0][row + 2, $1] * inputs[1][$1 + 1, column] }
        return product + Reference.gelu(inputs[0][row + 3, column])
          + Reference.gelu(inputs[1][row, column])
      }
    }
  }

  @Test func rowsOfRowsPassTheirGradientOn() {
    let tape = Tape.soiled()
    let input = tape.constant(3, rows: 2, columns: 2)
    let outer = tape.constant(1, rows: 6, columns: 2)
    let inner = tape.rows(1..<3, of: tape.rows(1..<5, of: outer))
    _ = tape.addRow(input, row: tape.constant(rows: 1, columns: 2), into: inner)
    let result = tape.sum(outer)
    #expect(tape.value(of: result)[0, 0] == 8 + 12)
    tape.backward(from: result)
    #expect(tape.gradient(of: input).elements == [1, 1, 1, 1])
  }

  @Test func rowsWithoutGradientLeaveTheRestZero() {
    let tape = Tape.soiled()
    let container = tape.constant(1, rows: 5, columns: 2)
    tape.backward(from: tape.sum(tape.rows(1..<3, of: container)))
    #expect(tape.gradient(of: container).elements == [0, 0, 1, 1, 1, 1, 0, 0, 0, 0])
  }
}
