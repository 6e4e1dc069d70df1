import Tables

extension Derivation {
  /// Columns of a table that can be computed from others in every row, up to the decimals that they are written with.
  ///
  /// - The product of two columns.
  /// - The sum or difference of two, or of three within a distance of eight columns, or the sum of up to eight that stand side by
  ///   side.
  /// - `log`, `exp` or `sqrt` of one column, also `log` of the column plus a small constant such as 1 or 0.1.
  ///
  /// At least 20 rows differ from all columns of the formula, and unrelated columns would not obey it.
  ///
  /// - Parameters:
  ///   - source: the table, which is read twice.
  ///   - profile: of the same table and missing values.
  ///   - missingValues: the fields that count as missing.
  /// - Throws: `TableError` where the table cannot be read.
  public static func proposed(
    for source: some RowSource, profile: TableProfile, missingValues: MissingValues = .standard
  ) throws -> [Derivation] {
    let rows = NormalizedRows(source, profile: profile, missingValues: missingValues)
    return try RuleSearch(rows, profile: profile).derivations()
  }
}
