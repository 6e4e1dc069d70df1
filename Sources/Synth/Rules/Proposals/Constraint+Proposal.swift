import Tables

extension Constraint {
  /// Rules that hold in every row of a table and are not obvious. Candidates are found in some rows, and kept if all rows
  /// obey them.
  ///
  /// - An inequality has at least 20 rows with both numbers or dates, and at most nine in ten pairs from different rows obey it:
  ///   it would be obvious for ranges that hardly overlap.
  /// - Fixed combinations are those of a column that determines others, each of whose values has ten rows on average and which
  ///   are nearly all frequent enough to be kept.
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
    return try proposed(for: rows, sample: rows, profile: profile, beside: derivations)
  }

  /// The same for rows whose missing cells are marked.
  ///
  /// - Parameters:
  ///   - source: is read once, and not at all where the sample has no candidate.
  ///   - sample: some of the rows, or all.
  static func proposed(
    for source: some RowSource, sample: some RowSource, profile: TableProfile,
    beside derivations: [Derivation] = []
  ) throws -> [Constraint] {
    let derived = Set(derivations.map(\.column))
    let columns = profile.columns.map {
      RuleColumn($0, rowCount: profile.rowCount, isIgnored: derived.contains($0.name))
    }
    let sample = try columns.sample(of: sample)
    var inequalities = InequalityCandidates(columns, sample: sample)
    var dependencies = DependencyCandidates(columns, sample: sample)
    var groups = OneHotCandidates(columns, sample: sample)
    let involved = inequalities.columns.union(dependencies.columns).union(groups.columns).sorted()
    if involved.isEmpty { return [] }
    try columns.forEachRow(of: source, columns: involved) { cells in
      inequalities.check(cells)
      dependencies.check(cells)
      groups.check(cells)
    }
    let names = profile.columns.map(\.name)
    let oneHots = groups.constraints(names)
    let fixed = dependencies.constraints(names).filter { rule in
      !oneHots.contains { Set($0.columns).isSuperset(of: rule.columns) }
    }
    // What combines columns says more than what compares them.
    let proposals = oneHots + fixed
    return proposals
      + consistent(
        inequalities.constraints(names), beside: proposals, columnNames: involved.map { names[$0] })
  }

  /// Those of some rules that contradict neither others nor those of them before.
  private static func consistent(
    _ rules: [Constraint], beside others: [Constraint], columnNames: [String]
  ) -> [Constraint] {
    // Rules that do not contradict each other do not in parts either, so that conflicts are found by halving.
    if (try? ConstraintSet(others + rules, columnNames: columnNames)) != nil { return rules }
    if rules.count <= 1 { return [] }
    let half = rules.count / 2
    let first = consistent(Array(rules[..<half]), beside: others, columnNames: columnNames)
    return first
      + consistent(Array(rules[half...]), beside: others + first, columnNames: columnNames)
  }
}
