import Hashing
import Tables

/// Chooses the rows of a sample: evenly spread, the same for the same table, up to a limit.
struct SampledRows {
  /// The numbers of the kept rows, ascending.
  private(set) var rows: [Int] = []
  private let limit: Int
  /// One row in 2^level is kept.
  private var level = 0

  /// Rows and cells that are kept at most, and rows that are kept in any case.
  private static let (mostRows, mostCells, minimumRows) = (1 << 13, 1 << 20, 64)

  init(columnCount: Int) {
    limit = min(
      SampledRows.mostRows,
      max(SampledRows.minimumRows, SampledRows.mostCells / max(1, columnCount)))
  }

  /// Takes note of the next row of the table; false where it is not kept.
  mutating func keep(_ row: Int) -> Bool {
    guard isKept(row) else { return false }
    rows.append(row)
    return true
  }

  /// If there are too many rows, drops about half of them and returns the places of the others; nil if there are not.
  mutating func thin() -> [Int]? {
    guard rows.count > limit else { return nil }
    level += 1
    let kept = rows.indices.filter { isKept(rows[$0]) }
    rows = kept.map { rows[$0] }
    return kept
  }

  /// Multiples of the golden ratio are spread evenly, and no period of a table is one of theirs.
  private func isKept(_ row: Int) -> Bool {
    (UInt64(row) &* .goldenStep) >> (64 - UInt64(level)) == 0
  }
}

/// Some rows of a table, kept during a pass over it, so that looking at a sample needs no other pass.
struct TableSample: RowSource {
  let name: String
  let columnNames: [String]
  private var rows: SampledRows
  /// The cells' bytes, and where each lies in them, row by row.
  private var bytes: [UInt8] = []
  private var spans: [FieldSpan] = []

  /// Longer cells are kept as missing. No number and no date is longer, and few categories are.
  static let mostCellBytes = 96

  init(of source: some RowSource) {
    name = source.name
    columnNames = source.columnNames
    rows = SampledRows(columnCount: source.columnNames.count)
  }

  /// Takes the rows of the next batch.
  mutating func add(_ batch: ColumnBatch) {
    for row in 0..<batch.rowCount where rows.keep(batch.firstRow + row) {
      for column in 0..<batch.columnCount {
        let cell = batch[row, column]
        let isMissing = batch.isMissing(row, column) || cell.count > TableSample.mostCellBytes
        let start = bytes.count
        if !isMissing { bytes.append(contentsOf: cell) }
        spans.append(
          FieldSpan(offset: start, length: bytes.count - start, isMissing: isMissing))
      }
      while let kept = rows.thin() { keep(kept) }
    }
  }

  /// Gives up all rows but those at some places.
  private mutating func keep(_ places: [Int]) {
    let (all, allSpans) = (bytes, spans)
    bytes.removeAll(keepingCapacity: true)
    spans.removeAll(keepingCapacity: true)
    for place in places {
      let first = place * columnNames.count
      for span in allSpans[first..<first + columnNames.count] {
        let start = bytes.count
        bytes.append(contentsOf: all[Int(span.offset)..<span.end])
        spans.append(
          FieldSpan(offset: start, length: span.length, isMissing: span.isMissing))
      }
    }
  }

  /// Hands out each row as a batch of its own, under its number in the table.
  func forEachBatch(_ body: (ColumnBatch) throws -> Void) throws {
    guard !spans.isEmpty else { return }
    // An array without elements may have no address, and all cells may be empty.
    try (bytes + [0]).withUnsafeBufferPointer { bytes in
      try spans.withUnsafeBufferPointer { spans in
        for (place, row) in rows.rows.enumerated() {
          // SAFETY: there are as many spans as columns for every row, and they lie in the bytes.
          try body(
            ColumnBatch(
              bytes: bytes.baseAddress!, spans: spans.baseAddress! + place * columnNames.count,
              rowCount: 1, columnCount: columnNames.count, firstRow: row))
        }
      }
    }
  }
}
