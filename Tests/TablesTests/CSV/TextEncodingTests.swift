import Foundation
import Tables
import TestSupport
import Testing

/// Texts in other encodings are read like the same text in UTF-8.
@Suite struct TextEncodingTests {
  private static let text =
    "name,größe\n\"Zoë, 1\",½ €\nŒuvre,“x”\n" + String(repeating: "ä,Ž\n", count: 3_000)
  private let folder = TemporaryFolder()

  private func write(_ bytes: [UInt8]) throws -> String {
    let path = folder.file("data.csv")
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    return path
  }

  private func read(
    _ bytes: [UInt8], _ encoding: TextEncoding?, chunk: Int = 1 << 10
  ) throws -> [[String]] {
    let options = CSVOptions(encoding: encoding, limits: CSVLimits(chunkByteCount: chunk))
    let files = try CSVFiles(paths: [write(bytes)], options: options)
    return try [files.columnNames] + rows(of: files)
  }

  private func utf16(_ text: String, isBigEndian: Bool) -> [UInt8] {
    text.utf16.flatMap { unit in
      let bytes = [UInt8(unit & 0xff), UInt8(unit >> 8)]
      return isBigEndian ? bytes.reversed() : bytes
    }
  }

  private func windows1252(_ text: String) throws -> [UInt8] {
    try #require(text.data(using: .windowsCP1252)).map { $0 }
  }

  private func message(_ bytes: [UInt8], _ encoding: TextEncoding? = nil) -> String {
    do {
      _ = try read(bytes, encoding)
      return "no error"
    } catch {
      return "\(error)".replacing(folder.path + "/", with: "")
    }
  }

  @Test(arguments: [1 << 8, 1 << 18]) func everyEncodingIsRead(chunk: Int) throws {
    let expected = try read(Array(Self.text.utf8), nil)
    #expect(expected[1] == ["Zoë, 1", "½ €"] && expected.count == 3_003)
    let (little, big) = (
      utf16(Self.text, isBigEndian: false), utf16(Self.text, isBigEndian: true)
    )
    #expect(try read(windows1252(Self.text), .windows1252, chunk: chunk) == expected)
    #expect(try read(little, .utf16LittleEndian, chunk: chunk) == expected)
    #expect(try read(little, .utf16, chunk: chunk) == expected)
    #expect(try read(big, .utf16BigEndian, chunk: chunk) == expected)
    // A byte order mark decides, whatever is asked for.
    for encoding in [nil, .utf8, .utf16, .windows1252] as [TextEncoding?] {
      #expect(try read([0xff, 0xfe] + little, encoding, chunk: chunk) == expected)
      #expect(try read([0xfe, 0xff] + big, encoding, chunk: chunk) == expected)
      #expect(
        try read([0xef, 0xbb, 0xbf] + Array(Self.text.utf8), encoding, chunk: chunk) == expected)
    }
  }

  @Test func gzipIsDecodedToo() throws {
    let path = folder.file("data.csv.gz")
    let writer = try CSVWriter(path: path, columnNames: ["a", "b"])
    try writer.write([0xe4, 0x2c, 0x80, 0x0a])
    try writer.finish()
    let files = try CSVFiles(paths: [path], options: CSVOptions(encoding: .windows1252))
    #expect(try rows(of: files) == [["ä", "€"]])
  }

  @Test func surrogatePairsAreOneCharacter() throws {
    let text = "a\n😀\u{10ffff}\n"
    for isBigEndian in [false, true] {
      let encoding: TextEncoding = isBigEndian ? .utf16BigEndian : .utf16LittleEndian
      #expect(
        try read(utf16(text, isBigEndian: isBigEndian), encoding) == [["a"], ["😀\u{10ffff}"]])
    }
  }

  @Test func everyByteOfWindows1252IsACharacter() throws {
    let specials = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ"
    let latin = String(String.UnicodeScalarView((0xa0...0xff).map { Unicode.Scalar($0)! }))
    let bytes = Array("a\n".utf8) + (0x80...0xff).map(UInt8.init) + [0x0a]
    #expect(try read(bytes, .windows1252)[1] == [specials + latin])
  }

  @Test func names() {
    for (name, encoding) in [
      ("utf-8", .utf8), ("UTF8", .utf8), ("latin-1", .windows1252), ("Latin1", .windows1252),
      ("ISO-8859-1", .windows1252), ("cp1252", .windows1252), ("Windows-1252", .windows1252),
      ("utf-16", .utf16), ("UTF-16LE", .utf16LittleEndian), ("utf_16_be", .utf16BigEndian),
      ("utf", nil), ("", nil), ("latin-2", nil),
    ] as [(String, TextEncoding?)] {
      #expect(TextEncoding(named: name) == encoding, "\(name)")
    }
  }

  @Test func malformedTextHasAPlace() {
    let text = utf16("a,b\n1,2\n3,", isBigEndian: false)
    let expected =
      "data.csv, line 3, column 'b': the text is not valid UTF-16LE."
      + " Check --encoding, or save the file as UTF-8."
    // Half a surrogate pair, the wrong half, and half a unit.
    for end in [[0x00, 0xd8], [0x00, 0xdc], [0x00, 0xd8, 0x41, 0x00], [0x41]] as [[UInt8]] {
      #expect(message(text + end, .utf16LittleEndian) == expected, "\(end)")
    }
    #expect(
      message(Array("a,b\n1,2\n".utf8), .utf16BigEndian)
        == "data.csv, line 1: the text is not valid UTF-16BE."
        + " Check --encoding, or save the file as UTF-8.")
  }

  @Test func utf16WithoutAMarkIsNamed() {
    for (isBigEndian, name) in [(false, "utf-16le"), (true, "utf-16be")] {
      #expect(
        message(utf16("a,b\n1,2\n", isBigEndian: isBigEndian))
          == "data.csv looks like UTF-16. Use --encoding \(name), or save it as UTF-8.")
    }
  }
}
