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

/// A run of rows of a table, column by column. Valid only during the call that hands it over.
public struct ColumnBatch {
  /// The number of rows in the batch.
  public let rowCount: Int
  /// The number of fields in every row.
  public let columnCount: Int
  /// The index of the first row of the batch in the table, from 0.
  public let firstRow: Int

  @usableFromInline let bytes: UnsafePointer<UInt8>
  @usableFromInline let spans: UnsafePointer<FieldSpan>
  /// Keeps the memory of a batch that was made of columns; nil where the source keeps it.
  private let storage: Storage?

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
    storage = nil
  }

  /// Whether a cell is marked as missing. Text files mark none: there a missing value is known by its spelling, see
  /// ``MissingValues``.
  @inlinable
  public func isMissing(_ row: Int, _ column: Int) -> Bool {
    // Sources outside of the package may hand out fewer columns than they name: checked in release builds too.
    precondition(row >= 0 && row < rowCount && column >= 0 && column < columnCount)
    // SAFETY: whoever makes a batch gives rowCount * columnCount spans.
    return spans[row &* columnCount &+ column].isMissing
  }

  /// The content of a field, quotes removed; valid only as long as the batch. Empty where the cell is marked as missing.
  @inlinable
  public subscript(row: Int, column: Int) -> UnsafeBufferPointer<UInt8> {
    precondition(row >= 0 && row < rowCount && column >= 0 && column < columnCount)
    // SAFETY: whoever makes a batch gives rowCount * columnCount spans that lie in its bytes, those of missing cells apart.
    let span = spans[row &* columnCount &+ column]
    if span.isMissing { return UnsafeBufferPointer(start: nil, count: 0) }
    return UnsafeBufferPointer(start: bytes + Int(span.offset), count: Int(span.length))
  }
}

extension ColumnBatch {
  /// Calls `body` with the same cells, some of them marked as missing.
  ///
  /// - Parameter isMissing: one for each cell, in row-major order.
  package func withMissing(_ isMissing: [Bool], _ body: (ColumnBatch) throws -> Void) throws {
    precondition(isMissing.count == rowCount * columnCount, "\(isMissing.count) cells are marked")
    // SAFETY: a batch has a span for each of its cells.
    let marked = isMissing.indices.map { isMissing[$0] ? FieldSpan.missing : spans[$0] }
    try marked.withUnsafeBufferPointer { marked in
      // SAFETY: the spans lie in the batch's bytes, as before.
      try body(
        ColumnBatch(
          bytes: bytes, spans: marked.baseAddress!, rowCount: rowCount, columnCount: columnCount,
          firstRow: firstRow))
    }
  }
}

// MARK: - Batches of a program's own

extension ColumnBatch {
  /// The cells of one column; nil is a missing value.
  public enum Cells: Sendable, Equatable {
    case texts([String?])
    /// Numbers that are not finite are missing.
    case numbers([Double?])
    case integers([Int?])

    /// The number of rows.
    public var count: Int {
      switch self {
      case .texts(let texts): texts.count
      case .numbers(let numbers): numbers.count
      case .integers(let integers): integers.count
      }
    }
  }

  /// The memory of a batch.
  private final class Storage {
    let bytes: UnsafeMutableBufferPointer<UInt8>
    let spans: UnsafeMutableBufferPointer<FieldSpan>

    /// - Parameter spans: at least one.
    init(bytes: [UInt8], spans: [FieldSpan]) {
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

  /// A batch of typed columns.
  ///
  /// - Parameters:
  ///   - firstRow: the index of the first row in the table, from 0: that of the batch before plus its rows.
  ///   - columns: at least one; all of them have the same number of rows, which is not 0.
  public init(firstRow: Int, columns: [Cells]) {
    let rowCount = columns.first?.count ?? 0
    precondition(rowCount > 0, "A batch needs at least one column and one row.")
    for (index, column) in columns.enumerated() {
      precondition(
        column.count == rowCount,
        "Column \(index) has \(column.count) rows, the first has \(rowCount).")
    }
    var bytes: [UInt8] = []
    var spans: [FieldSpan] = []
    spans.reserveCapacity(rowCount * columns.count)
    for row in 0..<rowCount {
      for column in columns {
        let start = bytes.count
        let isThere = column.append(row, to: &bytes)
        spans.append(
          isThere ? FieldSpan(offset: start, length: bytes.count - start) : .missing)
      }
    }
    precondition(bytes.count < Int(UInt32.max), "A batch holds less than 4 GiB of text.")
    let storage = Storage(bytes: bytes, spans: spans)
    // SAFETY: the storage lives as long as the batch, has a span for each cell, and spans lie in its bytes or are missing.
    self.bytes = UnsafePointer(storage.bytes.baseAddress!)
    self.spans = UnsafePointer(storage.spans.baseAddress!)
    self.rowCount = rowCount
    columnCount = columns.count
    self.firstRow = firstRow
    self.storage = storage
  }

  /// The text of a cell; nil where it is marked as missing.
  public func text(_ row: Int, _ column: Int) -> String? {
    isMissing(row, column) ? nil : String(decoding: self[row, column], as: UTF8.self)
  }

  /// The number in a cell, plainly spelled; nil where it is marked as missing or is no number.
  public func number(_ row: Int, _ column: Int) -> Double? {
    isMissing(row, column) ? nil : parseNumber(self[row, column])?.value
  }
}

extension ColumnBatch.Cells {
  /// Appends the spelling of a cell; false where it is missing.
  fileprivate func append(_ row: Int, to bytes: inout [UInt8]) -> Bool {
    switch self {
    case .texts(let texts):
      guard let text = texts[row] else { return false }
      bytes.append(contentsOf: text.utf8)
    case .integers(let integers):
      guard let integer = integers[row] else { return false }
      bytes.append(contentsOf: String(integer).utf8)
    case .numbers(let numbers):
      guard let number = numbers[row], number.isFinite else { return false }
      if let integer = Int(exactly: number), integer.magnitude < 1_000_000_000_000_000 {
        bytes.append(contentsOf: String(integer).utf8)
      } else {
        bytes.append(contentsOf: "\(number)".utf8)
      }
    }
    return true
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
  /// - Throws: `TableError` when the table cannot be read, and whatever `body` throws.
  func forEachBatch(_ body: (ColumnBatch) throws -> Void) throws
}
