import Synth
import Tables

/// How many rows a table has, and what distinguishes it from others.
struct TableContents {
  private(set) var rowCount = 0
  private var sum = Checksum()

  /// Reads the table once.
  init(of source: any RowSource) throws {
    for name in source.columnNames { Array(name.utf8).withUnsafeBufferPointer { add($0) } }
    try source.forEachBatch { batch in
      for row in 0..<batch.rowCount {
        for column in 0..<batch.columnCount { add(batch[row, column]) }
      }
      rowCount += batch.rowCount
    }
  }

  /// CRC-32 of all fields, and their number.
  var checksum: String { "\(rowCount) rows with checksum \(String(sum.value, radix: 16))" }

  private mutating func add(_ field: UnsafeBufferPointer<UInt8>) {
    sum.add(UnsafeRawBufferPointer(field))
    // A byte that no text has, so that fields do not run together.
    withUnsafeBytes(of: UInt8.max) { sum.add($0) }
  }
}
