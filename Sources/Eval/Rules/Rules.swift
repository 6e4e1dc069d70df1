/// How well a rule between columns is kept.
public struct RuleFigures: Codable, Sendable, Equatable {
  /// The columns whose combinations must occur in the real rows.
  public var columns: [String]
  /// The share of rows that keep the rule.
  public var share: Measured
  /// The number of combinations that occur.
  public var allowedCount: Int
  /// The combinations of the synthetic rows that do not, the most frequent first; at most 100.
  public var violations: [RuleViolation]
}

/// A combination of values that does not occur in the real rows.
public struct RuleViolation: Codable, Sendable, Equatable {
  public var values: [String]
  public var count: Int
}

/// A rule between columns: their values must come in combinations that real rows have.
public struct Rule: Sendable, Equatable {
  /// At least two.
  public let columns: [String]

  /// Reads names of columns with commas between, as in `education,education_num`; a name that contains a comma is quoted.
  /// - Throws: `EvalError.definition` unless there are two or more different names.
  public init(parsing text: String) throws(EvalError) {
    columns = parts(of: text[...], separatedBy: ",").map(unquoted)
    if columns.count < 2 || Set(columns).count < columns.count || columns.contains("") {
      throw .definition(
        of: "rule", text: text, remedy: "Name two or more columns, as in education,education_num.")
    }
  }
}

extension RuleFigures {
  /// How well each rule is kept, by synthetic table and rule.
  /// - Throws: `EvalError.unknownColumn`.
  package static func figures(
    of tables: ComparedTables, rules: [Rule]
  ) throws(EvalError) -> [[RuleFigures]] {
    var byTable = tables.synthetic.map { _ in [RuleFigures]() }
    for rule in rules {
      let counts = RuleCounts(try rule.indices(in: tables), of: tables)
      for table in byTable.indices {
        byTable[table].append(counts.figures(of: rule, table: table))
      }
    }
    return byTable
  }
}

extension Rule {
  /// The combinations of values that real rows have, the most frequent first, and the number of these rows.
  /// - Throws: `EvalError.unknownColumn`.
  package func allowedCombinations(
    in tables: ComparedTables
  ) throws(EvalError) -> [(values: [String], count: Int)] {
    RuleCounts(try indices(in: tables), of: tables).allowedCombinations
  }

  /// The indices of the columns.
  fileprivate func indices(in tables: ComparedTables) throws(EvalError) -> [Int] {
    let user = "The rule '\(columns.joined(separator: ","))'"
    var indices: [Int] = []
    for name in columns { indices.append(try tables.index(of: name, usedBy: user)) }
    return indices
  }
}

/// How often combinations of values occur.
private struct RuleCounts {
  private static let violationLimit = 100

  private let groups: RowGroups
  private let training: [Int]
  private let holdout: [Int]?
  /// For each synthetic table.
  private let synthetic: [[Int]]

  init(_ columns: [Int], of tables: ComparedTables) {
    let groups = RowGroups(columns, of: tables)
    var counts = groups.rows.tables.indices.map { groups.rows.counts(inTable: $0) }
    training = counts.removeFirst()
    holdout = tables.holdout == nil ? nil : counts.removeFirst()
    synthetic = counts
    self.groups = groups
  }

  func figures(of rule: Rule, table: Int) -> RuleFigures {
    let allowed = training.indices.map { training[$0] > 0 || holdout?[$0] ?? 0 > 0 }
    let counts = synthetic[table]
    let broken = counts.indices.filter { counts[$0] > 0 && !allowed[$0] }
    // Sorting by code too keeps equals in the order of the values.
    let worst = broken.sorted { (-counts[$0], $0) < (-counts[$1], $1) }.prefix(Self.violationLimit)
    return RuleFigures(
      columns: rule.columns,
      share: Measured(
        value: share(of: counts) { allowed[$0] },
        holdout: holdout.map { share(of: $0) { training[$0] > 0 } }),
      allowedCount: allowed.count { $0 },
      violations: worst.map { RuleViolation(values: groups.texts($0), count: counts[$0]) })
  }

  var allowedCombinations: [(values: [String], count: Int)] {
    let counts = training.indices.map { training[$0] + (holdout?[$0] ?? 0) }
    return counts.indices.filter { counts[$0] > 0 }
      .sorted { (-counts[$0], $0) < (-counts[$1], $1) }
      .map { (groups.texts($0), counts[$0]) }
  }

  private func share(of counts: [Int], where isAllowed: (Int) -> Bool) -> Double {
    let kept = counts.indices.reduce(0) { $0 + (isAllowed($1) ? counts[$1] : 0) }
    return Double(kept) / Double(counts.reduce(0, +))
  }
}
