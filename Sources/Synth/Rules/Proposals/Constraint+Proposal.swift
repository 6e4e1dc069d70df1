import Tables

extension Constraint {
  /// Rules that hold in every row of a table and cannot be due to chance: if the columns were unrelated, some row would break them
  /// with near certainty.
  ///
  /// - An inequality has at least 20 rows with both numbers or dates, whose ranges overlap.
  /// - Fixed combinations are those of a column that determines others, each of whose values has ten rows on average and which
  ///   are nearly all frequent enough to be kept. A column of numbers has at most 100 values.
  /// - A one-hot group has exactly one 1 or true in each row.
  ///
  /// Of more than 1,000 columns each is paired with the nearest ones only, and of each form of rule at most 256 are proposed, so
  /// that time grows with the number of columns and not with its square.
  ///
  /// - Parameters:
  ///   - source: the table, which is read twice.
  ///   - profile: of the same table and missing values.
  ///   - missingValues: the fields that count as missing.
  ///   - derivations: of columns that no rule may have.
  /// - Throws: `TableError` where the table cannot be read.
  public static func proposed(
    for source: some RowSource, profile: TableProfile, missingValues: MissingValues = .standard,
    beside derivations: [Derivation] = []
  ) throws -> [Constraint] {
    let rows = NormalizedRows(source, profile: profile, missingValues: missingValues)
    let rules = try RuleSearch(rows, profile: profile).constraints(beside: derivations)
    let names = profile.columns.map(\.name)
    return consistent(rules) { (try? ConstraintSet($0, columnNames: names)) != nil }
  }

  /// Those of some rules that contradict neither others nor those of them before.
  ///
  /// - Parameter agree: whether rules do not contradict each other.
  static func consistent(
    _ rules: [Constraint], beside others: [Constraint] = [], agree: ([Constraint]) -> Bool
  ) -> [Constraint] {
    // Rules that do not contradict each other do not in parts either, so that conflicts are found by halving.
    if agree(others + rules) { return rules }
    if rules.count <= 1 { return [] }
    let half = rules.count / 2
    let first = consistent(Array(rules[..<half]), beside: others, agree: agree)
    return first + consistent(Array(rules[half...]), beside: others + first, agree: agree)
  }
}
