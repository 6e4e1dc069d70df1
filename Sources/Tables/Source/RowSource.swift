/// A table that can be read again and again from its start, row by row.
public protocol RowSource: Sendable {
  /// What messages call the table, for example the file name.
  var name: String { get }

  /// The names of the columns in table order.
  var columnNames: [String] { get }

  /// Calls `body` with consecutive batches of rows, from the first to the last.
  ///
  /// Every batch has at least one row and is valid only during the call.
  /// - Throws: `TableError` when the table cannot be read, and whatever `body` throws.
  func forEachBatch(_ body: (FieldBatch) throws -> Void) throws
}

/// Where the content of a field lies among the bytes of its batch, or that the cell has no value.
@frozen @usableFromInline
package struct FieldSpan {
  @usableFromInline package var offset: UInt32
  @usableFromInline package var length: UInt32

  @inlinable
  package init(offset: Int, length: Int) {
    self.offset = UInt32(truncatingIfNeeded: offset)
    self.length = UInt32(truncatingIfNeeded: length)
  }

  /// A cell without a value: no bytes, at a place where no field can begin.
  package static let missing = FieldSpan(offset: Int(UInt32.max), length: 0)

  @inlinable
  package var isMissing: Bool { offset == .max }
}

/// A run of rows as raw field bytes, quotes removed. Valid only during the call that hands it over.
public struct FieldBatch {
  /// The number of rows in the batch.
  public let rowCount: Int
  /// The number of fields in every row.
  public let columnCount: Int
  /// The index of the first row of the batch in the table, from 0.
  public let firstRow: Int

  @usableFromInline let bytes: UnsafePointer<UInt8>
  @usableFromInline let spans: UnsafePointer<FieldSpan>

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
  }

  /// Whether a cell is marked as missing, whatever its content. Tables mark none: there a missing value is known by its
  /// spelling, see ``MissingValues``.
  @inlinable
  package func isMissing(_ row: Int, _ column: Int) -> Bool {
    assert(row >= 0 && row < rowCount && column >= 0 && column < columnCount)
    // SAFETY: whoever makes a batch gives rowCount * columnCount spans.
    return spans[row &* columnCount &+ column].isMissing
  }

  /// The content of a field, quotes removed; valid only as long as the batch. Empty where the cell is marked as missing.
  @inlinable
  public subscript(row: Int, column: Int) -> UnsafeBufferPointer<UInt8> {
    assert(row >= 0 && row < rowCount && column >= 0 && column < columnCount)
    // SAFETY: whoever makes a batch gives rowCount * columnCount spans that lie in its bytes, those of missing cells apart.
    let span = spans[row &* columnCount &+ column]
    if span.isMissing { return UnsafeBufferPointer(start: nil, count: 0) }
    return UnsafeBufferPointer(start: bytes + Int(span.offset), count: Int(span.length))
  }
}

extension FieldBatch {
  /// Calls `body` with the same cells, some of them marked as missing.
  ///
  /// - Parameter isMissing: one for each cell, in row-major order.
  package func withMissing(_ isMissing: [Bool], _ body: (FieldBatch) throws -> Void) throws {
    precondition(isMissing.count == rowCount * columnCount, "\(isMissing.count) cells are marked")
    // SAFETY: a batch has a span for each of its cells.
    let marked = isMissing.indices.map { isMissing[$0] ? FieldSpan.missing : spans[$0] }
    try marked.withUnsafeBufferPointer { marked in
      // SAFETY: the spans lie in the batch's bytes, as before.
      try body(
        FieldBatch(
          bytes: bytes, spans: marked.baseAddress!, rowCount: rowCount, columnCount: columnCount,
          firstRow: firstRow))
    }
  }
}
