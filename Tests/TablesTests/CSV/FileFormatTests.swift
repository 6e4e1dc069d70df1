import Foundation
import Tables
import TestSupport
import Testing

/// Files of other formats are named, with what to do.
@Suite struct FileFormatTests {
  private static let unpack =
    "Unpack it and give the CSV file inside; a single CSV file may be compressed with gzip."

  @Test(
    arguments: [
      (Array("PAR1\u{15}\u{4}".utf8), "a Parquet file", "Export the table as CSV."),
      (
        Array("SQLite format 3\0\u{10}".utf8), "a SQLite database",
        "Export a table as CSV: sqlite3 -csv -header FILE 'select * from TABLE'."
      ),
      (
        Array("PK\u{3}\u{4}\u{14}\0\u{6}\0[Content_Types].xml".utf8),
        "an Excel workbook (.xlsx)", "Save the sheet as CSV (UTF-8)."
      ),
      (
        Array(
          "PK\u{3}\u{4}\u{14}\0\0\0mimetypeapplication/vnd.oasis.opendocument.spreadsheet".utf8),
        "an OpenDocument spreadsheet (.ods)", "Save the sheet as CSV (UTF-8)."
      ),
      (Array("PK\u{3}\u{4}\u{14}\0\0\0table.csv".utf8), "a zip archive", unpack),
      (
        [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0], "an Excel workbook (.xls)",
        "Save the sheet as CSV (UTF-8)."
      ),
      (Array("%PDF-1.7\n".utf8), "a PDF document", "Get the table that it shows as CSV."),
      (Array("BZh91AY&SY".utf8), "a bzip2 archive", unpack),
      ([0x28, 0xb5, 0x2f, 0xfd, 0x24], "a Zstandard archive", unpack),
      (Array(" [\n {\"a\": 1}]".utf8), "a JSON file", "Export the table as CSV."),
      (Array("{\"a\": 1}\n{\"a\": 2}\n".utf8), "a JSON file", "Export the table as CSV."),
      (
        Array("\n<!DOCTYPE html><html>".utf8), "a web page", "Get the table that it shows as CSV."
      ),
    ] as [([UInt8], String, String)])
  func isNamed(bytes: [UInt8], name: String, remedy: String) {
    #expect(message(reading: bytes) == "data.csv is \(name), not CSV. \(remedy)")
  }

  @Test func isNamedInsideGzip() throws {
    let folder = TemporaryFolder()
    let path = folder.file("data.gz")
    let writer = try CSVWriter(path: path, columnNames: ["PAR1\u{15}\u{4}"])
    try writer.finish()
    #expect(throws: TableError.notCSV(file: path, format: .parquet)) {
      try CSVFiles(paths: [path])
    }
  }

  @Test(arguments: [
    "PAR1,b\n1,2\n", "PARK,b\n1,2\n", "[a],b\n1,2\n", "{a},b\n1,2\n", "a{\"b\n1\n", "PK,x\n1,2\n",
  ])
  func tablesAreNotTakenForOthers(text: String) {
    #expect(message(reading: Array(text.utf8)) == "no error")
  }
}
