/// Limits on the parts of a CSV file, which bound the memory of reading any file.
///
/// Reading throws a `TableError` as soon as a part exceeds its limit, before the rest of the part is read.
public struct CSVLimits: Sendable, Equatable {
  /// Bytes of a field, with its inner quotes still doubled.
  ///
  /// A row may have four times as many bytes: room for a few of the largest fields, or for 100,000 columns of 600 bytes.
  public let fieldByteCount: Int
  /// Columns of the header.
  ///
  /// The header's line may have 1 KiB for each of them, so that 4,096 names of 200 characters fit in any script.
  public let columnCount: Int
  /// The buffer to start with, in bytes; a longer row makes it grow.
  package var chunkByteCount = 256 << 10

  /// The most bytes that ``fieldByteCount`` can be: offsets in a row have 32 bits.
  public static let mostFieldBytes = 512 << 20
  /// The most that ``columnCount`` can be.
  public static let mostColumns = 1_000_000

  /// The largest limits, for files that the program wrote itself.
  public static let largest = CSVLimits(fieldByteCount: mostFieldBytes, columnCount: mostColumns)

  /// - Parameters:
  ///   - fieldByteCount: Bytes of a field, from 1 to ``mostFieldBytes``.
  ///   - columnCount: Columns of the header, from 1 to ``mostColumns``.
  public init(fieldByteCount: Int = 16 << 20, columnCount: Int = 4_096) {
    precondition(
      1...Self.mostFieldBytes ~= fieldByteCount,
      "A field's limit of \(fieldByteCount) bytes must be from 1 to \(Self.mostFieldBytes).")
    precondition(
      1...Self.mostColumns ~= columnCount,
      "The limit of \(columnCount) columns must be from 1 to \(Self.mostColumns).")
    self.fieldByteCount = fieldByteCount
    self.columnCount = columnCount
  }

  /// Bytes of a row.
  var rowByteCount: Int { 4 * fieldByteCount }
  /// Bytes of the header's line.
  var headerByteCount: Int { columnCount << 10 }
}
