import Synth
import Tables
import TestSupport
import Testing

@Suite struct CategoryEncoderTests {
  private func category(
    _ fields: [String]
  ) throws -> (encoder: CategoryEncoder, column: ColumnEncoder, codes: [Int]) {
    let (column, codes) = try encoded(fields)
    guard case .category(let encoder) = column.kind else {
      throw TableError.noColumns
    }
    return (encoder, column, codes)
  }

  private func repeated(_ counts: KeyValuePairs<String, Int>) -> [String] {
    counts.flatMap { Array(repeating: $0.key, count: $0.value) }
  }

  @Test func frequentLevelsAreKeptTheMostFrequentFirst() throws {
    let fields = repeated(["five": 5, "four": 4, "b": 7, "a": 7, "nine": 9, "one": 1])
    let (encoder, column, codes) = try category(fields)
    #expect(encoder.levels == ["nine", "a", "b", "five"])
    #expect(encoder.hasRare && !encoder.hasMissing)
    #expect(encoder.rareCode == 4 && encoder.missingCode == nil)
    #expect(encoder.vocabularySize == 5 && column.vocabularySize == 5)
    #expect(column.suppressedCode == nil)
    #expect(column.counts == [9, 7, 7, 5, 5])
    let expected = ["nine": 0, "a": 1, "b": 2, "five": 3]
    #expect(codes == fields.map { expected[$0] ?? 4 })
    #expect(column.midRanks == nil)
  }

  @Test func missingComesLast() throws {
    let fields = repeated(["x": 18, "NA": 3, "": 4, "rare": 2])
    let (encoder, column, codes) = try category(fields)
    #expect(encoder.levels == ["x"])
    #expect(encoder.rareCode == 1 && encoder.missingCode == 2 && column.missingCode == 2)
    #expect(column.missingSpelling == "")
    #expect(column.counts == [18, 2, 7])
    #expect(codes == fields.map { ["x": 0, "rare": 1][$0] ?? 2 })
  }

  @Test func nothingRare() throws {
    let (encoder, column, _) = try category(repeated(["x": 16, "y": 5]))
    #expect(encoder.rareCode == nil && column.suppressedCode == nil)
    #expect(encoder.vocabularySize == 2)
  }

  @Test func truthValues() throws {
    let (encoder, column, _) = try category(repeated(["Yes": 18, "No": 19]))
    #expect(column.type == .boolean && encoder.levels == ["No", "Yes"])
  }

  /// Where every level is rare, one code is left, and it must be drawn.
  @Test func allRare() throws {
    let (encoder, column, codes) = try category((0..<20).map { "id \($0)" })
    #expect(encoder.levels.isEmpty && encoder.vocabularySize == 1)
    #expect(column.suppressedCode == nil)
    #expect(codes.allSatisfy { $0 == 0 })
    guard case .rare = CellDecoder(column, column: 0, seed: 1).cells[0] else {
      Issue.record("The code stands for something else.")
      return
    }
  }

  @Test func allRareOrMissing() throws {
    let (encoder, column, _) = try category((0..<20).map { $0 < 4 ? "NA" : "id \($0)" })
    #expect(encoder.vocabularySize == 2 && column.missingCode == 1)
    // Drawing nothing but missing values would change their share.
    #expect(column.suppressedCode == nil)
  }

  @Test func allMissing() throws {
    let (encoder, column, codes) = try category(Array(repeating: "NA", count: 22))
    #expect(encoder.levels.isEmpty && !encoder.hasRare && encoder.vocabularySize == 1)
    #expect(column.missingCode == 0 && column.suppressedCode == nil)
    #expect(column.missingSpelling == "NA" && column.counts == [22])
    #expect(codes == Array(repeating: 0, count: 22))
  }

  @Test func constant() throws {
    let (encoder, column, _) = try category(Array(repeating: "same", count: 22))
    #expect(encoder.levels == ["same"] && column.vocabularySize == 1 && column.counts == [22])
  }

  /// Nothing is kept of a column with fewer than twenty values.
  @Test func masked() throws {
    let (encoder, column, _) = try category(repeated(["x": 19, "": 21]))
    #expect(encoder.levels.isEmpty && encoder.rareCode == 0 && encoder.missingCode == 1)
    #expect(column.suppressedCode == nil)
  }

  /// The rare code is drawn where more than a tenth of the column is rare; otherwise a frequent value is drawn in its place.
  @Test(arguments: [(9, 4 as Int?), (10, nil)])
  func rareCodesOfManyRowsAreDrawn(rareCount: Int, suppressed: Int?) throws {
    let kept = repeated(["nine": 25, "a": 25, "b": 25, "five": 25]).dropLast(rareCount)
    let (_, column, _) = try category(kept + (0..<rareCount).map { "word \($0 % 3)" }.sorted())
    #expect(column.vocabularySize == 5 && column.suppressedCode == suppressed)
  }

  @Test func rareTokensWhereTheyAreAskedFor() throws {
    let profile = ColumnProfile(
      name: "x", type: .category,
      levels: [Level(text: "a", count: 30), Level(text: "b", count: 2)])
    let protection = ColumnPolicy(minimumRows: 5)
    let column = ColumnEncoder(profile, policy: protection, drawsRare: true)
    #expect(column.suppressedCode == nil && column.vocabularySize == 2)
    #expect(ColumnEncoder(profile, policy: protection).suppressedCode == 1)
  }

  @Test func levelsBeyondTheLimitAreRare() throws {
    let levels = (0..<4_003).map { Level(text: "level \($0)", count: $0 < 3_993 ? 6 : 5) }
    let profile = ColumnProfile(name: "x", type: .category, levels: levels)
    let encoder = CategoryEncoder(profile, policy: ColumnPolicy(minimumRows: 5))
    #expect(
      encoder.levels == levels.prefix(4_000).map { .text($0.text) } && encoder.rareCode == 4_000)
  }

  @Test func tooFewRows() throws {
    for count in [1, 19] {
      let table = try Table(columns: [Column("x", Array(repeating: "a", count: count))])
      #expect(throws: SynthError.tooFewRows(name: "The table", count: count)) {
        try TableEncoder(table)
      }
    }
  }
}
