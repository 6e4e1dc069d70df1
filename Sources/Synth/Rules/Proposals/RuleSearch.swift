import Tables

/// Searches a table for rules that hold in every row. Candidates are found in some rows, and kept if all rows obey them.
struct RuleSearch<Rows: RowSource, Sample: RowSource> {
  /// The rows, missing cells marked; they are read only where the sample has a candidate.
  let rows: Rows
  /// Some of the rows, or all.
  let sample: Sample
  let profile: TableProfile
  /// What the columns are; nil for those that no rule may be about.
  let kinds: [KindDetection?]
  let keys: PrivacyUnits

  /// Columns that can be computed from others.
  ///
  /// - Parameter isLearnt: whether the column of a name must stay learnt.
  func derivations(isLearnt: (String) -> Bool = { _ in false }) throws -> [Derivation] {
    let columns = columns(beside: [])
    let targets = columns.indices.filter { !isLearnt(profile.columns[$0].name) }
    var candidates = try DerivationCandidates(
      columns, targets: targets, decimals: profile.columns.map(\.numberFormat.decimals),
      sample: columns.sample(of: sample, keys: keys))
    let involved = candidates.columns.sorted()
    if involved.isEmpty { return [] }
    try columns.forEachRow(of: rows, columns: involved) { candidates.check($0) }
    return candidates.derivations(profile.columns.map(\.name))
  }

  /// Rules beside derived columns: what combines columns before what compares them. They may contradict each other.
  func constraints(beside derivations: [Derivation]) throws -> [Constraint] {
    let columns = columns(beside: derivations)
    let sample = try columns.sample(of: sample, keys: keys)
    var inequalities = InequalityCandidates(columns, sample: sample)
    var dependencies = DependencyCandidates(columns, sample: sample)
    var groups = OneHotCandidates(columns, sample: sample)
    let involved = inequalities.columns.union(dependencies.columns).union(groups.columns).sorted()
    if involved.isEmpty { return [] }
    try columns.forEachRow(of: rows, columns: involved) { cells in
      inequalities.check(cells)
      dependencies.check(cells)
      groups.check(cells)
    }
    let names = profile.columns.map(\.name)
    let oneHots = groups.constraints(names)
    let fixed = dependencies.constraints(names).filter { rule in
      !oneHots.contains { Set($0.columns).isSuperset(of: rule.columns) }
    }
    return oneHots + fixed + inequalities.constraints(names)
  }

  private func columns(beside derivations: [Derivation]) -> [RuleColumn] {
    let derived = Set(derivations.map(\.column))
    return zip(profile.columns, kinds).map { column, kind in
      RuleColumn(
        column, kind: derived.contains(column.name) ? nil : kind, rowCount: profile.rowCount)
    }
  }
}

extension RuleSearch where Rows == Sample {
  /// A search in a table of which nothing is known but its profile.
  init(_ rows: Rows, profile: TableProfile) {
    self.init(
      rows: rows, sample: rows, profile: profile,
      kinds: profile.columns.map { KindDetection($0, rowCount: profile.rowCount) }, keys: .none)
  }
}
