/// Where the content of a field lies among the bytes of its batch, and whether the cell is missing.
@frozen @usableFromInline
package struct FieldSpan {
  @usableFromInline package var offset: UInt32
  /// The highest bit marks a missing cell.
  @usableFromInline var lengthAndMark: UInt32

  @usableFromInline static let mark: UInt32 = 1 << 31

  /// - Parameter length: below 2 GiB.
  @inlinable
  package init(offset: Int, length: Int, isMissing: Bool = false) {
    self.offset = UInt32(truncatingIfNeeded: offset)
    lengthAndMark = UInt32(truncatingIfNeeded: length) | (isMissing ? FieldSpan.mark : 0)
  }

  /// The bytes of the field; of a missing cell, those of its spelling.
  @inlinable
  package var length: Int { Int(lengthAndMark & ~FieldSpan.mark) }

  /// Where the field ends.
  @inlinable
  package var end: Int { Int(offset) + length }

  @inlinable
  package var isMissing: Bool { lengthAndMark & FieldSpan.mark != 0 }

  /// The same place, marked as missing.
  package var markedMissing: FieldSpan {
    FieldSpan(offset: Int(offset), length: length, isMissing: true)
  }
}

/// A run of rows of a table. Valid only during the call that hands it over.
///
/// Text files mark no cell as missing: there a missing value is known by its spelling, see ``MissingValues``.
public struct ColumnBatch {
  /// The number of rows in the batch.
  public let rowCount: Int
  /// The number of cells in every row.
  public let columnCount: Int
  /// The index of the first row of the batch in the table, from 0.
  public let firstRow: Int

  @usableFromInline let bytes: UnsafePointer<UInt8>
  @usableFromInline let spans: UnsafePointer<FieldSpan>
  /// The columns that the batch was made of, and their spelling; nil where the source keeps the bytes.
  private let columns: SpelledColumns?

  /// A batch over `rowCount * columnCount` spans in row-major order; every span lies in `bytes`.
  package init(
    bytes: UnsafePointer<UInt8>, spans: UnsafePointer<FieldSpan>, rowCount: Int, columnCount: Int,
    firstRow: Int
  ) {
    self.bytes = bytes
    self.spans = spans
    self.rowCount = rowCount
    self.columnCount = columnCount
    self.firstRow = firstRow
    columns = nil
  }

  /// A batch of typed columns.
  ///
  /// - Parameters:
  ///   - firstRow: the index of the first row in the table, from 0: that of the batch before plus its rows.
  ///   - columns: the table's columns in its order, at least one; all of them have the same number of rows, which is not 0.
  public init(firstRow: Int, columns: [Column]) {
    let rowCount = columns.first?.count ?? 0
    precondition(rowCount > 0, "A batch needs at least one column and one row.")
    for (index, column) in columns.enumerated() {
      precondition(
        column.count == rowCount,
        "Column \(index) has \(column.count) rows, the first has \(rowCount).")
    }
    let spelled = SpelledColumns(columns, rowCount: rowCount)
    // SAFETY: the columns live as long as the batch; they have a span for each cell, and every span lies in their bytes.
    bytes = UnsafePointer(spelled.bytes.baseAddress!)
    spans = UnsafePointer(spelled.spans.baseAddress!)
    self.rowCount = rowCount
    columnCount = columns.count
    self.firstRow = firstRow
    self.columns = spelled
  }

  /// Whether a cell is marked as missing.
  @inlinable
  public func isMissing(_ row: Int, _ column: Int) -> Bool { span(row, column).isMissing }

  /// The text of a cell, numbers in their column's format; nil where it is marked as missing.
  public func text(_ row: Int, _ column: Int) -> String? {
    isMissing(row, column) ? nil : String(decoding: self[row, column], as: UTF8.self)
  }

  /// The number in a cell; nil where it is marked as missing, or a text that does not spell a number plainly.
  public func number(_ row: Int, _ column: Int) -> Double? {
    if isMissing(row, column) { return nil }
    if case .numbers(let numbers, _)? = columns?.columns[column].values { return numbers[row] }
    return parseNumber(self[row, column])?.value
  }

  /// Calls `body` with the UTF-8 bytes of a cell, none where it is marked as missing: faster than ``text(_:_:)``.
  @inlinable
  public func withBytes<Result>(
    _ row: Int, _ column: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
  ) rethrows -> Result {
    try body(self[row, column])
  }

  /// The content of a cell, quotes removed; valid only as long as the batch. Empty where the cell is marked as missing.
  @inlinable
  package subscript(row: Int, column: Int) -> UnsafeBufferPointer<UInt8> {
    let span = span(row, column)
    if span.isMissing { return UnsafeBufferPointer(start: nil, count: 0) }
    // SAFETY: whoever makes a batch gives spans that lie in its bytes.
    return UnsafeBufferPointer(start: bytes + Int(span.offset), count: span.length)
  }

  /// How a cell is written, quotes removed: its content, or the spelling of a missing value. Valid only as long as the batch.
  package func spelling(_ row: Int, _ column: Int) -> UnsafeBufferPointer<UInt8> {
    let span = span(row, column)
    // SAFETY: whoever makes a batch gives spans that lie in its bytes.
    return UnsafeBufferPointer(start: bytes + Int(span.offset), count: span.length)
  }

  @inlinable
  func span(_ row: Int, _ column: Int) -> FieldSpan {
    // Sources outside of the package may hand out fewer columns than they name: checked in release builds too.
    precondition(row >= 0 && row < rowCount && column >= 0 && column < columnCount)
    // SAFETY: whoever makes a batch gives rowCount * columnCount spans.
    return spans[row &* columnCount &+ column]
  }

  /// Calls `body` with the same cells, more of them marked as missing.
  ///
  /// - Parameter isMissing: one for each cell, in row-major order.
  package func withMissing(_ isMissing: [Bool], _ body: (ColumnBatch) throws -> Void) throws {
    precondition(isMissing.count == rowCount * columnCount, "\(isMissing.count) cells are marked")
    // SAFETY: a batch has a span for each of its cells.
    let marked = isMissing.indices.map { isMissing[$0] ? spans[$0].markedMissing : spans[$0] }
    try marked.withUnsafeBufferPointer { marked in
      // SAFETY: the spans lie in the batch's bytes, as before.
      try body(
        ColumnBatch(
          bytes: bytes, spans: marked.baseAddress!, rowCount: rowCount, columnCount: columnCount,
          firstRow: firstRow))
    }
  }
}

/// Typed columns with the spelling of every cell, row by row.
private final class SpelledColumns {
  let columns: [Column]
  let bytes: UnsafeMutableBufferPointer<UInt8>
  let spans: UnsafeMutableBufferPointer<FieldSpan>

  /// - Parameter rowCount: that of every column, at least one.
  init(_ columns: [Column], rowCount: Int) {
    var bytes: [UInt8] = []
    var spans: [FieldSpan] = []
    spans.reserveCapacity(rowCount * columns.count)
    for row in 0..<rowCount {
      for column in columns {
        let start = bytes.count
        let isMissing = !column.appendContent(ofRow: row, to: &bytes)
        spans.append(FieldSpan(offset: start, length: bytes.count - start, isMissing: isMissing))
      }
    }
    precondition(bytes.count < 1 << 31, "A batch holds less than 2 GiB of text.")
    self.columns = columns
    // One byte at least, so that there is something to point at when all cells are empty.
    self.bytes = .allocate(capacity: max(1, bytes.count))
    self.spans = .allocate(capacity: spans.count)
    _ = self.bytes.initialize(from: bytes)
    _ = self.spans.initialize(from: spans)
  }

  deinit {
    bytes.deallocate()
    spans.deallocate()
  }
}

/// A table that can be read again and again from its start, batch by batch.
///
/// Anything can be one that hands out ``ColumnBatch``es: CSV files (``CSVFiles``), a ``Table`` in memory, or rows of a program's own.
public protocol RowSource: Sendable {
  /// What messages call the table, for example the file name.
  var name: String { get }

  /// The names of the columns in table order.
  var columnNames: [String] { get }

  /// Calls `body` with consecutive batches of rows, from the first to the last.
  ///
  /// Every batch has at least one row and is valid only during the call.
  /// - Throws: `TableError` when the table cannot be read, and the errors of `body`.
  func forEachBatch(_ body: (ColumnBatch) throws -> Void) throws
}
