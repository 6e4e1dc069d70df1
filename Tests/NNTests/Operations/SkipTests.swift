import NN
import TestSupport
import Testing

@Suite struct SkipTests {
  /// One input is left out, two have the same gains.
  private let gainRows: [Int32] = [2, -1, 0, 2]

  @Test func valueAndGradient() {
    var generator = SplitMix64(seed: 1)
    checkOperation(
      [generator.tensor(3, 5), generator.tensor(4 * 3, 5), generator.tensor(4, 5)],
      value: Tolerance(absolute: 1e-6), gradient: Tolerance(absolute: 1e-5)
    ) { [gainRows] tape, inputs in
      let rows = tape.codes(count: gainRows.count)
      for (index, row) in gainRows.enumerated() { rows.start[index] = row }
      return tape.skip(inputs[0], inputs: inputs[1], gains: inputs[2], gainRows: rows)
    } reference: { [gainRows] inputs in
      Dense(rows: 3, columns: 5) { row, column in
        gainRows.enumerated().reduce(inputs[0][row, column]) { sum, skip in
          skip.element < 0
            ? sum
            : sum + inputs[1][3 * skip.offset + row, column] * inputs[2][Int(skip.element), column]
        }
      }
    }
  }

  @Test func inferenceAddsTheSame() {
    var generator = SplitMix64(seed: 2)
    let tape = Tape.soiled()
    let (state, inputs) = (generator.tensor(3, 5), generator.tensor(4 * 3, 5))
    let gains = tape.constant(generator.tensor(4, 5))
    let rows = tape.codes(count: gainRows.count)
    for (index, row) in gainRows.enumerated() { rows.start[index] = row }
    let (sum, others) = (tape.constant(state), tape.constant(inputs))
    let expected = tape.value(of: tape.skip(sum, inputs: others, gains: gains, gainRows: rows))
    Inference.addSkips(
      tape.value(of: others), gains: tape.value(of: gains), gainRows: gainRows,
      to: tape.value(of: sum))
    #expect(tape.value(of: sum).elements == expected.elements)
  }
}
