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

/// Where the content of a field lies among the bytes of its batch.
@frozen @usableFromInline
package struct FieldSpan {
  @usableFromInline package var offset: UInt32
  @usableFromInline package var length: UInt32

  @inlinable
  package init(offset: Int, length: Int) {
    self.offset = UInt32(truncatingIfNeeded: offset)
    self.length = UInt32(truncatingIfNeeded: length)
  }
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

  /// The content of a field, quotes removed; valid only as long as the batch.
  @inlinable
  public subscript(row: Int, column: Int) -> UnsafeBufferPointer<UInt8> {
    assert(row >= 0 && row < rowCount && column >= 0 && column < columnCount)
    // SAFETY: whoever makes a batch gives rowCount * columnCount spans that lie in its bytes.
    let span = spans[row &* columnCount &+ column]
    return UnsafeBufferPointer(start: bytes + Int(span.offset), count: Int(span.length))
  }
}
