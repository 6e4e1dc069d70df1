import Synth
import Tables
import TestSupport
import Testing

/// Rules and formulas of tables that are so wide that not all pairs of columns are looked at.
@Suite struct WideProposalTests {
  /// Draws numbers for the rows of a column.
  private final class Draws {
    static let rowCount = 40
    private var random = SplitMix64(seed: 7)

    func callAsFunction(_ range: Range<Int>) -> [Int] {
      (0..<Self.rowCount).map { _ in Int.random(in: range, using: &random) }
    }
  }

  private let numbers = Draws()

  private func rules(_ columns: [Column]) throws -> [String] {
    let table = try Table(columns: columns)
    return try Constraint.proposed(for: table, profile: TableProfile(scanning: table))
      .map(\.description)
  }

  /// Unrelated numbers with three pairs in order: side by side, at some distance, and far apart.
  private func columns(_ count: Int) -> [Column] {
    var columns = (0..<count).map { Column("c\($0)", numbers(0..<1_000)) }
    for (name, lower, upper) in [("near", 3, 4), ("middle", 10, 200), ("far", 20, count - 5)] {
      let first = numbers(0..<1_000)
      columns[lower] = Column("\(name)1", first)
      columns[upper] = Column("\(name)2", zip(first, numbers(0..<100)).map { $0 + $1 })
    }
    return columns
  }

  @Test func columnsFarApartAreComparedInNarrowTablesOnly() throws {
    #expect(
      try rules(columns(900))
        == ["near1 <= near2", "middle1 <= middle2", "far1 <= far2"])
    #expect(try rules(columns(2_500)) == ["near1 <= near2", "middle1 <= middle2"])
  }

  /// Of many rules the first are proposed, and steps rather than what follows from them.
  @Test func aLongSeriesGivesItsFirstSteps() throws {
    var columns: [Column] = []
    var values = numbers(0..<1_000)
    for index in 0..<300 {
      columns.append(Column("c\(index)", values))
      values = zip(values, numbers(0..<6)).map { $0 + $1 }
    }
    #expect(try rules(columns) == (0..<256).map { "c\($0) <= c\($0 + 1)" })
  }

  @Test func oneHotGroupsSideBySideAreFound() throws {
    var columns = (0..<2_500).map { Column("c\($0)", numbers(0..<2)) }
    let hot = numbers(0..<3)
    for value in 0..<3 {
      columns[1_200 + 50 * value] = Column("hot\(value)", hot.map { $0 == value ? 1 : 0 })
    }
    #expect(try rules(columns) == ["onehot(hot0, hot1, hot2)"])
  }

  /// A thousand equal columns have a million pairs of which one determines the other: they are one rule.
  @Test func equalColumnsAreOneRule() throws {
    let values = (0..<Draws.rowCount).map { "v\($0 % 4)" }
    let names = (0..<1_000).map { "c\($0)" }
    #expect(
      try rules(names.map { Column($0, values) })
        == ["fixed(\(names.joined(separator: ", ")))"])
  }

  @Test func formulasOfNeighboursAreFound() throws {
    var columns = (0..<2_500).map { Column("c\($0)", numbers(0..<1_000)) }
    let (first, second) = (numbers(0..<1_000), numbers(0..<1_000))
    columns[1_700] = Column("sum", zip(first, second).map { $0 + $1 })
    columns[1_702] = Column("first", first)
    columns[1_705] = Column("second", second)
    columns[2_000] = Column("product", zip(first, second).map { $0 * $1 })
    let table = try Table(columns: columns)
    #expect(
      try Derivation.proposed(for: table, profile: TableProfile(scanning: table))
        .map(\.description) == ["sum = first + second"])
  }

  /// A running total over more columns than a chain may have: the chain ends, and the rest is derived anew.
  @Test func longChainsOfFormulasEnd() throws {
    var columns: [Column] = []
    var total = numbers(0..<1_000)
    for index in 0..<1_100 {
      let step = numbers(1..<1_000)
      columns.append(Column("step\(index)", step))
      total = zip(total, step).map { $0 + $1 }
      columns.append(Column("total\(index)", total))
    }
    let table = try Table(columns: columns)
    let formulas = try Derivation.proposed(for: table, profile: TableProfile(scanning: table))
      .map(\.description)
    #expect(formulas.first == "total1 = total0 + step1")
    #expect((900..<1_099).contains(formulas.count))
  }
}
