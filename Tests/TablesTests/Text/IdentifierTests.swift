import Foundation
import Tables
import TestSupport
import Testing

@Suite struct IdentifierTests {
  private func format(_ texts: [String]) throws -> IdentifierFormat {
    try #require(IdentifierFormat(detecting: try profile(texts)))
  }

  private func identifiers(
    _ format: IdentifierFormat, key: UInt64 = 1, rows: some Sequence<Int>
  ) -> [String] {
    let writer = IdentifierWriter(format, key: key)
    return rows.map { row in
      var output: [UInt8] = []
      writer.append(row: row, to: &output)
      return String(decoding: output, as: UTF8.self)
    }
  }

  private func shuffled<Element>(_ elements: some Sequence<Element>, seed: Int) -> [Element] {
    var generator = SplitMix64(seed: UInt64(seed))
    return elements.shuffled(using: &generator)
  }

  /// The columns' own texts, what new ones look like, and how many have that look.
  private static let columns: [(texts: [String], look: String)] = [
    ((1...1000).map { "\($0)" }, #"[0-9]{4}"#),
    ((1...1000).map { "customer_\($0)" }, #"customer_[0-9]{4}"#),
    ((1...500).map { "AB-0\($0 + 1000)" }, #"AB-[0-9]{5}"#),
    ((1...500).map { "2023/\($0 + 1000)/x" }, #"2023/[0-9]{4}/x"#),
    ((0..<500).map { "1234567890\($0 + 100_000)" }, #"[0-9]{16,17}"#),
  ]

  @Test(arguments: columns.indices, 0..<3)
  func writesNewOnesInTheSameFormat(column: Int, seed: Int) throws {
    let (texts, look) = Self.columns[column]
    for isShuffled in [false, true] {
      let texts = isShuffled ? shuffled(texts, seed: seed) : texts
      let format = try format(texts)
      let new = identifiers(format, key: UInt64(seed), rows: 0..<1000)
      let expression = try Regex(look)
      #expect(new.allSatisfy { $0.wholeMatch(of: expression) != nil }, "\(new.prefix(3))")
      #expect(Set(new).count == new.count)
      #expect(Set(new).isDisjoint(with: texts))
      if !isShuffled { #expect(new == new.sorted()) } else { #expect(new != new.sorted()) }
      #expect(identifiers(format, key: UInt64(seed), rows: 500..<510) == Array(new[500..<510]))
      #expect(identifiers(format, key: 99, rows: 0..<1000) != new || format.isSequential)
      let copy = try JSONDecoder().decode(IdentifierFormat.self, from: JSONEncoder().encode(format))
      #expect(copy == format)
    }
  }

  /// Where all codes of a column's length are taken, new ones have a digit more, and another when those end.
  @Test func growsWhereThereIsNoRoom() throws {
    let format = try format(shuffled((0...99).map { $0 < 10 ? "X0\($0)" : "X\($0)" }, seed: 3))
    let new = identifiers(format, rows: 0..<30_000)
    #expect(Set(new).count == 30_000)
    #expect(new.prefix(1000).allSatisfy { $0.wholeMatch(of: #/X[0-9]{3}/#) != nil })
    #expect(new[1000..<11_000].allSatisfy { $0.wholeMatch(of: #/X[0-9]{4}/#) != nil })
    #expect(new[11_000...].allSatisfy { $0.wholeMatch(of: #/X[0-9]{5}/#) != nil })

    let numbers = try self.format(shuffled((100...999).map { "\($0)" }, seed: 4))
    let more = identifiers(numbers, rows: 0..<20_000)
    #expect(Set(more).count == 20_000)
    #expect(more.prefix(9000).allSatisfy { $0.count == 4 && $0.first != "0" })
    #expect(more[9000...].allSatisfy { $0.count == 5 && $0.first != "0" })
  }

  /// A gap between random numbers is used with round borders that are those of no row.
  @Test(arguments: 0..<10)
  func takesAnUnusedStretchOfRandomCodes(seed: Int) throws {
    var generator = SplitMix64(seed: UInt64(seed))
    var numbers = Set<Int>()
    while numbers.count < 50 {
      numbers.insert(Int.random(in: 100_000...999_999, using: &generator))
    }
    let texts = numbers.sorted { $0 % 1000 < $1 % 1000 }.map { "\($0)" }
    let new = identifiers(try format(texts), rows: 0..<2000)
    #expect(new.prefix(1000).allSatisfy { $0.count == 6 })
    #expect(Set(new).count == new.count && Set(new).isDisjoint(with: texts))
  }

  /// Where no wide range is unused, but half of the codes are, new ones are drawn from all codes of the table's range.
  @Test(arguments: 0..<5)
  func keepsTheRangeOfDenseNumbers(seed: Int) throws {
    let known = shuffled(132_540...163_037, seed: seed).prefix(12_000)
    let format = try format(known.map { "\($0)" })
    #expect(
      format.capacity == 36_000 - 12_000 + (100_000..<130_000).count + (166_000..<1_000_000).count)
    let new = identifiers(format, key: UInt64(seed), rows: 0..<15_000)
    #expect(Set(new).count == 15_000)
    #expect(new.allSatisfy { (130_000..<166_000).contains(Int($0)!) })
    // Which ones the table has is not known: as many as by chance are among the new ones.
    let shared = Set(new).intersection(known.map { "\($0)" }).count
    #expect(abs(Double(shared) - 15_000 * 12_000 / 36_000) < 300, "\(shared)")
  }

  /// Numbers that ascend with the rows go on after the last, with the same distances.
  @Test func continuesNumbersInOrder() throws {
    let format = try format((1...1000).map { "\($0 * 7 + 100_000)" })
    let new = identifiers(format, rows: 0..<1000)
    #expect(new == new.sorted() && Set(new).count == 1000)
    #expect(new.allSatisfy { (107_001...117_000).contains(Int($0)!) })
  }

  /// Three-letter codes stay three-letter codes, as long as there are unused ones.
  @Test(arguments: [3_300, 12_000])
  func keepsTheLengthOfCodes(count: Int) throws {
    let letters = (0..<26).map { String(UnicodeScalar(UInt8(65 + $0))) }
    let codes = letters.flatMap { a in letters.flatMap { b in letters.map { a + b + $0 } } }
    let known = Array(shuffled(codes, seed: count).prefix(count))
    let format = try format(known)
    #expect(format.capacity == codes.count - count)
    let new = identifiers(format, rows: 0..<codes.count - count + 5)
    #expect(new.dropLast(5).allSatisfy { $0.wholeMatch(of: #/[A-Z]{3}/#) != nil })
    #expect(new.suffix(5).allSatisfy { $0.wholeMatch(of: #/[A-Z]{3}[0-9]/#) != nil })
    #expect(Set(new).count == new.count)
  }

  @Test func writesUUIDs() throws {
    for isUpper in [false, true] {
      var generator = SplitMix64(seed: 5)
      let texts = (0..<200).map { _ in
        let uuid = UUID.random(using: &generator).uuidString
        return isUpper ? uuid : uuid.lowercased()
      }
      let format = try format(texts)
      #expect(format.shape == .uuid(isUpper: isUpper))
      let new = identifiers(format, rows: 0..<5000)
      let look =
        try isUpper
        ? Regex("[0-9A-F]{8}-[0-9A-F]{4}-4[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}")
        : Regex("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
      #expect(new.allSatisfy { $0.wholeMatch(of: look) != nil })
      #expect(Set(new).count == 5000 && Set(new).isDisjoint(with: texts))
    }
  }

  @Test func drawsLongCodesFromAllOfThem() throws {
    var generator = SplitMix64(seed: 6)
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
    let texts = (0..<300).map { _ in
      "T-" + String((0..<20).map { _ in letters.randomElement(using: &generator)! })
    }
    let new = identifiers(try format(texts), rows: 0..<5000)
    #expect(new.allSatisfy { $0.wholeMatch(of: #/T-[A-Z0-9]{20}/#) != nil })
    #expect(Set(new).count == 5000 && Set(new).isDisjoint(with: texts))
    #expect(Set(new.map { $0.prefix(4) }).count > 500)
  }

  @Test func findsNoFormat() throws {
    #expect(IdentifierFormat(detecting: try profile(["Anna Berg", "Kim", "Jo"])) == nil)
    #expect(IdentifierFormat(detecting: try profile(["-1", "2", "3"])) == nil)
    #expect(IdentifierFormat(detecting: ColumnProfile(name: "x", type: .category)) == nil)
    #expect(IdentifierFormat(detecting: ColumnProfile(name: "x", type: .integer)) == nil)
  }

  @Test func refusesDamagedFormats() throws {
    let format = try format((1...1000).map { "\($0)" })
    let json = String(decoding: try JSONEncoder().encode(format), as: UTF8.self)
    #expect(json.contains(#""starts":[2000]"#) && json.contains(#""mostDigits":4"#), "\(json)")
    for (old, new) in [
      (#""starts":[2000]"#, #""starts":[-1]"#), (#""starts":[2000]"#, #""starts":[10000]"#),
      (#""capacity":8000"#, #""capacity":8001"#), (#""capacity":8000"#, #""capacity":0"#),
      (#""mostDigits":4"#, #""mostDigits":16"#), (#""mostDigits":4"#, #""mostDigits":3"#),
      (#""fewestDigits":1"#, #""fewestDigits":0"#), (#""fewestDigits":1"#, #""fewestDigits":5"#),
      (#""spacing":1"#, #""spacing":0"#), (#""ends":[10000]"#, #""ends":[10001]"#),
      (#""starts":[2000]"#, #""starts":[2000,3000]"#),
    ] {
      let damaged = json.replacingOccurrences(of: old, with: new)
      #expect(damaged != json)
      #expect(throws: DecodingError.self, "\(damaged)") {
        try JSONDecoder().decode(IdentifierFormat.self, from: Data(damaged.utf8))
      }
    }
  }
}

extension IdentifierFormat {
  /// Row numbers, which depend on no key.
  fileprivate var isSequential: Bool {
    let writers = [1, 2].map { IdentifierWriter(self, key: $0) }
    let texts = writers.map { writer in
      var output: [UInt8] = []
      for row in 0..<20 { writer.append(row: row, to: &output) }
      return output
    }
    return texts[0] == texts[1]
  }
}

@Suite struct RowPermutationTests {
  @Test(arguments: [1, 2, 3, 4, 5, 16, 17, 100, 1000, 4095, 4097])
  func numbersEveryRowOnce(count: Int) {
    for key in 0..<5 as Range<UInt64> {
      let permutation = RowPermutation(count: UInt64(count), key: key)
      let numbers = (0..<UInt64(count)).map { permutation($0) }
      #expect(numbers.sorted() == Array(0..<UInt64(count)))
    }
  }

  @Test func spreadsNeighbours() {
    let count: UInt64 = 1 << 62
    let permutation = RowPermutation(count: count, key: 1)
    let numbers = (0..<1000).map { permutation($0) }
    #expect(Set(numbers).count == 1000)
    #expect(numbers.allSatisfy { $0 < count })
    let mean = numbers.reduce(0) { $0 + Double($1) / Double(count) } / 1000
    #expect(abs(mean - 0.5) < 0.05)
    #expect(RowPermutation(count: count, key: 2)(0) != numbers[0])
  }
}
