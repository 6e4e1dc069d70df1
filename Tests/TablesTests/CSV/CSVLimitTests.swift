import Foundation
import Tables
import TestSupport
import Testing

@Suite struct CSVLimitTests {
  private static let comma = UInt8(ascii: ",")

  private func message(_ text: String, fieldBytes: Int = 16 << 20, columns: Int = 4_096) -> String {
    TablesTests.message(
      reading: text, separator: Self.comma,
      limits: CSVLimits(fieldByteCount: fieldBytes, columnCount: columns))
  }

  @Test func fieldsOfTheLimitAreReadAndLargerOnesRefused() {
    let fits = String(repeating: "x", count: 100)
    let refused =
      "the field is longer than 100 bytes. Check for an unclosed quote or a missing line break,"
      + " or raise the limit with --max-field-bytes."
    for field in [fits, "\"\(fits)\""] {
      #expect(message("a,b\n1,2\n3,\(field)\n", fieldBytes: 100) == "no error")
      #expect(message("a,b\n1,2\n\(field),4", fieldBytes: 100) == "no error")
    }
    for field in [fits + "x", "\"\(fits)x\"", "\"\(fits)x"] {
      #expect(
        message("a,b\n1,2\n3,\(field)\n", fieldBytes: 100)
          == "data.csv, line 3, column 'b': \(refused)")
      #expect(
        message("a,b\n1,2\n3,\(field)", fieldBytes: 100)
          == "data.csv, line 3, column 'b': \(refused)")
    }
    #expect(message("a,\(fits)x\n", fieldBytes: 100) == "data.csv, line 1, column 2: \(refused)")
  }

  @Test func rowsHaveFourTimesTheBytesOfAField() {
    let field = String(repeating: "x", count: 1 << 20)
    let row = Array(repeating: field, count: 6).joined(separator: ",")
    #expect(message("a,b,c,d,e,f\n\(row)\n", fieldBytes: 2 << 20) == "no error")
    #expect(
      message("a,b,c,d,e,f\n1,2,3,4,5,6\n\(row)\n", fieldBytes: 1 << 20)
        == "data.csv, line 3: the row is longer than 4 MiB, four of the largest fields."
        + " Check for a missing line break, or raise the limit with --max-field-bytes.")
  }

  @Test func headersOfTheLimitAreReadAndLargerOnesRefused() {
    let names = (1...5).map { "c\($0)" }.joined(separator: ",")
    #expect(message("\(names)\n", columns: 5) == "no error")
    #expect(
      message("\n\(names)\n", columns: 4)
        == "data.csv, line 2, column 5: the header has more than 4 columns."
        + " Check the separator, or raise the limit with --max-columns.")
    #expect(message("a,b,", columns: 2).contains("line 1, column 3: the header has more than 2"))
  }

  @Test func headerLinesHaveOneKibibyteForEachColumn() {
    let (first, second) = (
      String(repeating: "a", count: 1_023), String(repeating: "b", count: 1_023)
    )
    #expect(message("\(first),\(second)\n", columns: 2) == "no error")
    #expect(
      message("\(first),\(second)b\n", columns: 2)
        == "data.csv, line 1: the header is longer than 2 KiB. Check for a missing line break or an"
        + " unclosed quote, or raise the limit of 1 KiB a column with --max-columns.")
  }

  @Test func longNamesOfAllColumnsFit() throws {
    let names = (0..<4_096).map { "\($0)" + String(repeating: "名", count: 196) }
    let table = try parse(names.joined(separator: ",") + "\n", separator: Self.comma)
    #expect(table.names == names)
  }

  /// An input without end, which only a reader that stops in time gets through.
  private struct Endless: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let start: String
    let repeated: String
    let error: String
  }

  private static let endless = [
    Endless(
      testDescription: "field", start: "a,b\n1,2\n3,", repeated: "x",
      error: "line 3, column 'b': the field is longer than 16 MiB."),
    Endless(
      testDescription: "quoted field", start: "a,b\n1,2\n3,\"", repeated: "x\n",
      error: "line 3, column 'b': the field is longer than 16 MiB."),
    Endless(
      testDescription: "doubled quotes", start: "a,b\n1,2\n3,\"", repeated: "\"\"",
      error: "line 3, column 'b': the field is longer than 16 MiB."),
    Endless(
      testDescription: "row", start: "a,b\n1,2\n", repeated: ",",
      error: "line 3: the row is longer than 64 MiB"),
    Endless(
      testDescription: "header of columns", start: "", repeated: "a,",
      error: "line 1, column 4097: the header has more than 4096 columns."),
    Endless(
      testDescription: "name", start: "", repeated: "\0",
      error: "line 1: the header is longer than 4 MiB."),
    Endless(
      testDescription: "quoted name", start: "a,\"", repeated: "b\n",
      error: "line 1: the header is longer than 4 MiB."),
  ]

  @Test(arguments: endless)
  private func inputsWithoutEndAreRefused(_ input: Endless) {
    let folder = TemporaryFolder()
    let path = folder.file("pipe")
    #expect(mkfifo(path, 0o600) == 0)
    Thread.detachNewThread {
      // Writing ends with an error once the reader has given up, not with a signal.
      var signals = sigset_t()
      sigemptyset(&signals)
      sigaddset(&signals, SIGPIPE)
      pthread_sigmask(SIG_BLOCK, &signals, nil)
      let descriptor = open(path, O_WRONLY)
      let repeated = String(repeating: input.repeated, count: 1 << 15)
      var bytes = Array((input.start + repeated).utf8)
      while write(descriptor, bytes, bytes.count) > 0 { bytes = Array(repeated.utf8) }
      close(descriptor)
    }
    #expect {
      let files = try CSVFiles(paths: [path])
      _ = try rows(of: files)
    } throws: { error in
      "\(error)".hasPrefix("\(path), \(input.error)")
    }
  }

  @Test func limitsAreEqualWhereTheirNumbersAre() {
    #expect(CSVLimits() == CSVLimits(fieldByteCount: 16 << 20, columnCount: 4_096))
    #expect(CSVOptions().limits == CSVLimits())
    #expect(CSVLimits.largest != CSVLimits())
  }
}
