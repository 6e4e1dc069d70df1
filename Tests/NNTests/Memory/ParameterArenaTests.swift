import NN
import Testing

@Suite struct ParameterArenaTests {
  private func layout() -> (layout: ParameterLayout, wide: Parameter, row: Parameter) {
    var layout = ParameterLayout()
    let wide = layout.add("wide", rows: 3, columns: 7)
    let row = layout.add("row", rows: 1, columns: 5)
    return (layout, wide, row)
  }

  @Test func parametersBeginOnCacheLines() {
    let (layout, wide, row) = layout()
    #expect(wide.offset == 0 && wide.count == 21)
    #expect(row.offset == 32 && row.count == 5)
    #expect(layout.elementCount == 48)
    #expect(layout.parameterCount == 26)
    #expect(layout.parameters == [wide, row])
    let arena = ParameterArena(layout)
    for parameter in layout.parameters {
      #expect(UInt(bitPattern: arena[parameter].start) % 64 == 0)
    }
  }

  @Test func parametersDoNotOverlap() {
    let (layout, wide, row) = layout()
    let arena = ParameterArena(layout)
    arena[wide].fill(1)
    arena[row].fill(2)
    let padding = { (count: Int) in [Float](repeating: 0, count: count) }
    let expected =
      [Float](repeating: 1, count: 21) + padding(11) + [Float](repeating: 2, count: 5) + padding(11)
    #expect(arena.buffer.row.elements == expected)
    #expect(arena[row].columns == 5 && arena[wide].rows == 3)
  }

  @Test func copiesHaveMemoryOfTheirOwn() {
    let (layout, wide, row) = layout()
    let arena = ParameterArena(layout)
    arena[wide].fill(1)
    let copy = arena.copy()
    arena[wide].fill(2)
    copy[row].fill(3)
    #expect(copy[wide].elements == [Float](repeating: 1, count: 21))
    #expect(arena[row].elements == [Float](repeating: 0, count: 5))
  }
}
