import Foundation
import Tables
import TestSupport
import Testing

@Suite struct CSVErrorTests {
  @Test(arguments: [
    ("", "data.csv is empty. A table needs a header line with the column names."),
    ("\n\n", "data.csv is empty. A table needs a header line with the column names."),
    ("a,,c\n", "data.csv: column 2 has no name in the header. Give it one."),
    ("a,b,a\n", "data.csv: columns 1 and 3 are both named 'a'. Rename one of them."),
    (
      "a,b\n1,2\n3\n",
      "data.csv, line 3: 1 field, but the header has 2."
        + " Check for an unquoted separator or a missing field."
    ),
    (
      "a,b\n\"1\n1\",2\n3,4,5,6\n",
      "data.csv, line 4: 4 fields, but the header has 2."
        + " Check for an unquoted separator or a missing field."
    ),
    (
      "a,b\n1,2\n\n\n3,4\n",
      "data.csv, line 3: a blank line, but the header has 2 columns. Remove the line."
    ),
    (
      "a,b\n1,2\n3,\"4\n5,6\n",
      "data.csv, line 3, column 'b': the quote that opens here is never closed."
        + " Close it, or double the quotes inside the field."
    ),
    (
      "a,\"b\n1,2\n",
      "data.csv, line 1, column 2: the quote that opens here is never closed."
        + " Close it, or double the quotes inside the field."
    ),
    (
      "a,b\n\"1\"x,2\n",
      "data.csv, line 2, column 'a': text follows the closing quote."
        + " Double the quotes inside the field."
    ),
    (
      "a,b\n1,2\r3,4\n",
      "data.csv, line 2, column 'b': a carriage return without a line feed."
        + " Save the file with LF or CRLF line ends, or quote the field."
    ),
    (
      "a,b\r1,2\r",
      "data.csv, line 1, column 2: a carriage return without a line feed."
        + " Save the file with LF or CRLF line ends, or quote the field."
    ),
    (
      "a,b\n1,2\0\n",
      "data.csv, line 2, column 'b': a zero byte, so this is not UTF-8 text."
        + " Save the table as UTF-8 CSV."
    ),
  ])
  func explains(text: String, expected: String) {
    #expect(message(reading: text, separator: UInt8(ascii: ",")) == expected)
    for chunk in [1, 5, 8] {
      let limits = CSVLimits(chunkByteCount: chunk)
      #expect(message(reading: text, separator: UInt8(ascii: ","), limits: limits) == expected)
    }
  }

  @Test(arguments: [
    [0x80], [0xc0, 0x80], [0xc3], [0xc3, 0x28], [0xe0, 0x80, 0x80], [0xed, 0xa0, 0x80],
    [0xe2, 0x82], [0xf0, 0x80, 0x80, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xf5, 0x80, 0x80, 0x80],
    [0xf1, 0x80, 0x80], [0xff],
  ])
  func refusesInvalidUTF8(bytes: [UInt8]) {
    let filler = String(repeating: "filler,filler\n", count: 20)
    let text = Array("a,b\n\(filler)1,é".utf8) + bytes + Array("\n3,4\n".utf8)
    #expect(
      message(reading: text)
        == "data.csv, line 22, column 'b': the text is not valid UTF-8. It may be Latin-1 (Windows-1252):"
        + " then use --encoding latin-1. Otherwise save the file as UTF-8.")
  }

  @Test func acceptsTheEdgesOfUTF8() throws {
    let text = "\u{80}\u{7ff}\u{800}\u{d7ff}\u{e000}\u{ffff}\u{10000}\u{10ffff}"
    #expect(try parse("a,b\n\(text),2\n").rows == [[text, "2"]])
  }

  @Test func explainsNamesOfOneCanonicalForm() {
    #expect(
      message(reading: "x,\u{e9},e\u{301}\n")
        == "data.csv: columns 2 and 3 are both named 'e\u{301}'. Their bytes differ, but names are"
        + " compared in Unicode's canonical form. Rename one of them.")
    #expect(
      message(reading: "\u{e9},x,\u{e9}\n")
        == "data.csv: columns 1 and 3 are both named '\u{e9}'. Rename one of them.")
  }

  @Test func namesOfOneCanonicalFormAreOneInSeveralFiles() throws {
    let folder = TemporaryFolder()
    let files = try CSVFiles(paths: [
      folder.file("1.csv", "\u{e9},b\n1,2\n"), folder.file("2.csv", "e\u{301},b\n3,4\n"),
    ])
    #expect(try rows(of: files) == [["1", "2"], ["3", "4"]])
    #expect(files.columnNames.map { Array($0.utf8) } == [[0xc3, 0xa9], [0x62]])
  }

  @Test func standardInputIsReadOnceOnly() {
    #expect(throws: TableError.standardInputTwice) { try CSVFiles(paths: ["-", "-"]) }
  }

  @Test func explainsFilesThatCannotBeOpened() {
    let folder = TemporaryFolder()
    let missing = folder.file("missing.csv")
    #expect(throws: TableError.fileNotFound(file: missing)) { try CSVFiles(paths: [missing]) }
    #expect(throws: TableError.inputIsDirectory(file: folder.path)) {
      try CSVFiles(paths: [folder.path])
    }
    #expect(
      "\(TableError.fileNotFound(file: "a.csv"))" == "a.csv: there is no such file. Check the path."
    )
    #expect(
      "\(TableError.inputIsDirectory(file: "a"))" == "a is a folder. Name the CSV files inside it.")
    #expect(
      "\(TableError.unreadable(file: "a", reason: "Permission denied"))"
        == "a cannot be read: Permission denied. Check its permissions and the disk.")
  }

  @Test func comparesHeaders() throws {
    let folder = TemporaryFolder()
    let first = folder.file("1.csv", "a,b\n1,2\n")
    for (header, number, expected, found) in [
      ("a,c", 2, "b", "c"), ("a", 2, "b", nil), ("a,b,c", 3, nil, "c"),
    ] as [(String, Int, String?, String?)] {
      let second = folder.file("2.csv", header + "\n")
      #expect(
        throws: TableError.differentHeader(
          file: second, firstFile: first, number: number, expected: expected, found: found)
      ) { try CSVFiles(paths: [first, second]) }
    }
    #expect(
      "\(TableError.differentHeader(file: "2", firstFile: "1", number: 3, expected: nil, found: "c"))"
        == "2: column 3 is 'c', but in 1 it does not exist."
        + " Give all files the same columns in the same order.")
    #expect(
      "\(TableError.differentHeader(file: "2", firstFile: "1", number: 2, expected: "b", found: nil))"
        == "2: column 2 does not exist, but in 1 it is 'b'."
        + " Give all files the same columns in the same order.")
  }

  @Test(arguments: [UInt8(ascii: "\""), UInt8(ascii: "\n"), UInt8(ascii: "\r"), 0, 0xe9])
  func refusesSeparators(separator: UInt8) {
    #expect(
      message(reading: "a\n", separator: separator)
        == "The byte \(separator) cannot separate fields."
        + " Choose a character that is neither a quote nor a line break.")
  }
}
