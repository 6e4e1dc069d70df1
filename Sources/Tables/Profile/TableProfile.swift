/// A summary of a table, made in one pass over its rows with bounded memory.
public struct TableProfile: Sendable, Equatable {
  /// The number of rows.
  public var rowCount: Int
  /// The columns in table order.
  public var columns: [ColumnProfile]

  /// A profile made by hand.
  public init(rowCount: Int, columns: [ColumnProfile]) {
    self.rowCount = rowCount
    self.columns = columns
  }

  /// Reads all rows of a table.
  ///
  /// - Parameters:
  ///   - source: The table.
  ///   - missingValues: The fields that count as missing.
  ///   - textColumns: The columns whose values are texts even if they look like numbers.
  ///   - observe: Called with every batch of rows, to compute something else in the same pass.
  /// - Throws: `TableError.noRows` for a table without rows, and errors of reading.
  public init(
    scanning source: some RowSource, missingValues: MissingValues = .standard,
    textColumns: Set<Int> = [], observe: (ColumnBatch) -> Void = { _ in }
  ) throws {
    try self.init(
      scanning: source, missingValues: missingValues, textColumns: textColumns, keys: .none,
      observe: observe)
  }

  /// Reads all rows of a table that may have a key.
  ///
  /// - Parameters:
  ///   - source: The table.
  ///   - missingValues: The fields that count as missing.
  ///   - textColumns: The columns whose values are texts even if they look like numbers.
  ///   - numberColumns: The columns whose values are plain numbers with words among them.
  ///   - keys: The privacy units of the rows.
  ///   - observe: Called with every batch of rows, to compute something else in the same pass.
  /// - Throws: `TableError.noRows` for a table without rows, and errors of reading.
  package init(
    scanning source: some RowSource, missingValues: MissingValues, textColumns: Set<Int> = [],
    numberColumns: Set<Int> = [], keys: PrivacyUnits, observe: (ColumnBatch) -> Void = { _ in }
  ) throws {
    try self.init(
      scanning: source, missingValues: missingValues,
      limits: ProfileLimits(columnCount: source.columnNames.count), textColumns: textColumns,
      numberColumns: numberColumns, keys: keys, observe: observe)
    if rowCount == 0 { throw TableError.noRows(table: source.name) }
  }

  /// Reads all rows of a table, possibly none, within the limits.
  package init(
    scanning source: some RowSource, missingValues: MissingValues, limits: ProfileLimits,
    textColumns: Set<Int> = [], numberColumns: Set<Int> = [], keys: PrivacyUnits = .none,
    observe: (ColumnBatch) -> Void = { _ in }
  ) throws {
    var scanners = source.columnNames.indices.map { column in
      ColumnScanner(
        missingValues: missingValues, limits: limits,
        mode: textColumns.contains(column)
          ? .texts : numberColumns.contains(column) ? .numbers : .detected)
    }
    var rowCount = 0
    try source.forEachBatch { batch in
      for column in scanners.indices { scanners[column].scan(batch, column: column, keys: keys) }
      observe(batch)
      rowCount += batch.rowCount
    }
    self.rowCount = rowCount
    columns = zip(source.columnNames, scanners).map { name, scanner in
      scanner.profile(name: name)
    }
  }
}

/// How much a profile keeps of a column before it summarises the column.
package struct ProfileLimits: Sendable {
  /// The most distinct numbers.
  package var tokenCount: Int
  /// The most distinct texts.
  package var textCount: Int
  /// The most bytes of distinct values.
  package var tokenByteCount: Int
  /// The most numbers in the sample of a summary.
  package var sampleCount: Int

  package init(tokenCount: Int, textCount: Int? = nil, tokenByteCount: Int, sampleCount: Int) {
    self.tokenCount = tokenCount
    self.textCount = textCount ?? tokenCount
    self.tokenByteCount = tokenByteCount
    self.sampleCount = sampleCount
  }

  /// The usual limits. Very wide tables have less for each column, so that the whole profile fits.
  package init(columnCount: Int) {
    let share = 8_000_000 / max(1, columnCount)
    let count = min(200_000, max(4_096, share))
    self.init(
      tokenCount: count, textCount: min(1_000_000, max(count, share)), tokenByteCount: count * 80,
      sampleCount: count / 2)
  }
}
