import Foundation
import Tables
import TestSupport
import Testing

@Suite struct GzipTests {
  private let folder = TemporaryFolder()

  /// The bytes of a gzip file of a text.
  private func gzip(_ text: String) throws -> Data {
    let path = folder.file("scratch.gz")
    let lines = text.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
    let writer = try CSVWriter(path: path, columnNames: [String(lines[0])])
    try writer.write(Array(lines[1].utf8))
    try writer.finish()
    return try Data(contentsOf: URL(fileURLWithPath: path))
  }

  private func read(_ data: Data) throws -> [[String]] {
    let path = folder.file("data.csv")
    try data.write(to: URL(fileURLWithPath: path))
    return try rows(of: CSVFiles(paths: [path]))
  }

  @Test func isRecognisedByContent() throws {
    let data = try gzip("a\n1\n2\n")
    #expect(data.prefix(2) == Data([0x1f, 0x8b]))
    #expect(try read(data) == [["1"], ["2"]])
  }

  @Test func readsConcatenatedStreams() throws {
    let padding = Data(repeating: 0, count: 100)
    let data = try gzip("a\n1\n2\n") + gzip("3\n4\n") + padding
    #expect(try read(data) == [["1"], ["2"], ["3"], ["4"]])
  }

  @Test func readsMoreThanOneBuffer() throws {
    let values = (0..<300_000).map { "\($0 &* 2_654_435_761 % 1_000_003)" }
    let data = try gzip("a\n" + values.joined(separator: "\n") + "\n")
    #expect(data.count > 1 << 18)
    #expect(try read(data) == values.map { [$0] })
  }

  @Test func refusesTruncatedData() throws {
    let data = try gzip("a\n" + (0..<1_000).map { "\($0)\n" }.joined())
    for count in [2, 5, 12, data.count / 2, data.count - 1] {
      #expect(throws: TableError.truncatedGzip(file: folder.path + "/data.csv")) {
        try read(data.prefix(count))
      }
    }
    #expect(
      "\(TableError.truncatedGzip(file: "a.gz"))"
        == "a.gz: the compressed data ends too early. Copy or download the file again.")
  }

  @Test func refusesDamagedData() throws {
    var data = try gzip("a\n" + (0..<1_000).map { "\($0)\n" }.joined())
    data[data.count - 8] ^= 0xff
    let damaged = TableError.damagedGzip(file: folder.path + "/data.csv")
    #expect(throws: damaged) { try read(data) }
    let trailing = try gzip("a\n1\n") + Data("garbage".utf8)
    #expect(throws: damaged) { try read(trailing) }
    #expect(
      "\(TableError.damagedGzip(file: "a.gz"))"
        == "a.gz: the compressed data is damaged. Copy or download the file again.")
  }
}
