/// The columns of a table that can be compared with those of others.
///
/// Identifiers cannot: every row has its own, and rows that are made up have other ones by design.
public struct LearntColumns: Sendable, Equatable {
  /// The columns that hold identifiers, in table order; none where there are no other columns.
  public let identifiers: [String]

  /// Finds the identifiers of a table.
  ///
  /// - Throws: `TableError.noRows` for a table without rows, and what reading throws.
  public init(of source: some RowSource, missingValues: MissingValues = .standard) throws {
    let schema = try TableSchema(of: source, missingValues: missingValues)
    let found = schema.columns.filter { $0.kind == .identifier }.map(\.name)
    identifiers = found.count < schema.columns.count ? found : []
  }

  /// A table without the columns that hold identifiers.
  public func selected(from source: any RowSource) -> any RowSource {
    let isLearnt = { (name: String) in !identifiers.contains(name) }
    guard !identifiers.isEmpty, source.columnNames.contains(where: isLearnt) else { return source }
    return selectedColumns(source, where: isLearnt)
  }
}

private func selectedColumns(
  _ source: some RowSource, where isSelected: (String) -> Bool
) -> any RowSource {
  SelectedColumns(source, where: isSelected)
}
