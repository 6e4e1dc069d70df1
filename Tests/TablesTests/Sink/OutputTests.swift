import Foundation
import Tables
import TestSupport
import Testing

@Suite struct OutputTests {
  private let folder = TemporaryFolder()

  private func text(_ name: String) throws -> String {
    try String(contentsOfFile: folder.path + "/" + name, encoding: .utf8)
  }

  @Test(arguments: [
    ("plain", "plain"), ("a,b", "\"a,b\""), ("a;b", "a;b"), ("say \"hi\"", "\"say \"\"hi\"\"\""),
    ("a\nb", "\"a\nb\""), ("a\rb", "\"a\rb\""), ("", ""), (" a ", " a "), ("é", "é"),
  ])
  func quotesOnlyWhereNeeded(field: String, expected: String) {
    var output: [UInt8] = []
    appendField(field, separator: UInt8(ascii: ","), to: &output)
    #expect(String(decoding: output, as: UTF8.self) == expected)
  }

  @Test func quotesAnEmptyFieldOfASingleColumn() {
    var output: [UInt8] = []
    appendField("", separator: UInt8(ascii: ","), isOnlyColumn: true, to: &output)
    #expect(output == Array("\"\"".utf8))
  }

  @Test func writesRows() throws {
    let writer = try CSVWriter(
      path: folder.file("out.csv"), columnNames: ["a", "b;c"], separator: UInt8(ascii: ";"))
    try writer.write(Array("1;2\n".utf8))
    #expect(!folder.contents.contains("out.csv"))
    try writer.write(Array("3;4\n".utf8))
    try writer.finish()
    #expect(try text("out.csv") == "a;\"b;c\"\n1;2\n3;4\n")
    #expect(folder.contents == ["out.csv"])
  }

  /// What is read as a mark at the beginning of a file can also be a name, of a table in memory or behind a mark.
  @Test func keepsANameThatIsAByteOrderMark() throws {
    let path = folder.file("out.csv")
    for names in [["\u{feff}"], ["\u{feff}a", "b"]] {
      let writer = try CSVWriter(path: path, columnNames: names)
      try writer.finish()
      #expect(try CSVFiles(paths: [path]).columnNames == names)
    }
  }

  @Test func refusesASeparatorBeforeWriting() {
    #expect(throws: TableError.invalidSeparator(10)) {
      try CSVWriter(path: folder.file("out.csv"), columnNames: ["a"], separator: 10)
    }
    #expect(folder.contents == [])
  }

  @Test func compressesByName() throws {
    let path = folder.file("out.csv.gz")
    let writer = try CSVWriter(path: path, columnNames: ["a"])
    for number in 0..<50_000 { try writer.write(Array("\(number)\n".utf8)) }
    try writer.finish()
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)).count < 150_000)
    #expect(try rows(of: CSVFiles(paths: [path])) == (0..<50_000).map { ["\($0)"] })
  }

  @Test func leavesNothingBehindWhenNotFinished() throws {
    let path = folder.file("out.csv", "old")
    do {
      let writer = try CSVWriter(path: path, columnNames: ["a"])
      try writer.write(Array("1\n".utf8))
      #expect(folder.contents.count == 2)
    }
    #expect(folder.contents == ["out.csv"])
    #expect(try text("out.csv") == "old")
  }

  @Test func replacesAFileAtOnce() throws {
    let path = folder.file("out", "old")
    #expect(chmod(path, 0o600) == 0)
    let file = try AtomicFile(path: path)
    try file.write(Array("new".utf8))
    #expect(try text("out") == "old")
    try file.finish()
    #expect(try text("out") == "new")
    #expect(folder.contents == ["out"])
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
  }

  @Test func followsLinks() throws {
    let target = folder.file("target", "old")
    let link = folder.file("link")
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: target)
    let file = try AtomicFile(path: link)
    try file.write(Array("new".utf8))
    try file.finish()
    #expect(try text("target") == "new")
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == target)
  }

  @Test func writesToDevices() throws {
    let file = try AtomicFile(path: "/dev/null")
    try file.write(Array("gone".utf8))
    try file.finish()
    let attributes = try FileManager.default.attributesOfItem(atPath: "/dev/null")
    #expect(attributes[.type] as? FileAttributeType == .typeCharacterSpecial)
  }

  #if os(Linux)
    @Test func reportsAFullDisk() throws {
      let file = try AtomicFile(path: "/dev/full")
      #expect(
        throws: TableError.writeFailed(path: "/dev/full", errorNumber: ENOSPC)
      ) { try file.write(Array("lost".utf8)) }
    }
  #endif

  @Test func checksEarly() throws {
    let missing = folder.path + "/missing/out.csv"
    #expect(
      throws: TableError.outputFolderMissing(path: missing, folder: folder.path + "/missing")
    ) { try AtomicFile.checkWritable(missing) }
    #expect(throws: TableError.outputIsDirectory(path: folder.path)) {
      try AtomicFile.checkWritable(folder.path)
    }
    let blocked = folder.file("file", "x") + "/out.csv"
    #expect(
      throws: TableError.outputNotWritable(path: blocked, errorNumber: ENOTDIR)
    ) { try AtomicFile.checkWritable(blocked) }
    try AtomicFile.checkWritable(folder.file("out.csv"))
    #expect(folder.contents == ["file"])
  }

  /// Hidden files whose process is gone are removed; those of others and those still written to are not.
  @Test func removesLeftovers() throws {
    let path = folder.file("out.csv", "old")
    for name in [
      ".out.csv.123.partial", ".out.csv.0.partial", ".out.csv.x.partial", ".out.csv.1.2.partial",
      ".other.csv.123.partial", ".out.csv.123", "out.csv.123.partial",
    ] {
      _ = folder.file(name, "half")
    }
    let kept = [
      ".other.csv.123.partial", ".out.csv.1.2.partial", ".out.csv.123", ".out.csv.x.partial",
      "out.csv", "out.csv.123.partial",
    ]
    let file = try AtomicFile(path: path)
    try file.write(Array("new".utf8))
    #expect(folder.contents.count == kept.count + 1)
    // What is still written to stays.
    try AtomicFile.checkWritable(path)
    #expect(folder.contents.count == kept.count + 1)
    try file.finish()
    #expect(folder.contents == kept.sorted())
    #expect(try text("out.csv") == "new")
    // Through a link, as it is written; and beside a file that is not there.
    let link = folder.file("link")
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
    _ = folder.file(".out.csv.7.partial", "half")
    try AtomicFile.checkWritable(link)
    #expect(folder.contents == (kept + ["link"]).sorted())
  }

  /// A name of 255 bytes, the longest there is, whether its characters have one byte or many; and none longer.
  @Test(arguments: ["a", "é", "漢", "👩‍👩‍👧"])
  func writesTheLongestNames(of character: String) throws {
    let count = 255 / character.utf8.count
    let path = folder.file(String(repeating: character, count: count))
    try AtomicFile.write("new".utf8, to: path)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "new")
    let long = path + String(repeating: "b", count: 256 - count * character.utf8.count)
    #expect(throws: TableError.outputNotWritable(path: long, errorNumber: ENAMETOOLONG)) {
      try AtomicFile.checkWritable(long)
    }
    #expect(folder.contents.count == 1)
  }

  @Test func explainsItsErrors() {
    #expect(
      "\(TableError.outputIsDirectory(path: "out"))"
        == "out is a folder. Give the name of a file to write.")
    #expect(
      "\(TableError.outputFolderMissing(path: "a/b", folder: "a"))"
        == "a/b cannot be written: there is no folder a. Create it first.")
    #expect(
      "\(TableError.outputNotWritable(path: "a", errorNumber: EACCES))"
        == "a cannot be written: Permission denied. Choose another folder or change its permissions."
    )
    #expect(
      "\(TableError.writeFailed(path: "a", errorNumber: ENOSPC))"
        == "a: writing failed: No space left on device. Free some space or choose another disk.")
    #expect(
      "\(TableError.writeFailed(path: "a", errorNumber: EPIPE))"
        == "a: writing failed: Broken pipe. The program that reads it has ended.")
    #expect(
      "\(TableError.writeFailed(path: "a", errorNumber: EINVAL))"
        == "a: writing failed: Invalid argument. Choose another file.")
  }
}
