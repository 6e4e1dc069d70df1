import Tables

extension ComparedTables {
  /// Reads tables side by side, in one pass over each.
  ///
  /// A column is numeric if its training values are numbers in one notation, however the other tables write theirs: `1`, `1.0`
  /// and `01` are then the same. Other values of a few training rows count as missing.
  /// All other columns are categories by spelling: `1` and `01` are different.
  ///
  /// - Parameters:
  ///   - training: The real rows that the synthetic ones were made from.
  ///   - holdout: Real rows that the synthetic ones were not made from.
  ///   - synthetic: At least one table, each with the columns of `training` in any order.
  ///   - missingValues: The fields that count as missing.
  ///   - identifiers: Columns that were left out of all tables; messages about them say so.
  /// - Throws: `EvalError` when a table has other columns than `training`, `TableError` when a table cannot be read or
  ///   has no rows.
  public init(
    training: any RowSource, holdout: (any RowSource)? = nil, synthetic: [any RowSource],
    missingValues: MissingValues = .standard, identifiers: [String] = []
  ) throws {
    precondition(!synthetic.isEmpty, "There is no synthetic table to judge.")
    let sources = [training] + (holdout.map { [$0] } ?? []) + synthetic
    let places = try sources.map { try Self.places(of: training, in: $0) }
    var tokens = training.columnNames.map { _ in ColumnTokens(missingValues: missingValues) }
    let rowCounts = try zip(sources, places).map { source, places in
      try Self.read(source, places: places, into: &tokens)
    }
    let realTableCount = holdout == nil ? 1 : 2
    let columns = tokens.indices.map { index in
      defer { tokens[index] = ColumnTokens(missingValues: missingValues) }
      return tokens[index].column(
        named: training.columnNames[index], realTableCount: realTableCount)
    }
    let tables = sources.indices.map { table in
      ComparedTable(
        name: sources[table].name, rowCount: rowCounts[table],
        values: columns.map { $0.values[table] })
    }
    self.columns = columns.map(\.column)
    self.identifiers = identifiers
    self.training = tables[0]
    self.holdout = holdout == nil ? nil : tables[1]
    self.synthetic = Array(tables[realTableCount...])
    unreadableFields = sources.indices.flatMap { table in
      columns.compactMap { column in
        column.unreadable[table].map {
          UnreadableFields(
            table: sources[table].name, column: column.column.name, count: $0.count,
            example: $0.example)
        }
      }
    }
  }

  /// The indices of the training table's columns in another table.
  private static func places(
    of training: any RowSource, in other: any RowSource
  ) throws(EvalError) -> [Int] {
    let numbers = Dictionary(
      other.columnNames.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    let known = Set(training.columnNames)
    let extra = other.columnNames.filter { !known.contains($0) }
    let missing = training.columnNames.filter { numbers[$0] == nil }
    if let first = missing.first {
      throw .missingColumns(
        table: other.name, training: training.name, names: missing,
        nearest: nearestName(to: first, among: extra))
    }
    guard extra.isEmpty else {
      throw .extraColumns(table: other.name, training: training.name, names: extra)
    }
    return training.columnNames.map { numbers[$0]! }
  }

  /// Adds the rows of a table and returns their number.
  private static func read(
    _ source: any RowSource, places: [Int], into tokens: inout [ColumnTokens]
  ) throws -> Int {
    for index in tokens.indices { tokens[index].beginTable() }
    var rowCount = 0
    try source.forEachBatch { batch in
      for index in tokens.indices { tokens[index].append(batch, column: places[index]) }
      rowCount += batch.rowCount
    }
    if rowCount == 0 { throw TableError.noRows(table: source.name) }
    return rowCount
  }
}
