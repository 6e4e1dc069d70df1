import Tables
import TestSupport
import Testing

@Suite struct PatternNumberingTests {
  private func free(_ classes: CharacterClasses) -> TextPattern.Position { .free(classes) }

  private func numbering(_ positions: [TextPattern.Position]) throws -> PatternNumbering {
    PatternNumbering(try #require(TextPattern(positions: positions)))
  }

  @Test func codesAreNumberedInTheirOrder() throws {
    let numbering = try numbering([
      .literal(UInt8(ascii: "A")), free(.digits), .literal(UInt8(ascii: "-")),
      free([.digits, .upperHex]), free(.lower),
    ])
    var expected = 0
    for digit in "0123456789" {
      for hexadecimal in "0123456789ABCDEF" {
        for letter in "abcdefghijklmnopqrstuvwxyz" {
          #expect(numbering.number(of: "A\(digit)-\(hexadecimal)\(letter)") == expected)
          expected += 1
        }
      }
    }
    #expect(expected == 10 * 16 * 26)
    for other in ["", "A1-2", "A1-2bb", "B1-2b", "Ax-2b", "A1_2b", "A1-Gb", "A1-2B", "A1-é"] {
      #expect(numbering.number(of: other) == nil)
    }
  }

  /// Of 20 digits the last 18 are counted; an integer holds no more.
  @Test func placesInFrontOfTheCountedOnesAddNothing() throws {
    let numbering = try numbering(Array(repeating: free(.digits), count: 20))
    #expect(numbering.number(of: "00000000000000000042") == 42)
    #expect(numbering.number(of: "99000000000000000042") == 42)
    #expect(numbering.number(of: "98999999999999999999") == 999_999_999_999_999_999)
    #expect(numbering.number(of: "9899999999999999999x") == nil)
  }

  /// Eighty thousand numbers of sixteen digits, some with zeros in front.
  @Test func manyCodesGiveAnIdentifier() throws {
    var random = SplitMix64(seed: 16)
    let texts = (0..<80_000).map { _ in
      String((0..<16).map { _ in "0123456789".randomElement(using: &random)! })
    }
    let column = try profile(texts)
    #expect(column.distinctCount == 80_000)
    let format = try #require(IdentifierFormat(detecting: column))
    guard case .pattern(let pattern) = format.shape else {
      Issue.record("\(format.shape) is no pattern")
      return
    }
    #expect(pattern.regularExpression == "[0-9]{16}")
  }
}
