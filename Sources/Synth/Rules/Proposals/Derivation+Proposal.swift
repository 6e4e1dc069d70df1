import Tables

extension Derivation {
  /// Columns of a table that are the sum, the product or the difference of two others in every row, or the sum of three to eight that
  /// stand side by side.
  ///
  /// - Parameters:
  ///   - source: the table, which is read twice.
  ///   - profile: of the same table and missing values.
  ///   - missingValues: the fields that count as missing.
  /// - Throws: `TableError` where the table cannot be read.
  public static func proposed(
    for source: some RowSource, profile: TableProfile, missingValues: MissingValues = .standard
  ) throws -> [Derivation] {
    let source = NormalizedRows(source, profile: profile, missingValues: missingValues)
    let columns = profile.columns.map { RuleColumn($0, rowCount: profile.rowCount) }
    var candidates = try DerivationCandidates(
      columns, decimals: profile.columns.map(\.numberFormat.decimals),
      sample: columns.sample(of: source))
    let involved = candidates.columns.sorted()
    if involved.isEmpty { return [] }
    try columns.forEachRow(of: source, columns: involved) { candidates.check($0) }
    return candidates.derivations(profile.columns.map(\.name))
  }
}
