import Tables
import Testing

@Suite struct StringInternerTests {
  @Test func numbersTokensInOrderOfAppearance() {
    var table = StringInterner()
    let words = ["b", "a", "", "b", "Zoë", "a", "", "a longer token", "a longer tokem"]
    #expect(
      words.map { word in withBytes(word) { table.insert($0) } } == [0, 1, 2, 0, 3, 1, 2, 4, 5])
    #expect(table.count == 6)
    #expect(table.byteCount == 34)
    #expect((0..<6).map(table.text) == ["b", "a", "", "Zoë", "a longer token", "a longer tokem"])
    #expect(withBytes("Zoë", table.find) == 3)
    #expect(withBytes("zoë", table.find) == nil)
    #expect(table.withToken(4) { $0.count } == 14)
  }

  @Test func tellsEveryLengthApart() {
    var table = StringInterner()
    let texts = (0..<100).flatMap { length in
      [String(repeating: "x", count: length), String(repeating: "x", count: length) + "y"]
    }
    let unique = Array(Set(texts)).sorted()
    for (index, text) in unique.enumerated() {
      #expect(withBytes(text) { table.insert($0) } == index)
    }
    for (index, text) in unique.enumerated() { #expect(withBytes(text, table.find) == index) }
  }

  @Test func growsAndFindsEverything() {
    var table = StringInterner()
    for number in 0..<100_000 {
      #expect(withBytes("token \(number)") { table.insert($0) } == number)
    }
    let copy = table
    #expect(withBytes("one more") { table.insert($0) } == 100_000)
    #expect(withBytes("one more", copy.find) == nil)
    for number in stride(from: 0, to: 100_000, by: 7) {
      #expect(withBytes("token \(number)", copy.find) == number)
    }
  }
}

@Suite struct MissingValuesTests {
  @Test func knowsItsSpellings() {
    var missing = MissingValues.standard
    for text in ["", "NA", "N/A", "NaN", "null", "None"] {
      #expect(withBytes(text, missing.contains))
    }
    for text in ["na", "0", " ", "NULL", "-"] { #expect(!withBytes(text, missing.contains)) }
    missing.spellings = ["-", "?"]
    #expect(withBytes("?", missing.contains))
    #expect(!withBytes("", missing.contains))
    #expect(missing == MissingValues(spellings: ["-", "?"]))
    #expect(missing != .standard)
  }
}
