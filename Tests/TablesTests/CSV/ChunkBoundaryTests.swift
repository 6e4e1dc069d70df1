import Tables
import TestSupport
import Testing

@Suite struct ChunkBoundaryTests {
  /// Whatever the cut, the fields are the same, in plain text and across rows of any length.
  @Test(arguments: 1...64)
  func cutsDoNotMatter(chunkByteCount: Int) throws {
    var generator = SplitMix64(seed: 7)
    let pieces = ["", "a", "1.5", "Zoë", "東京", "\"\"", ",", "\n", "\r\n", "\r", "🚆", "long text "]
    var expected: [[String]] = []
    var text = "x,y,z\r\n"
    for row in 0..<60 {
      var fields: [String] = []
      for column in 0..<3 {
        let isQuoted = Bool.random(using: &generator)
        let parts = (0..<Int.random(in: 0...4, using: &generator)).map { _ in
          pieces[Int.random(in: 0..<pieces.count, using: &generator)]
        }
        // Outside quotes only the pieces without structure may stand; the first is never empty.
        let plain = "v" + parts.filter { !",\n\r\n\r\"\"".contains($0) }.joined()
        let quoted = parts.joined()
        text += isQuoted ? "\"\(quoted)\"" : plain
        text += column < 2 ? "," : (row % 3 == 0 ? "\r\n" : "\n")
        fields.append(isQuoted ? quoted.replacing("\"\"", with: "\"") : plain)
      }
      expected.append(fields)
    }
    let result = try parse(
      text, separator: UInt8(ascii: ","), limits: CSVLimits(chunkByteCount: chunkByteCount))
    #expect(result.names == ["x", "y", "z"])
    #expect(result.rows == expected)
  }
}
