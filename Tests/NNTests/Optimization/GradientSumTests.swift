import NN
import TestSupport
import Testing

@Suite struct GradientSumTests {
  @Test(arguments: [1, 2, 5]) func addsTheParts(_ partCount: Int) {
    var layout = ParameterLayout()
    _ = layout.add("a", rows: 3, columns: 7)
    _ = layout.add("b", rows: 1, columns: 5)
    var generator = SplitMix64(seed: 1)
    let parts = (0..<partCount).map { _ in
      let part = ParameterArena(layout)
      part.buffer.row.assign(generator.normal(layout.elementCount))
      return part
    }
    let sum = GradientSum(of: parts)
    let elements = parts.map { $0.buffer.row.elements }
    let squares = [0..<16, 16..<48].map { sum.sumAndClear($0) }
    // Always in the order of the parts, so every bit is known.
    let expected = (0..<layout.elementCount).map { index in
      elements.dropFirst().reduce(elements[0][index]) { $0 + $1[index] }
    }
    #expect(sum.total.buffer.row.elements == expected)
    expectClose(
      squares,
      [expected[..<16], expected[16...]].map { $0.reduce(0) { $0 + Double($1) * Double($1) } },
      relative: 1e-6)
    // The parts are ready for the next step, and the sum is made anew.
    #expect(parts.allSatisfy { $0.buffer.row.elements.allSatisfy { $0 == 0 } })
    #expect(sum.sumAndClear(0..<16) == 0)
    let again = sum.total.buffer.row.elements
    #expect(again[..<16].allSatisfy { $0 == 0 })
    #expect(again[16...] == expected[16...])
  }
}
