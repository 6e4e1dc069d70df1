import Foundation
import Tables
import TestSupport
import Testing

@Suite struct CSVFilesTests {
  @Test(arguments: [
    (#"a,b"#, ["a", "b"]),
    (#""a","b""#, ["a", "b"]),
    (#""a,b",c"#, ["a,b", "c"]),
    (#""say ""hi""",c"#, [#"say "hi""#, "c"]),
    ("\"\"\"\"", ["\""]),
    (",", ["", ""]),
    ("\"\",", ["", ""]),
    ("\"\",\"\"", ["", ""]),
    ("\"two\nlines\",c", ["two\nlines", "c"]),
    ("\"two\r\nlines\",c", ["two\r\nlines", "c"]),
    ("\"lone\rreturn\",c", ["lone\rreturn", "c"]),
    (#"5" pipe,c"#, [#"5" pipe"#, "c"]),
    (#" "a",c"#, [#" "a""#, "c"]),
    ("Zoë,東京 🚆", ["Zoë", "東京 🚆"]),
    (#""Zoë ""東京""",🚆"#, [#"Zoë "東京""#, "🚆"]),
    (" a , b ", [" a ", " b "]),
  ])
  func unquotes(line: String, fields: [String]) throws {
    let header = fields.count == 1 ? "x" : "x,y"
    let result = try parse("\(header)\n\(line)\n", separator: UInt8(ascii: ","))
    #expect(result.rows == [fields])
  }

  @Test(arguments: [
    "a,b\n1,2\n3,4\n", "a,b\n1,2\n3,4", "a,b\r\n1,2\r\n3,4\r\n", "a,b\r\n1,2\n3,4\r",
  ])
  func endsLines(text: String) throws {
    let result = try parse(text)
    #expect(result.names == ["a", "b"])
    #expect(result.rows == [["1", "2"], ["3", "4"]])
  }

  @Test func skipsByteOrderMark() throws {
    let result = try parse("\u{feff}a,b\n1,2\n")
    #expect(result.names == ["a", "b"])
    #expect(result.rows == [["1", "2"]])
  }

  @Test(arguments: ["\n", "\n\n\n", "\r\n\r\n", "\n\r\n"])
  func ignoresBlankLinesAtTheEnd(blanks: String) throws {
    #expect(try parse("a,b\n1,2\n" + blanks).rows == [["1", "2"]])
    #expect(try parse("a\n1\n" + blanks).rows == [["1"]])
  }

  @Test func readsBlankLinesOfASingleColumnAsEmptyFields() throws {
    let text = "a\n\n1\n\n\r\n2\n\n"
    for chunk in 1...16 {
      let result = try parse(
        text, separator: UInt8(ascii: ","), limits: CSVLimits(chunkByteCount: chunk))
      #expect(result.rows == [[""], ["1"], [""], [""], ["2"]])
    }
  }

  @Test func readsMoreBlankLinesThanABatchHolds() throws {
    let count = 200_000
    let result = try parse("a\n" + String(repeating: "\n", count: count) + "1\n")
    #expect(result.rows.count == count + 1)
    #expect(result.rows.last == ["1"])
    #expect(result.rows[count - 1] == [""])
  }

  @Test func skipsBlankLinesBeforeTheHeader() throws {
    #expect(try parse("\n\r\na,b\n1,2\n").names == ["a", "b"])
  }

  @Test func givesNoRowsForAHeaderAlone() throws {
    for text in ["a,b", "a,b\n", "a,b\r\n\r\n"] {
      let result = try parse(text)
      #expect(result.names == ["a", "b"])
      #expect(result.rows == [])
    }
  }

  @Test func readsLongNamesLongFieldsAndManyColumns() throws {
    let longName = String(repeating: "name ", count: 60)
    let longField = String(repeating: "0123456789", count: 1_000_000)
    let long = try parse("\(longName),b\n\(longField),1\n\"\(longField)\",2\n")
    #expect(long.names == [longName, "b"])
    #expect(long.rows == [[longField, "1"], [longField, "2"]])

    let names = (0..<4_096).map { "column \($0)" }
    let values = (0..<4_096).map { "\($0)" }
    let row = values.joined(separator: ",")
    let wide = try parse(names.joined(separator: ",") + "\n" + row + "\n" + row + "\n")
    #expect(wide.names == names)
    #expect(wide.rows == [values, values])
  }

  @Test func readsSeveralFilesAsOne() throws {
    let folder = TemporaryFolder()
    let paths = [
      folder.file("1.csv", "a;b\n1;2\n"), folder.file("2.csv", "a;b\n"),
      folder.file("3.csv", "a;b\n3;4\n5;6"),
    ]
    let files = try CSVFiles(paths: paths)
    #expect(files.name == paths[0])
    #expect(files.separator == UInt8(ascii: ";"))
    for _ in 1...2 {
      #expect(try rows(of: files) == [["1", "2"], ["3", "4"], ["5", "6"]])
    }
  }

  @Test func readsAPipeTwice() throws {
    let folder = TemporaryFolder()
    let path = folder.file("pipe")
    #expect(mkfifo(path, 0o600) == 0)
    let writer = Thread {
      try? Data("a,b\n1,2\n".utf8).write(to: URL(fileURLWithPath: path), options: [])
    }
    writer.start()
    let files = try CSVFiles(paths: [path])
    for _ in 1...2 { #expect(try rows(of: files) == [["1", "2"]]) }
  }
}
