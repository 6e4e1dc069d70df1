import Foundation
import Tables
import TestSupport
import Testing

@Suite struct TableSchemaTests {
  /// Sixty rows: a key, an age, a town, a day, a name, and a column without values.
  private static func people() throws -> Table {
    let towns = ["Ulm", "Bonn", "Halle"]
    return try Table(columns: [
      Column("id", (1...60).map { "\($0)" }),
      Column("age", (0..<60).map { $0 % 6 == 0 ? nil : "\(18 + $0 * 37 % 53)" }),
      Column("town", (0..<60).map { towns[$0 % 3] }),
      Column(
        "joined", (0..<60).map { "2019-\($0 % 9 + 1 < 10 ? "0" : "")\($0 % 9 + 1)-1\($0 % 10)" }),
      Column("name", (0..<60).map { "Person \(String(repeating: "x", count: $0 % 30)) \($0)" }),
      Column("nothing", [String?](repeating: nil, count: 60)),
    ])
  }

  private static let json = """
    {
      "columns" : [
        {
          "cardinality" : 60,
          "excluded" : false,
          "kind" : "identifier",
          "missingShare" : 0,
          "name" : "id",
          "protection" : "written anew"
        },
        {
          "cardinality" : 46,
          "excluded" : false,
          "highest" : "65",
          "kind" : "integer",
          "lowest" : "20",
          "missingShare" : 0.1667,
          "name" : "age",
          "protection" : "extremes"
        },
        {
          "cardinality" : 3,
          "excluded" : false,
          "kind" : "category",
          "missingShare" : 0,
          "name" : "town",
          "protection" : "rare values"
        },
        {
          "cardinality" : 60,
          "excluded" : false,
          "highest" : "2019-08",
          "kind" : "date",
          "lowest" : "2019-01",
          "missingShare" : 0,
          "name" : "joined",
          "protection" : "extremes"
        },
        {
          "cardinality" : 60,
          "excluded" : false,
          "kind" : "text",
          "missingShare" : 0,
          "name" : "name",
          "protection" : "texts"
        },
        {
          "cardinality" : 0,
          "excluded" : false,
          "kind" : "empty",
          "missingShare" : 1,
          "name" : "nothing",
          "protection" : "none"
        }
      ],
      "constraints" : [

      ],
      "findsRules" : true,
      "rows" : 60
    }

    """

  /// Integers that look like keys of another table are pointed out; measurements with as many repeated values are not.
  @Test func hintsAtKeysAndCrowdedIdentifiers() throws {
    var random = SplitMix64(seed: 2)
    let rows = 3_000
    func hint(_ name: String, _ values: [Int]) throws -> String? {
      let table = try Table(columns: [Column(name, values)])
      let profile = try TableProfile(scanning: table)
      return TableSchema(of: profile, minimumRows: 5).columns[0].hint
    }
    func numbers(_ draw: (inout SplitMix64) -> Int) -> [Int] {
      (0..<rows).map { _ in draw(&random) }
    }
    /// How many rows a shop has says nothing about the next shop.
    func shop(_ random: inout SplitMix64) -> Int {
      while true {
        let shop = Int.random(in: 1...150, using: &random)
        if Int.random(in: 0..<13, using: &random) < 4 + shop * 37 % 10 { return shop }
      }
    }
    let keyed = "may refer to rows of another table: category, or --key"
    #expect(try hint("shop_id", numbers { Int.random(in: 1...60, using: &$0) }) == keyed)
    #expect(try hint("shop", numbers(shop)) == keyed)
    // Of neighbouring sizes about as many rows have one as the other.
    let sizes = numbers { random in
      (0..<6).reduce(20) { sum, _ in sum + Int.random(in: 0...60, using: &random) }
    }
    #expect(try hint("size", sizes.filter { (130...270).contains($0) }) == nil)
    #expect(try hint("shop_id", Array(1...rows)) == nil)
    let codes = (1_000..<10_000).shuffled(using: &random).prefix(6_000)
    #expect(try hint("shop_id", Array(codes)) == "3000 new ones of this length, then longer ones")
  }

  @Test func describesATable() throws {
    let schema = try TableSchema(of: Self.people())
    #expect(try schema.json() == Self.json)
    let folder = TemporaryFolder()
    try schema.write(to: folder.file("schema.json"))
    #expect(try TableSchema(contentsOf: folder.file("schema.json")) == schema)
    try schema.check(against: Self.people())
    let profile = try TableProfile(scanning: Self.people())
    #expect(
      try schema.kinds(of: profile)
        == profile.columns.map { KindDetection($0, rowCount: profile.rowCount) })
  }

  @Test func takesFormulasOfManyColumns() throws {
    var schema = TableSchema(columns: ["a", "b", "c"].map(TableSchema.Column.init(name:)))
    schema.derive(["c": "a + b", "z": "a * b", "y": "a - b"])
    #expect(schema.columns.map(\.name) == ["a", "b", "c", "y", "z"])
    #expect(schema.columns.map(\.derived) == [nil, nil, "a + b", "a - b", "a * b"])
  }

  @Test func takesCorrections() throws {
    let table = try Self.people()
    var schema = TableSchema()
    schema.setKind(.category, ofColumn: "age")
    schema.setKind(.text, ofColumn: "town")
    schema.setKind(.category, ofColumn: "town")
    schema.exclude("name")
    try schema.check(against: table)
    let profile = try TableProfile(scanning: table, textColumns: schema.textColumns(of: table))
    #expect(profile.columns[1].type == .category)
    #expect(profile.columns[1].levels.count == 46)
    let kinds = try schema.kinds(of: profile)
    #expect(kinds.map { $0?.kind } == [.identifier, .category, .category, .date, nil, .empty])
  }

  /// What a schema file may hold, and what is said of it.
  @Test(
    arguments: [
      (
        #"{"columns":[{"name":"age","kind":"intger"}]}"#,
        "Column 'age': there is no kind 'intger'. Do you mean 'integer'? Kinds are boolean, category, integer, decimal, date, time, timestamp, latitude, longitude, identifier, pattern, email, text, constant, empty."
      ),
      (
        #"{"columns":[{"name":"age","exclude":true}]}"#,
        "schema.json is not a schema: a column has no property 'exclude' (do you mean 'excluded'?). Compare it with the output of `likeness schema`."
      ),
      (
        #"{"column":[]}"#,
        "schema.json is not a schema: a schema has no property 'column' (do you mean 'columns'?). Compare it with the output of `likeness schema`."
      ),
      (
        #"{"columns":[{"kind":"text"}]}"#,
        "schema.json is not a schema: 'name' is missing at columns[0]. Compare it with the output of `likeness schema`."
      ),
      (
        #"{"columns":[{"name":5}]}"#,
        "schema.json is not a schema: a value has the wrong type at columns[0].name. Compare it with the output of `likeness schema`."
      ),
      (
        #"{"rows":-5}"#,
        "schema.json is not a schema: 'rows' cannot be -5. Compare it with the output of `likeness schema`."
      ),
      (
        #"{"columns":[{"name":"age","cardinality":-1}]}"#,
        "schema.json is not a schema: 'cardinality' cannot be -1. Compare it with the output of `likeness schema`."
      ),
      (
        #"{"columns":[{"name":"age","missingShare":1e300}]}"#,
        "schema.json is not a schema: 'missingShare' cannot be 1e+300. Compare it with the output of `likeness schema`."
      ),
      (
        #"{"columns":"#,
        "schema.json is not a schema: it is not the JSON of a schema. Compare it with the output of `likeness schema`."
      ),
      (
        "",
        "schema.json is not a schema: it is not the JSON of a schema. Compare it with the output of `likeness schema`."
      ),
      (
        "[]",
        "schema.json is not a schema: a value has the wrong type. Compare it with the output of `likeness schema`."
      ),
    ])
  func refusesFilesThatAreNone(json: String, message: String) throws {
    let folder = TemporaryFolder()
    let path = folder.file("schema.json", json)
    #expect(throws: TableError.self) { try TableSchema(contentsOf: path) }
    do {
      _ = try TableSchema(contentsOf: path)
    } catch {
      #expect("\(error)".replacingOccurrences(of: folder.path + "/", with: "") == message)
    }
  }

  @Test func refusesWhatDoesNotFitATable() throws {
    let table = try Self.people()
    func message(_ schema: TableSchema) throws -> String {
      do {
        try schema.check(against: table)
        let profile = try TableProfile(scanning: table, textColumns: schema.textColumns(of: table))
        _ = try schema.kinds(of: profile)
        return ""
      } catch let error as TableError {
        return error.description
      }
    }
    func message(_ kind: ColumnKind, _ column: String) throws -> String {
      var schema = TableSchema()
      schema.setKind(kind, ofColumn: column)
      return try message(schema)
    }
    #expect(try message(.text, "nam") == "The table has no column 'nam'. Do you mean 'name'?")
    #expect(
      try message(.text, "zzzzzzzz") == "The table has no column 'zzzzzzzz'. Look at its header.")
    let twice = TableSchema(columns: [.init(name: "age"), .init(name: "age")])
    #expect(
      try message(twice) == "The schema describes the column 'age' twice. Remove one of them.")
    var nothing = TableSchema()
    for name in table.columnNames { nothing.exclude(name) }
    #expect(try message(nothing) == "The table: all columns are excluded. Leave at least one.")
    #expect(
      try message(.date, "town")
        == "Column 'town' cannot be read as date: no known format reads all values."
        + " It looks like category: keep that, or choose category or text.")
    for (kind, column, reason) in [
      (.integer, "town", "not all values are whole numbers"),
      (.decimal, "town", "not all values are numbers"),
      (.time, "joined", "its values have another format, %Y-%m-%d"),
      (.boolean, "town", "it has more than two values"),
      (.latitude, "town", "not all values are degrees"), (.constant, "town", "its values differ"),
      (.empty, "town", "it has values"), (.text, "nothing", "it has no values"),
      (.identifier, "name", ""), (.pattern, "name", "no pattern is common to half of the rows"),
    ] as [(ColumnKind, String, String)] {
      let found = try message(kind, column)
      #expect(
        found.contains("cannot be read as \(kind.rawValue): \(reason)") || reason.isEmpty,
        "\(found)")
    }
    for (kind, column) in [
      (.latitude, "age"), (.decimal, "age"), (.category, "id"), (.text, "age"), (.pattern, "age"),
      (.pattern, "joined"), (.identifier, "joined"), (.email, "town"), (.date, "joined"),
    ] as [(ColumnKind, String)] {
      #expect(try message(kind, column) == "")
    }
  }

  /// Values of a few rows are not shown.
  @Test func extremesOfFewRowsAreHidden() throws {
    var values = (0..<500).map { "\(1000 + $0)" }
    for (row, secret) in [(3, "98765"), (5, "-4321"), (9, "55555"), (11, "88888")] {
      values[row] = secret
    }
    let dates = (0..<500).map { $0 == 7 ? "1871-01-18" : "20\(10 + $0 % 9)-05-1\($0 % 10)" }
    let table = try Table(columns: [Column("x", values), Column("day", dates)])
    let schema = try TableSchema(of: table)
    #expect(schema.columns.map(\.lowest) == ["1000", "2010-05"])
    #expect(schema.columns.map(\.highest) == ["1500", "2018-05"])
    let unprotected = TableSchema(of: try TableProfile(scanning: table), minimumRows: 1)
    #expect(unprotected.columns.map(\.lowest) == ["-20000", "1871-01"])
    #expect(unprotected.columns.map(\.highest) == ["100000", "2018-05"])
    let few = try TableSchema(of: Table(columns: [Column("x", (0..<19).map { "\($0 * $0 % 7)" })]))
    #expect(few.columns[0].lowest == nil && few.columns[0].protection == .masked)
    let huge = try TableSchema(
      of: Table(columns: [Column("x", (0..<40).map { $0 < 20 ? "1e308" : "-1e308" })]))
    #expect(huge.columns[0].lowest == nil)
  }
}
