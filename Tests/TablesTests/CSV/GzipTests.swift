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

  /// Pieces that other deflaters have compressed, in parts or at once, and rows that the writer compresses make one stream.
  @Test func joinsPieces() throws {
    let path = folder.file("pieces.csv.gz")
    let pieces = (0..<4).map { piece in
      (0..<20_000).map { "\(($0 + piece) &* 48_271 % 9_973)\n" }
    }
    let writer = try CSVWriter(path: path, columnNames: ["a"])
    #expect(writer.isCompressed)
    let deflater = Deflater()
    for (index, piece) in pieces.enumerated() {
      let bytes = Array(piece.joined().utf8)
      if index == 2 {
        try writer.write(bytes)
        continue
      }
      let half = bytes.count / 2
      for (part, isLast) in [(bytes[..<half], false), (bytes[half...], true)] {
        try writer.write(part.withUnsafeBytes { deflater.compress($0, endsPiece: isLast) })
      }
    }
    try writer.finish()
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    #expect(try read(data) == pieces.joined().map { [String($0.dropLast())] })
    // The checksum and the length of all are at the end.
    let count = 2 + pieces.joined().reduce(0) { $0 + $1.utf8.count }
    #expect(data.suffix(4) == withUnsafeBytes(of: UInt32(count).littleEndian) { Data($0) })
  }

  /// A piece is the same whatever its deflater has compressed before.
  @Test func piecesDoNotDependOnEachOther() {
    let (first, second) = ([UInt8](repeating: 7, count: 300_000), Array("abcabcabc\n".utf8))
    func compress(_ pieces: [[UInt8]]) -> [UInt8] {
      let deflater = Deflater()
      return pieces.map { piece in
        piece.withUnsafeBytes { deflater.compress($0, endsPiece: true) }.bytes
      }.last!
    }
    #expect(compress([first, second]) == compress([second]))
    #expect(compress([second, second]) == compress([second]))
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
