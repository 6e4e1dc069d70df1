import Foundation
import TestSupport
import Testing

/// A table that cannot be learnt from, and what the message says of it.
struct BadTable: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let bytes: [UInt8]
  let message: String

  init(_ name: String, _ bytes: [UInt8], _ message: String) {
    testDescription = name
    self.bytes = bytes
    self.message = message
  }

  init(_ name: String, _ text: String, _ message: String) {
    self.init(name, Array(text.utf8), message)
  }
}

@Suite struct InputFailureTests {
  private static let tables = [
    BadTable("empty file", "", "is empty. A table needs a header line"),
    BadTable("blank lines", "\n\n", "is empty. A table needs a header line"),
    BadTable("header only", "a,b\n", "has a header but no rows."),
    BadTable("one row", "a,b\n1,2\n", "1 data row, but at least 20 are needed"),
    BadTable("ragged row", "a,b\n1,2\n3\n", "line 3: 1 field, but the header has 2."),
    BadTable(
      "unclosed quote", "a,b\n1,2\n3,\"x\n", "line 3, column 'b': the quote that opens here"),
    BadTable(
      "text after a quote", "a,b\n\"x\"y,2\n", "line 2, column 'a': text follows the closing"),
    BadTable(
      "invalid UTF-8", Array("a,b\n1,".utf8) + [0xFF, 0x0A], "the text is not valid UTF-8."),
    BadTable("zero byte", Array("a,b\n1,".utf8) + [0, 0x0A], "a zero byte"),
    BadTable(
      "UTF-16", [0x61, 0, 0x2C, 0, 0x62, 0, 0x0A, 0], "looks like UTF-16. Use --encoding utf-16le"),
    BadTable("Parquet", "PAR1\u{15}\u{4}", "is a Parquet file, not CSV. Export the table as CSV."),
    BadTable("a name twice", "a,a\n1,2\n", "columns 1 and 2 are both named 'a'."),
    BadTable("no name", "a,\n1,2\n", "column 2 has no name in the header."),
  ]

  @Test(arguments: tables)
  func badTablesAreRefused(_ table: BadTable) async throws {
    let folder = TemporaryFolder()
    let path = folder.file("table.csv", "")
    try Data(table.bytes).write(to: URL(fileURLWithPath: path))
    let outcome = try await Likeness.run("train", path, "-o", folder.file("model"))
    expectFailure(outcome, naming: path, saying: table.message)
    #expect(folder.contents == ["table.csv"])
  }

  @Test func compressedTablesThatEndTooEarlyAreRefused() async throws {
    let folder = TemporaryFolder()
    let path = folder.file("table.csv", People.csv(rowCount: 300))
    let zipped = try await Likeness.shell("gzip \"$1\"", path)
    #expect(zipped.status == 0)
    let whole = try #require(FileManager.default.contents(atPath: path + ".gz"))
    for length in [3, 15, whole.count / 2, whole.count - 1] {
      try whole.prefix(length).write(to: URL(fileURLWithPath: path + ".gz"))
      let outcome = try await Likeness.run("train", path + ".gz", "-o", folder.file("model"))
      expectFailure(outcome, naming: path + ".gz", saying: "the compressed data ends too early.")
    }
    var flipped = whole
    flipped[whole.count / 2] ^= 0x10
    try flipped.write(to: URL(fileURLWithPath: path + ".gz"))
    let outcome = try await Likeness.run("train", path + ".gz", "-o", folder.file("model"))
    #expect(outcome.status == 1)
    #expect(folder.contents == ["table.csv.gz"])
  }

  /// Much larger than its file: 30 million columns in 30 kB.
  @Test(arguments: ["schema \"$1\"", "train \"$1\" -o \"$2\"", "schema - < \"$1\""])
  func headersOfTooManyColumnsAreRefused(command: String) async throws {
    let folder = TemporaryFolder()
    let path = folder.file("table.csv.gz")
    let zipped = try await Likeness.shell(
      "head -c 30000000 /dev/zero | tr '\\0' ',' | gzip -1 > \"$1\"", path)
    #expect(zipped.status == 0)
    let outcome = try await Likeness.shell("\"$0\" " + command, path, folder.file("model"))
    expectFailure(
      outcome, naming: command.contains("<") ? "standard input" : path,
      saying: "line 1, column 4097: the header has more than 4096 columns."
        + " Check the separator, or raise the limit with --max-columns.")
    #expect(folder.contents == ["table.csv.gz"])
  }

  @Test func limitsAreRaisedByOptions() async throws {
    let folder = TemporaryFolder()
    let names = (0..<5_000).map { "c\($0)" }.joined(separator: ",")
    let wide = folder.file("wide.csv", "\(names)\n\(names)\n")
    expectFailure(
      try await Likeness.run("schema", wide), naming: wide,
      saying: "line 1, column 4097: the header has more than 4096 columns.")
    let schema = try await Likeness.run("schema", wide, "--max-columns", "5000")
    #expect(schema.status == 0, "\(schema.errors)")
    // The blank line does not count.
    #expect(schema.lines.count == 5_002)
    let long = folder.file("long.csv", "a,b\n1,2\n3,\(String(repeating: "x", count: 20))\n")
    expectFailure(
      try await Likeness.run("schema", long, "--max-field-bytes", "19"), naming: long,
      saying: "line 3, column 'b': the field is longer than 19 bytes.")
    #expect(try await Likeness.run("schema", long, "--max-field-bytes", "20").status == 0)
  }

  @Test func missingFilesAndFoldersAreRefused() async throws {
    let folder = TemporaryFolder()
    let (missing, model) = (folder.file("none"), folder.file("model"))
    for arguments in [["train", missing, "-o", model], ["generate", missing, "--rows", "1"]] {
      let outcome = try await Run(Likeness.path, arguments).outcome()
      expectFailure(outcome, naming: missing, saying: "there is no such file. Check the path.")
    }
    let asTable = try await Likeness.run("train", folder.path, "-o", model)
    expectFailure(asTable, naming: folder.path, saying: "is a folder.")
    let asModel = try await Likeness.run("inspect", folder.path)
    expectFailure(asModel, naming: folder.path, saying: "is not a model.")
    #expect(folder.contents.isEmpty)
  }

  @Test func filesWithDifferentHeadersAreRefused() async throws {
    let folder = TemporaryFolder()
    let (first, second) = (folder.file("a.csv", "x,y\n1,2\n"), folder.file("b.csv", "x,z\n1,2\n"))
    let outcome = try await Likeness.run("train", first, second, "-o", folder.file("model"))
    expectFailure(outcome, naming: second, saying: "column 2 is 'z', but in \(first) it is 'y'.")
  }
}

/// Expects exit code 1 and one line on standard error that names a file and says what is wrong.
func expectFailure(
  _ outcome: Outcome, naming path: String, saying message: String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(outcome.status == 1, "\(outcome.errors)", sourceLocation: sourceLocation)
  #expect(outcome.output.isEmpty, sourceLocation: sourceLocation)
  #expect(outcome.errorLines.count == 1, "\(outcome.errors)", sourceLocation: sourceLocation)
  #expect(
    outcome.errors.hasPrefix("Error: " + path), "\(outcome.errors)", sourceLocation: sourceLocation)
  #expect(outcome.errors.contains(message), "\(outcome.errors)", sourceLocation: sourceLocation)
}
