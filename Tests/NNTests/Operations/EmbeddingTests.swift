import NN
import TestSupport
import Testing

@Suite struct EmbeddingTests {
  private let codes: [Int32] = [2, 5, 2, 0, 2, 4, 5, 1]

  @Test func valueAndGradient() {
    var generator = SplitMix64(seed: 1)
    checkOperation(
      [generator.tensor(6, 3)], value: Tolerance(absolute: 0, relative: 0),
      gradient: Tolerance(absolute: 1e-6)
    ) {
      $0.embedding($0.codes(codes, below: 6), table: $1[0])
    } reference: {
      Reference.gathered($0[0], codes)
    }
  }

  @Test func partOfATable() {
    var generator = SplitMix64(seed: 2)
    checkOperation(
      [generator.tensor(6, 7)], value: Tolerance(absolute: 0, relative: 0),
      gradient: Tolerance(absolute: 1e-6)
    ) {
      let output = $0.variable(rows: codes.count, columns: 3)
      $0.embed($0.codes(codes, below: 6), of: $1[0], firstColumn: 2, into: output)
      return output
    } reference: { inputs in
      Dense(rows: codes.count, columns: 3) { inputs[0][Int(codes[$0]), $1 + 2] }
    }
  }

  @Test func codesThatAreNotNamedHaveNoGradient() {
    let tape = Tape.soiled()
    let table = tape.constant(1, rows: 6, columns: 2)
    let result = tape.sum(tape.embedding(tape.codes(codes, below: 6), table: table))
    tape.backward(from: result)
    #expect(tape.gradient(of: table).elements == [1, 1, 1, 1, 3, 3, 0, 0, 1, 1, 2, 2])
  }
}
