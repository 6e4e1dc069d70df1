import Foundation
import Synth
import Tables
import TestSupport
import Testing

/// Columns that differ in all rows of the table differ in all drawn rows.
@Suite struct IdentifierGenerationTests {
  private struct Codes: Sendable {
    let name: String
    let look: String
    /// Whether so many codes are unused that no new one equals one of the table.
    var isRoomy = true
    let code: @Sendable (inout SplitMix64) -> String
  }

  /// Codes of the forms that tables have.
  private static let columns = [
    Codes(name: "iata", look: "[A-Z]{3}", isRoomy: false) { characters(upper, 3, &$0) },
    Codes(name: "slug", look: "[a-z]{7}") { characters(lower, 7, &$0) },
    Codes(name: "plate", look: "[A-Z]{2}[0-9]{4}") {
      characters(upper, 2, &$0) + characters(digits, 4, &$0)
    },
    Codes(name: "stop_id", look: "[0-9]{5,6}") {
      "\(Int.random(in: 40_000..<400_000, using: &$0))"
    },
    Codes(name: "hex", look: "[0-9a-f]{8}") { characters(digits + "abcdef", 8, &$0) },
    Codes(name: "uuid", look: "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
    {
      UUID.random(using: &$0).uuidString.lowercased()
    },
  ]
  private static let (upper, lower) = ("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")
  private static let digits = "0123456789"

  private static func characters(
    _ alphabet: String, _ count: Int, _ random: inout SplitMix64
  ) -> String {
    String((0..<count).map { _ in alphabet.randomElement(using: &random)! })
  }

  private func table(rows: Int, seed: UInt64) throws -> Table {
    var random = SplitMix64(seed: seed)
    let columns = Self.columns.map { column -> Column in
      var codes: Set<String> = []
      while codes.count < rows { codes.insert(column.code(&random)) }
      return Column(column.name, codes.sorted().shuffled(using: &random))
    }
    let others = (0..<rows).map { row in ["a", "b", "c"][row % 3] }
    return try Table(columns: columns + [Column("other", others)])
  }

  @Test(arguments: 1...3 as ClosedRange<UInt64>)
  func uniqueCodesStayUnique(_ seed: UInt64) async throws {
    let table = try table(rows: 3_300, seed: seed)
    let real = try fields(of: table)
    let generator = try await Generator.train(
      on: table, options: quickOptions(epochs: 1, batchSize: 1_024, seed: seed))
    let drawn = try generator.writtenFields(rows: 3_300, seed: seed)
    for (index, column) in Self.columns.enumerated() {
      let codes = drawn[index]
      let look = try Regex(column.look)
      #expect(generator.summary.columns[index].type == "identifier", "\(column.name)")
      #expect(Set(codes).count == 3_300, "\(column.name)")
      #expect(codes.allSatisfy { $0.wholeMatch(of: look) != nil }, "\(column.name)")
      if column.isRoomy { #expect(Set(codes).isDisjoint(with: real[index]), "\(column.name)") }
    }
  }

  /// Where too few codes are left for as many new ones, their characters are learnt and codes may repeat.
  @Test func crowdedLettersStayPatterns() throws {
    let letters = Self.upper.map(String.init)
    var random = SplitMix64(seed: 4)
    let pairs = letters.flatMap { first in letters.map { first + $0 } }.shuffled(using: &random)
    func kind(_ codes: some Sequence<String>) throws -> ColumnKind {
      let table = try Table(columns: [Column("state", Array(codes))])
      let profile = try TableProfile(scanning: table)
      return KindDetection(profile.columns[0], rowCount: profile.rowCount).kind
    }
    #expect(try kind(letters) == .pattern)
    #expect(try kind(pairs.prefix(300)) == .identifier)
    #expect(try kind(pairs.prefix(380)) == .pattern)
    // Names are words, though all are different and equally long.
    let names = pairs.prefix(300).map { "Mari\($0.lowercased())" }
    #expect(try kind(names) != .identifier && kind(names.map { "\($0) Berg" }) != .identifier)
  }
}
