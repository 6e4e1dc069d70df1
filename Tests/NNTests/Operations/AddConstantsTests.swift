import NN
import TestSupport
import Testing

@Suite struct AddConstantsTests {
  @Test func rowsOfATableAreAdded() {
    var generator = SplitMix64(seed: 1)
    let (x, added) = (generator.tensor(5, 3), generator.tensor(4, 3))
    let buffer = Buffer(count: 12)
    defer { withExtendedLifetime(buffer) {} }
    let table = buffer.matrix(at: 0, rows: 4, columns: 3)
    table.assign(added.elements)
    let codes: [Int32] = [3, 0, 3, 1, 3]
    let tape = Tape.soiled()
    let variable = tape.constant(x)
    tape.addConstants(tape.codes(codes, below: 4), of: table, to: variable)
    #expect(
      tape.value(of: variable).elements
        == x.elements.indices.map {
          x.elements[$0] + added.elements[Int(codes[$0 / 3]) * 3 + $0 % 3]
        })
    #expect(table.elements == added.elements)
  }

  /// Added to the logits, they change the loss, but nothing of the way from logits to weights.
  @Test func gradientsPassUnchanged() {
    var generator = SplitMix64(seed: 2)
    let (input, upstream) = (generator.tensor(5, 3), generator.normal(15))
    let buffer = Buffer(count: 12)
    defer { withExtendedLifetime(buffer) {} }
    let table = buffer.matrix(at: 0, rows: 4, columns: 3)
    table.assign(generator.normal(12))
    let tape = Tape.soiled()
    let variable = tape.constant(input)
    let sum = tape.add(variable, variable)
    tape.addConstants(tape.codes([3, 0, 3, 1, 2], below: 4), of: table, to: sum)
    tape.backward(from: sum, upstream: upstream)
    #expect(tape.gradient(of: variable).elements == upstream.map { 2 * $0 })
  }
}
