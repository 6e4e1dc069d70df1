import Tables
import Testing

@Suite struct SeparatorDetectionTests {
  @Test(arguments: [
    ("a,b\n1,2\n", ","),
    ("a;b\n1,5;2,5\n", ";"),
    ("a\tb\nx, y\tz, w\n", "\t"),
    ("a|b|c\n1|2|3\n", "|"),
    ("\"a;b\",c\n\"1;2\",3\n", ","),
    ("\"a,\"\"b\",c;d\n\"1,\"\"2\",3;4\n", ","),
    ("name;note\nA;one, two\nB;three\n", ";"),
    ("a,b,c\n1,2,3,4\n5,6,7,8\n", ","),
    ("text\nhello, world\ngood, day\n", ";"),
    ("a,b;c\n1,2;3\n4;5,6\n", ","),
    ("a;b", ";"),
  ])
  func detects(text: String, separator: String) throws {
    let folderless = try? parse(text).separator
    if let folderless {
      #expect(folderless == separator.utf8.first)
    } else {
      // The text is ragged on purpose: the error then counts fields of the right separator.
      #expect(message(reading: text).contains("but the header has"))
    }
  }

  @Test func findsASingleColumn() throws {
    let result = try parse("Notes, etc\nfine\ngood\nbad\nworse, indeed\n")
    #expect(result.names == ["Notes, etc"])
    #expect(result.rows == [["fine"], ["good"], ["bad"], ["worse, indeed"]])
  }

  @Test func obeysTheOption() throws {
    let result = try parse("a;b,c\n1;2,3\n", separator: UInt8(ascii: ":"))
    #expect(result.names == ["a;b,c"])
    #expect(try parse("a:b\n1:2\n", separator: UInt8(ascii: ":")).rows == [["1", "2"]])
  }
}
