import Foundation
import Synth
import Tables
import TestSupport
import Testing

/// Random tables with formulas, bounds and large vocabularies: what is drawn keeps them in every row.
@Suite struct RulePropertyTests {
  private static let tablesPerTest = 10

  // MARK: Formulas

  /// A formula of two columns of any kind is refused, or its value stands in every drawn row.
  @Test(arguments: 0..<20) func formulasOfColumns(_ number: UInt64) async throws {
    for index in 0..<UInt64(RulePropertyTests.tablesPerTest) {
      try await checkFormula(seed: 100_000 + number * 1000 + index)
    }
  }

  private func checkFormula(seed: UInt64) async throws {
    let (symbol, combine) = RulePropertyTests.operators[Int(seed / 3 % 3)]
    var random = SplitMix64(seed: seed)
    let table = try RandomTable.table(&random)
    let operands = (0..<2).map { _ in
      Int.random(in: 0..<table.columns.count, using: &random)
    }
    let numbers = operands.map { table.columns[$0].texts.map { $0.flatMap(Double.init) } }
    let results = zip(numbers[0], numbers[1]).map { first, second in
      first.flatMap { first in second.map { "\(combine(first, $0))" } }
    }
    let place = Int.random(in: 0...table.columns.count, using: &random)
    var columns = table.columns
    columns.insert(Column("result", results), at: place)
    let names = operands.map {
      "\"\(table.columns[$0].name.replacing("\"", with: "\"\""))\""
    }
    var options = quickOptions(epochs: 1, batchSize: 64, seed: seed)
    options.reading.derivations = [
      try Derivation(parsing: "result = \(names[0]) \(symbol) \(names[1])")
    ]
    options.protection.protectsValues = seed % 3 != 0
    do {
      let generator = try await Generator.train(on: Table(columns: columns), options: options)
      let drawn = try fields(of: generator.rowsThroughFile(0..<40, seed: seed))
      guard case .derived(let coding) = generator.fields[place].coding else {
        Issue.record("seed \(seed): the result is learnt")
        return
      }
      let parts = operands.map { drawn[$0 < place ? $0 : $0 + 1].map(Double.init) }
      for (result, (first, second)) in zip(
        drawn[place].map(Double.init), zip(parts[0], parts[1]))
      {
        let computed = first.flatMap { first in second.map { combine(first, $0) } } ?? .nan
        #expect(
          computed.isSame(as: result ?? .nan, decimals: coding.format.decimals),
          "seed \(seed): \(computed), \(result ?? .nan)")
      }
    } catch let error as DerivationError {
      switch error {
      case .notNumeric, .rarelyHolds, .units: break
      default: Issue.record("seed \(seed): \(error)")
      }
    }
  }

  private static let operators: [(symbol: String, combine: @Sendable (Double, Double) -> Double)] =
    [("+", { $0 + $1 }), ("-", { $0 - $1 }), ("*", { $0 * $1 })]

  // MARK: Bounds

  /// Rules about two columns of any order and kind hold in every drawn row, whatever else the table has.
  @Test(arguments: 0..<20) func boundsOfColumns(_ number: UInt64) async throws {
    var pairs = 0
    for index in 0..<5 as Range<UInt64> {
      pairs += try await checkBound(seed: 200_000 + number * 1000 + index)
    }
    #expect(pairs > 200, "\(number)")
  }

  /// - Returns: the drawn rows with both values. What few rows have is masked where values are protected.
  private func checkBound(seed: UInt64) async throws -> Int {
    var random = SplitMix64(seed: seed)
    let table = try RandomTable.table(&random)
    let bounds = RandomTable.bounds(table.rowCount, kind: Int(seed % 4), &random)
    var columns = table.columns
    for (name, values) in [("first", bounds.first), ("last", bounds.last)] {
      let place = Int.random(in: 0...columns.count, using: &random)
      columns.insert(Column(name, values), at: place)
    }
    var options = quickOptions(epochs: 1, batchSize: 64, seed: seed)
    let isStrict = seed % 3 == 0
    options.reading.forcesConstraints = true
    options.reading.constraints = try [
      "first \(isStrict ? "<" : "<=") last", "first >= \(bounds.least)",
    ]
    .map { try Constraint(parsing: $0) }
    options.protection.protectsValues = seed % 2 == 0
    let generator = try await Generator.train(on: Table(columns: columns), options: options)
    let names = generator.columnNames
    let drawn = try fields(of: generator.rowsThroughFile(0..<200, seed: seed))
    let (firsts, lasts) = (
      drawn[names.firstIndex(of: "first")!], drawn[names.firstIndex(of: "last")!]
    )
    func isBefore(_ first: String, _ last: String, isStrict: Bool) -> Bool {
      guard let first = Double(first), let last = Double(last) else {
        return isStrict ? first < last : first <= last
      }
      return isStrict ? first < last : first <= last
    }
    var pairs = 0
    for (first, last) in zip(firsts, lasts) where !first.isEmpty {
      let comment: Comment = "seed \(seed): \(bounds.least), \(first), \(last)"
      #expect(isBefore(bounds.least, first, isStrict: false), comment)
      if last.isEmpty { continue }
      pairs += 1
      #expect(isBefore(first, last, isStrict: isStrict), comment)
    }
    return pairs
  }

  // MARK: Vocabularies

  /// Categories of more levels than have codes of their own.
  @Test(arguments: 0..<2) func vocabularies(_ seed: UInt64) async throws {
    var random = SplitMix64(seed: 300_000 + seed)
    let count = 4_001 + Int(random.unit() * 1_000)
    let names = (0..<count).map { RandomTable.name($0, &random) }
    let extra = (0..<1_500).map { _ in
      random.unit() < 0.2 ? nil : names.randomElement(using: &random)
    }
    var levels = names.map(Optional.some) + extra
    levels.shuffle(using: &random)
    let table = try Table(columns: [
      Column("group", levels.map { $0?.count ?? 0 }), Column("level", levels),
    ])
    var options = quickOptions(epochs: 1, order: .natural, batchSize: 256, seed: seed)
    options.protection.protectsValues = false
    options.reading.schema.setKind(.category, ofColumn: "level")
    let generator = try await Generator.train(on: table, options: options)
    guard case .vocabulary = generator.fields[1].coding else {
      Issue.record("seed \(seed): the levels have codes of their own")
      return
    }
    let drawn = try fields(of: generator.rowsThroughFile(0..<3_000, seed: seed))[1]
    #expect(Set(drawn).subtracting(names) == [""], "seed \(seed)")
    #expect(Set(drawn).count > 1_000, "seed \(seed)")
    try expectRoundTrip(of: table, generator, seed: seed)
  }
}
