import Tables

extension Constraint {
  /// Rules that hold in every row of a table and say something: candidates are found in some rows, and kept if all rows
  /// obey them.
  ///
  /// - An inequality has at least 20 rows with both numbers or moments, and of those from different rows at most nine in ten pairs would
  ///   obey it: ranges that hardly overlap say nothing.
  /// - Fixed combinations are those of a column that determines others, each of whose values has ten rows on average and which
  ///   are nearly all frequent enough to be told.
  /// - A one-hot group has exactly one 1 or true in each row.
  ///
  /// - Parameters:
  ///   - source: the table, which is read twice.
  ///   - profile: of the same table and missing values.
  ///   - missingValues: the fields that count as missing.
  ///   - derivations: of columns that no rule may speak of.
  /// - Throws: `TableError` where the table cannot be read.
  public static func proposed(
    for source: some RowSource, profile: TableProfile, missingValues: MissingValues = .standard,
    beside derivations: [Derivation] = []
  ) throws -> [Constraint] {
    let derived = Set(derivations.map(\.column))
    let source = NormalizedRows(source, profile: profile, missingValues: missingValues)
    let columns = profile.columns.map {
      RuleColumn($0, rowCount: profile.rowCount, isIgnored: derived.contains($0.name))
    }
    var sample = RowSample(columnCount: columns.count) { columns[$0].cell($1) }
    try source.forEachBatch { sample.add($0) }
    var inequalities = InequalityCandidates(columns, sample: sample)
    var dependencies = DependencyCandidates(columns, sample: sample)
    var groups = OneHotCandidates(columns, sample: sample)
    let involved = inequalities.columns.union(dependencies.columns).union(groups.columns).sorted()
    if involved.isEmpty { return [] }
    var cells = [Double](repeating: .nan, count: columns.count)
    try source.forEachBatch { batch in
      for row in 0..<batch.rowCount {
        for column in involved {
          cells[column] =
            batch.isMissing(row, column) ? .nan : columns[column].cell(batch[row, column])
        }
        inequalities.check(cells)
        dependencies.check(cells)
        groups.check(cells)
      }
    }
    let names = profile.columns.map(\.name)
    let oneHots = groups.constraints(names)
    let fixed = dependencies.constraints(names).filter { rule in
      !oneHots.contains { Set($0.columns).isSuperset(of: rule.columns) }
    }
    // What combines columns says more than what compares them.
    let proposals = oneHots + fixed
    return inequalities.constraints(names).reduce(into: proposals) { kept, inequality in
      if (try? ConstraintSet(kept + [inequality], columnNames: names)) != nil {
        kept.append(inequality)
      }
    }
  }
}
