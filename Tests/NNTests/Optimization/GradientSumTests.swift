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

  /// Rows of tables that no part has read are zeros in the sum, whatever ranges cut them; the others are summed and cleared.
  @Test(arguments: [[0..<128], [0..<32, 32..<48, 48..<96, 96..<128]])
  func sumsTheTouchedRows(_ ranges: [Range<Int>]) {
    var layout = ParameterLayout()
    let tables = [layout.add("a", rows: 5, columns: 7), layout.add("b", rows: 3, columns: 12)]
    let dense = layout.add("c", rows: 2, columns: 9)
    #expect(layout.elementCount == 128)
    var generator = SplitMix64(seed: 1)
    // Tables and rows of two parts.
    let read: [[[Int32]]] = [[[0, 4, 4], [1]], [[2, 0], [1]]]
    let parts = read.map { _ in ParameterArena(layout) }
    let touched = read.map { codes in
      let rows = TouchedRows(of: tables)
      let tape = Tape(values: ParameterArena(layout))
      rows.insert(tape.codes([1, 3], below: 5), of: 0)
      rows.removeAll()
      for (table, codes) in codes.enumerated() {
        rows.insert(tape.codes(codes, below: tables[table].rows), of: table)
      }
      return rows
    }
    for (part, codes) in zip(parts, read) {
      part[dense].assign(generator.normal(dense.count))
      for (table, codes) in zip(tables, codes) {
        for code in codes {
          part[table].rows(Int(code)..<Int(code) + 1).assign(generator.normal(table.columns))
        }
      }
    }
    let elements = parts.map { $0.buffer.row.elements }
    let sum = GradientSum(of: parts, touched: touched)
    sum.total.buffer.row.fill(7)  // As a step before may have left it.
    for range in ranges { _ = sum.sumAndClear(range) }
    #expect(sum.total.buffer.row.elements == zip(elements[0], elements[1]).map { $0 + $1 })
    #expect(parts.allSatisfy { $0.buffer.row.elements.allSatisfy { $0 == 0 } })
  }
}
