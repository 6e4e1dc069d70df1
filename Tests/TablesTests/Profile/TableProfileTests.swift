import Tables
import TestSupport
import Testing

@Suite struct TableProfileTests {
  @Test(
    arguments: [
      (["1", "2", "NA"], .integer), (["0", "1"], .integer), (["-5", ""], .integer),
      (["123456789012345"], .integer), (["1234567890123456"], .category),
      (["12.0", "13.0"], .decimal), (["1", "2.5"], .decimal), (["1e5", "2"], .decimal),
      (["007", "8"], .category), (["1", "x"], .category), (["1,5"], .decimal),
      (["1,5", "1.5"], .category), (["inf"], .category),
      (["true", "false", ""], .boolean), (["TRUE", "FALSE"], .boolean),
      (["True", "False"], .boolean),
      (["yes", "no"], .boolean), (["Yes", "No"], .boolean), (["t", "f"], .boolean),
      (["Y", "N"], .boolean), (["true", "False"], .category), (["yes", "false"], .category),
      (["true"], .category), (["true", "false", "maybe"], .category), (["", "NA"], .category),
      (["2024-01-01"], .category),
    ] as [([String], ColumnType)])
  func detectsTypes(fields: [String], type: ColumnType) throws {
    #expect(try profile(fields).type == type)
  }

  @Test(arguments: [
    (["20000.0", "1.5"], 1, 1), (["0.5", "0.25"], 2, 1), (["1", "2"], 0, 0), (["1", "0.25"], 2, 0),
    (["1.00", "2.50"], 2, 2), (["1e-3", "0.50"], 3, 0),
  ])
  func detectsFormats(fields: [String], decimals: Int, minimumDecimals: Int) throws {
    #expect(
      try profile(fields).numberFormat
        == NumberFormat(decimals: decimals, minimumDecimals: minimumDecimals))
  }

  @Test func countsATable() throws {
    let folder = TemporaryFolder()
    let path = folder.file(
      "data.csv",
      """
      city,age,height,member
      Köln,31,1.80,yes
      Berlin,NA,1.75,no
      Köln,31,,yes
      Aachen,-4,1.80,NA
      Berlin,,1.8,yes
      "Köln",7,NA,no

      """)
    let profile = try TableProfile(scanning: CSVFiles(paths: [path]))
    #expect(profile.rowCount == 6)
    var member = ColumnProfile(
      name: "member", type: .boolean, missingCount: 1,
      levels: [Level(text: "yes", count: 3), Level(text: "no", count: 2)])
    member.missingSpelling = "NA"
    #expect(
      profile.columns == [
        ColumnProfile(
          name: "city", type: .category,
          levels: [
            Level(text: "Köln", count: 3), Level(text: "Berlin", count: 2),
            Level(text: "Aachen", count: 1),
          ]),
        ColumnProfile(
          name: "age", type: .integer, missingCount: 2,
          numbers: [
            NumberCount(value: -4, count: 1), NumberCount(value: 7, count: 1),
            NumberCount(value: 31, count: 2),
          ]),
        ColumnProfile(
          name: "height", type: .decimal, missingCount: 2,
          numbers: [NumberCount(value: 1.75, count: 1), NumberCount(value: 1.8, count: 3)],
          numberFormat: NumberFormat(decimals: 2, minimumDecimals: 1)),
        member,
      ])
  }

  @Test func namesTheMostFrequentSpellingOfMissing() throws {
    let result = try profile(["NA", "", "NA", "x", "null"])
    #expect(result.missingCount == 4)
    #expect(result.missingSpelling == "NA")
    let custom = try profile(["-9", "NA", "4"], missingValues: MissingValues(spellings: ["-9"]))
    #expect(custom.missingSpelling == "-9")
    #expect(custom.levels == [Level(text: "4", count: 1), Level(text: "NA", count: 1)])
  }

  @Test func ordersLevelsByCountThenBytes() throws {
    let result = try profile(["b", "a", "é", "Z", "c", "c", "e\u{301}"])
    #expect(
      result.levels.map { Array($0.text.utf8) }
        == ["c", "Z", "a", "b", "e\u{301}", "é"].map { Array($0.utf8) })
    #expect(result.levels.map(\.count) == [2, 1, 1, 1, 1, 1])
  }

  @Test(
    arguments: [
      (["1", "2", "10"], true), (["1", "2", "2"], false), (["2", "1"], false),
      (["1", "", "2"], true),
      (["a2", "a10"], true), (["a10", "a2"], false), (["b", "a"], false), (["b", "b", "c"], false),
      (["-5", "-4", "1"], true), (["0.5", "0.25"], false), (["0.25", "0.5", "1e9"], true),
    ] as [([String], Bool)])
  func seesWhetherValuesAscend(fields: [String], isAscending: Bool) throws {
    #expect(try profile(fields).isAscending == isAscending)
  }

  @Test func refusesATableWithoutRows() throws {
    let folder = TemporaryFolder()
    let path = folder.file("data.csv", "a,b\n")
    let files = try CSVFiles(paths: [path])
    #expect(throws: TableError.noRows(table: path)) { try TableProfile(scanning: files) }
    #expect(
      "\(TableError.noRows(table: "data.csv"))"
        == "data.csv has a header but no rows. Give a table with at least one row.")
  }
}
