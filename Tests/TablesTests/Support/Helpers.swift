import Foundation
import Tables
import TestSupport

/// All fields of a source as text, row by row.
func rows(of source: some RowSource) throws -> [[String]] {
  var rows: [[String]] = []
  try source.forEachBatch { batch in
    precondition(batch.rowCount > 0 && batch.firstRow == rows.count)
    for row in 0..<batch.rowCount {
      rows.append(
        (0..<batch.columnCount).map { String(decoding: batch.spelling(row, $0), as: UTF8.self) })
    }
  }
  return rows
}

extension CSVLimits {
  /// The usual limits with a buffer of another size.
  init(chunkByteCount: Int) {
    self.init()
    self.chunkByteCount = chunkByteCount
  }
}

/// Reads text as a CSV file named `data.csv`.
func parse(
  _ text: String, separator: UInt8? = nil, limits: CSVLimits = CSVLimits()
) throws -> (names: [String], rows: [[String]], separator: UInt8) {
  let folder = TemporaryFolder()
  let files = try CSVFiles(
    paths: [folder.file("data.csv", text)],
    options: CSVOptions(separator: separator, limits: limits))
  return (files.columnNames, try rows(of: files), files.separator)
}

/// The profile of a single column named `x` with one row for every field.
func profile(
  _ fields: [String], missingValues: MissingValues = .standard, limits: ProfileLimits? = nil
) throws -> ColumnProfile {
  let table = try Table(columns: [Column("x", fields)])
  let profile =
    try limits.map {
      try TableProfile(scanning: table, missingValues: missingValues, limits: $0)
    } ?? TableProfile(scanning: table, missingValues: missingValues)
  return profile.columns[0]
}

/// The message of the error that reading `bytes` as CSV gives; the folder is left out.
func message(
  reading bytes: [UInt8], separator: UInt8? = nil, limits: CSVLimits = CSVLimits()
) -> String {
  let folder = TemporaryFolder()
  let path = folder.file("data.csv")
  do {
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    let files = try CSVFiles(
      paths: [path], options: CSVOptions(separator: separator, limits: limits))
    _ = try rows(of: files)
    return "no error"
  } catch {
    return "\(error)".replacingOccurrences(of: folder.path + "/", with: "")
  }
}

func message(
  reading text: String, separator: UInt8? = nil, limits: CSVLimits = CSVLimits()
) -> String {
  message(reading: Array(text.utf8), separator: separator, limits: limits)
}

/// Calls `body` with the bytes of a text.
func withBytes<Result>(
  _ text: String, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
) rethrows -> Result {
  var text = text
  return try text.withUTF8(body)
}
