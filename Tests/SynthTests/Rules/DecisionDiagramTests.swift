import Synth
import TestSupport
import Testing

@Suite struct DecisionDiagramTests {
  /// All rows of codes of columns with so many each.
  private func rows(_ sizes: [Int]) -> [[Int32]] {
    sizes.reduce([[]]) { rows, size in
      rows.flatMap { row in (0..<size).map { row + [Int32($0)] } }
    }
  }

  private func allowed(_ diagram: DecisionDiagram, _ sizes: [Int]) -> [[Int32]] {
    rows(sizes).filter { row in diagram.allows { row[$0] } }
  }

  @Test func combinationsAreWhatIsAllowed() throws {
    let combinations: [[Int32]] = [[2, 0, 1], [0, 1, 1], [0, 0, 1], [2, 1, 1], [1, 1, 0]]
    let diagram = try #require(
      DecisionDiagram(columns: [0, 1, 2], combinations: combinations + combinations))
    #expect(Set(allowed(diagram, [3, 2, 2])) == Set(combinations))
    // 0 and 2 go on alike, to one state.
    #expect(diagram.layers.map(\.stateCount) == [1, 2, 2])
    #expect(diagram.layers[0].codes == [0, 1, 2])
    #expect(diagram.layers[0].targets == [0, 1, 0])
    #expect(DecisionDiagram(columns: [0], combinations: []) == nil)
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func anyCombinationsAreWhatIsAllowed(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let sizes = (0..<4).map { _ in 1 + Int(random.unit() * 4) }
    let combinations = rows(sizes).filter { _ in random.unit() < 0.3 }
    let diagram = DecisionDiagram(columns: [0, 1, 2, 3], combinations: combinations)
    #expect((diagram.map { allowed($0, sizes) } ?? []) == combinations)
  }

  @Test func oneOfMany() throws {
    // Column 7 has a code for what is missing, column 3 one that is not drawn.
    let diagram = try #require(
      DecisionDiagram(
        oneOf: [7, 3], isTrue: [[true, false, false], [nil, false, true]], isNeeded: true))
    #expect(diagram.columns == [3, 7])
    func allows(_ third: Int32, _ seventh: Int32) -> Bool {
      diagram.allows { $0 == 3 ? third : seventh }
    }
    #expect(allows(1, 0) && allows(2, 1) && allows(2, 2))
    #expect(!allows(1, 1) && !allows(2, 0) && !allows(0, 0) && !allows(0, 1))
    let many = try #require(
      DecisionDiagram(
        oneOf: Array(0..<300), isTrue: Array(repeating: [false, true], count: 300),
        isNeeded: false))
    #expect(many.layers.allSatisfy { $0.stateCount <= 2 })
    #expect(many.allows { _ in 0 } && many.allows { $0 == 9 ? 1 : 0 })
    #expect(!many.allows { $0 == 9 || $0 == 299 ? 1 : 0 })
    #expect(DecisionDiagram(oneOf: [0, 1], isTrue: [[false], [nil, nil]], isNeeded: true) == nil)
  }

  /// What several allow together is what each allows, and no state is left from which nothing leads on.
  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func joinedAllowWhatAllAllow(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let sizes = (0..<5).map { _ in 1 + Int(random.unit() * 3) }
    let parts = [[0, 2], [1, 2, 4], [3, 4]].compactMap { columns -> DecisionDiagram? in
      let all = rows(columns.map { sizes[$0] }).filter { _ in random.unit() < 0.6 }
      return DecisionDiagram(columns: columns, combinations: all)
    }
    let expected = rows(sizes).filter { row in parts.allSatisfy { $0.allows { row[$0] } } }
    guard !parts.isEmpty else { return }
    do {
      let joined = try DecisionDiagram.joining(parts)
      #expect(!expected.isEmpty)
      #expect(allowed(joined, sizes) == expected)
      #expect(
        joined.isConsistent(
          vocabularySizes: sizes, suppressed: Array(repeating: nil, count: 5)))
      for layer in joined.layers {
        #expect(zip(layer.starts, layer.starts.dropFirst()).allSatisfy { $0 < $1 })
      }
    } catch {
      #expect(error == .empty && expected.isEmpty)
    }
  }
}
