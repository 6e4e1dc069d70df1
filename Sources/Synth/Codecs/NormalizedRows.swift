import Tables

/// A table as the encoder reads it: missing cells are marked, and all numbers are plain.
///
/// Only this type compares cells with the spellings of a missing value. Readers of these rows use `ColumnBatch.isMissing`.
struct NormalizedRows<Source: RowSource>: RowSource {
  private let source: Source
  private let missingValues: MissingValues
  /// Whether some cell of a column is missing.
  private let hasMissing: [Bool]
  /// One for each column; nil where numbers are spelled plainly, or there are none.
  private let notations: [NumberNotation?]

  /// - Parameters:
  ///   - profile: that of the source.
  ///   - missingValues: the source's spellings of a missing value; cells that are marked already stay so.
  init(_ source: Source, profile: TableProfile, missingValues: MissingValues) {
    self.source = source
    self.missingValues = missingValues
    hasMissing = profile.columns.map { $0.missingCount > 0 }
    notations = profile.columns.map(\.numberFormat.notation)
  }

  /// Rows without a known profile.
  ///
  /// - Parameter notations: one for each column; nil if it has plain numbers or none.
  init(_ source: Source, missingValues: MissingValues, notations: [NumberNotation?]) {
    self.source = source
    self.missingValues = missingValues
    self.notations = notations
    hasMissing = notations.map { _ in true }
  }

  /// Whether some numbers are written differently from the source.
  private var changesNumbers: Bool { notations.contains { $0 != nil } }

  var name: String { source.name }

  var columnNames: [String] { source.columnNames }

  func forEachBatch(_ body: (ColumnBatch) throws -> Void) throws {
    if changesNumbers { return try forEachRewrittenBatch(body) }
    guard hasMissing.contains(true) else { return try source.forEachBatch(body) }
    var isMarked: [Bool] = []
    try source.forEachBatch { batch in
      isMarked.removeAll(keepingCapacity: true)
      for row in 0..<batch.rowCount {
        for column in hasMissing.indices { isMarked.append(isMissing(batch, row, column)) }
      }
      try batch.withMissing(isMarked, body)
    }
  }

  private func forEachRewrittenBatch(_ body: (ColumnBatch) throws -> Void) throws {
    var writer = CellWriter()
    var plain: [UInt8] = []
    try source.forEachBatch { batch in
      writer.removeAll()
      for row in 0..<batch.rowCount {
        for column in notations.indices {
          plain.removeAll(keepingCapacity: true)
          if isMissing(batch, row, column) {
            writer.appendMissing()
          } else if notations[column]?.appendPlain(batch[row, column], to: &plain) ?? false {
            writer.append(plain)
          } else {
            writer.append(batch[row, column])
          }
        }
      }
      try writer.withBatch(
        rowCount: batch.rowCount, columnCount: notations.count, firstRow: batch.firstRow, body)
    }
  }

  private func isMissing(_ batch: ColumnBatch, _ row: Int, _ column: Int) -> Bool {
    hasMissing[column]
      && (batch.isMissing(row, column) || missingValues.contains(batch[row, column]))
  }
}

/// Writes the cells of a batch of rows, one after another.
private struct CellWriter {
  private var bytes: [UInt8] = []
  private var spans: [FieldSpan] = []

  mutating func append(_ cell: some Collection<UInt8>) {
    spans.append(FieldSpan(offset: bytes.count, length: cell.count))
    bytes.append(contentsOf: cell)
  }

  mutating func appendMissing() {
    spans.append(FieldSpan(offset: bytes.count, length: 0, isMissing: true))
  }

  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    spans.removeAll(keepingCapacity: true)
  }

  /// Passes the written cells on as rows of a number of cells.
  mutating func withBatch(
    rowCount: Int, columnCount: Int, firstRow: Int, _ body: (ColumnBatch) throws -> Void
  ) rethrows {
    precondition(spans.count == rowCount * columnCount, "\(spans.count) cells written")
    // An array without elements may have no address, and all cells may be missing.
    if bytes.isEmpty { bytes.append(0) }
    try bytes.withUnsafeBufferPointer { bytes in
      try spans.withUnsafeBufferPointer { spans in
        guard let start = bytes.baseAddress, let first = spans.baseAddress else { return }
        // SAFETY: every span was made for bytes that were just appended.
        try body(
          ColumnBatch(
            bytes: start, spans: first, rowCount: rowCount, columnCount: columnCount,
            firstRow: firstRow))
      }
    }
  }
}

extension ColumnProfile {
  /// Adds a decimal to numbers if one of them would otherwise be read as missing: `0.0` in a column in which `0` means missing.
  mutating func spellNumbersApart(from missingValues: MissingValues) {
    guard type == .decimal, numberFormat.notation == nil else { return }
    for var spelling in missingValues.spellings {
      guard let value = spelling.withUTF8(parseNumber)?.value,
        numbers.contains(where: { $0.value == value })
      else { continue }
      var written: [UInt8] = []
      numberFormat.append(value, to: &written)
      guard written.elementsEqual(spelling.utf8) else { continue }
      numberFormat.minimumDecimals += 1
      numberFormat.decimals = max(numberFormat.decimals, numberFormat.minimumDecimals)
    }
  }
}
