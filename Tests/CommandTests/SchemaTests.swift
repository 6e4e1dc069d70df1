import Foundation
import TestSupport
import Testing

/// The kinds of columns that the program detects, and those that the user declares.
@Suite struct SchemaTests {
  /// Two hundred orders: a key, a day, a code, a customer's name, a size written as a number, and whether it is paid.
  static let orders: String = {
    var random = SplitMix64(seed: 11)
    let lines = (0..<200).map { row in
      let day = Int.random(in: 1...28, using: &random)
      let month = Int.random(in: 1...9, using: &random)
      let name = "Customer \(row * 7919 % 100_003) of \(row * 31 % 97)"
      let size = [36, 38, 40, 42][Int.random(in: 0..<4, using: &random)]
      return "A-\(1000 + row),\(day).\(month).2023,\(name),\(size),\(day % 2 == 0 ? "yes" : "no")"
    }
    return (["order,day,name,size,paid"] + lines).joined(separator: "\n") + "\n"
  }()

  @Test func schemaShowsEveryColumn() async throws {
    let folder = TemporaryFolder()
    let (table, schema) = (folder.file("orders.csv", Self.orders), folder.file("schema.json"))
    let outcome = try await Likeness.run("schema", table, "-o", schema)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.isEmpty)
    let days = Set(
      Self.orders.split(separator: "\n").dropFirst().map { $0.split(separator: ",")[1] })
    #expect(
      outcome.text.hasPrefix(
        """
        200 rows

        column  kind        values  missing   lowest  highest  protection
        order   identifier     200                             written anew
        day     date           \(days.count)           2023-01  2023-09  the ends are cut off
        name    text           200                             rare texts are written anew
        size    integer          4                36       42  the ends are cut off
        paid    boolean          2                             values of few rows are hidden

        """), "\(outcome.text)")
    let json = try String(contentsOfFile: schema, encoding: .utf8)
    #expect(json.contains(#""kind" : "identifier""#) && json.contains(#""name" : "order""#))
    let bare = try await Likeness.run("schema", table)
    #expect(bare.text == outcome.text)
    #expect(folder.contents == ["orders.csv", "schema.json"])
  }

  @Test func trainingFollowsASchema() async throws {
    let folder = TemporaryFolder()
    let (table, schema) = (folder.file("orders.csv", Self.orders), folder.file("schema.json"))
    _ = try await Likeness.run("schema", table, "-o", schema)
    let model = folder.file("orders.likeness")
    let trained = try await Likeness.run(
      "train", table, "-o", model, "--schema", schema, "--column", "size=category", "--exclude",
      "name", "--epochs", "2")
    #expect(trained.status == 0, "\(trained.errors)")
    #expect(trained.errors.contains("accuracy "))
    let drawn = try await Likeness.run("generate", model, "--rows", "100")
    #expect(drawn.lines.first == "order,day,size,paid")
    let originals = Set(Self.orders.split(separator: "\n").map { $0.prefix { $0 != "," } })
    for line in drawn.lines.dropFirst() {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      #expect(fields[0].wholeMatch(of: #/A-\d{4}/#) != nil && !originals.contains(fields[0]))
      #expect(fields[1].wholeMatch(of: #/[1-9]\d?\.[1-9]\.2023/#) != nil)
      #expect(["36", "38", "40", "42"].contains(fields[2]))
    }
    let inspected = try await Likeness.run("inspect", model)
    let size = inspected.lines.first { $0.hasPrefix("size") }?.split(separator: " ").prefix(4)
    #expect(size.map { $0.prefix(3) } == ["size", "category", "4"] && size?.last != "36")
  }

  @Test func personalTextsAreNamed() async throws {
    let folder = TemporaryFolder()
    let table = folder.file("orders.csv", Self.orders)
    let outcome = try await Likeness.run(
      "train", table, "-o", folder.file("model"), "--epochs", "1", "--no-report")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(
      outcome.errorLines.last
        == "Almost every row has its own text in 'name': new texts are made up. Use --exclude to leave them out."
    )
  }

  @Test func whatDoesNotFitIsRefused() async throws {
    let folder = TemporaryFolder()
    let table = folder.file("orders.csv", Self.orders)
    let schema = folder.file("schema.json", #"{"columns":[{"name":"siz","kind":"text"}]}"#)
    func failure(_ arguments: String...) async throws -> String {
      let outcome = try await Run(
        Likeness.path, ["train", table, "-o", folder.file("model")] + arguments
      ).outcome()
      #expect(outcome.status == 1)
      #expect(outcome.errorLines.count == 1)
      return outcome.errors.replacing(folder.path + "/", with: "")
    }
    #expect(
      try await failure("--schema", schema)
        == "Error: orders.csv has no column 'siz'. Do you mean 'size'?\n")
    #expect(
      try await failure("--exclude", "nam")
        == "Error: orders.csv has no column 'nam'. Do you mean 'name'?\n")
    #expect(
      try await failure("--column", "size=date").hasPrefix(
        "Error: Column 'size' cannot be read as date: no known format reads all values."))
    #expect(
      try await failure("--schema", folder.file("none.json"))
        == "Error: none.json: there is no such file. Check the path.\n")
    #expect(
      try await failure("--schema", table).hasPrefix(
        "Error: orders.csv is not a schema: it is not the JSON of a schema."))
    let ruled = try await failure("--exclude", "size", "--constraint", "fixed(size, paid)")
    #expect(
      ruled == "Error: The rule 'fixed(size, paid)' is about the column 'size', which is left out."
        + " Remove the rule, or keep the column.\n")
    #expect(folder.contents == ["orders.csv", "schema.json"])
  }

  /// Rules that hold in every row are proposed, and kept by rows that are drawn with the schema.
  @Test func rulesAreProposed() async throws {
    var random = SplitMix64(seed: 12)
    let lines = (0..<400).map { _ in
      let size = Int.random(in: 0..<4, using: &random)
      return
        "\(["S", "M", "L", "XL"][size]),\(36 + 2 * size),\(Int.random(in: 1...9, using: &random))"
    }
    let folder = TemporaryFolder()
    let table = folder.file("sizes.csv", (["size,inches,count"] + lines).joined(separator: "\n"))
    let (schema, model) = (folder.file("schema.json"), folder.file("model"))
    let outcome = try await Likeness.run("schema", table, "-o", schema)
    #expect(outcome.lines.suffix(2) == ["rules that hold in every row", "fixed(size, inches)"])
    let trained = try await Likeness.run(
      "train", table, "-o", model, "--schema", schema, "--epochs", "1", "--no-report")
    #expect(trained.status == 0, "\(trained.errors)")
    let drawn = try await Likeness.run("generate", model, "--rows", "300")
    for line in drawn.lines.dropFirst() {
      let rule = ["S,36,", "M,38,", "L,40,", "XL,42,"]
      #expect(rule.contains { line.hasPrefix($0) }, "\(line)")
    }
  }

  /// Prices in dollars and ages of which some are unknown are numbers, in the notation of the table; a rare word is said to be hidden.
  @Test func notationsAndWords() async throws {
    var random = SplitMix64(seed: 13)
    let lines = (0..<400).map { row in
      let price = Int.random(in: 1000...9999, using: &random)
      let age = Int.random(in: 18...80, using: &random)
      return "\"$\(price / 1000),\(price % 1000 / 100)50.00\","
        + (row % 40 == 0 ? "unknown" : row == 7 || row == 8 ? "Methusalem" : "\(age)")
    }
    let folder = TemporaryFolder()
    let table = folder.file("a.csv", (["price,age"] + lines).joined(separator: "\n"))
    let schema = try await Likeness.run("schema", table)
    let price = String(schema.lines.suffix(2).first ?? "")
    #expect(price.hasPrefix("price   decimal"), "\(price)")
    #expect(price.contains(" 1000 "), "\(price)")
    let age = String(schema.lines.last ?? "")
    #expect(age.hasSuffix("the ends are cut off; words 'unknown'"), "\(age)")
    let model = folder.file("model")
    let trained = try await Likeness.run(
      "train", table, "-o", model, "--epochs", "1", "--constraint", "price in '$2,000.00'...8000",
      "--force-constraint")
    let hidden =
      "Column 'age': 2 rows have words that too few rows share; they count as missing. "
      + "Give words that mean a missing value with --missing."
    #expect(String(trained.errorLines.last ?? "") == hidden)
    let drawn = try await Likeness.run("generate", model, "--rows", "300")
    for line in drawn.lines.dropFirst() {
      let parts = line.split(separator: "\"", omittingEmptySubsequences: false).map(String.init)
      try #require(parts.count == 3, "\(line)")
      let amount = Double(parts[1].dropFirst().replacing(",", with: "")) ?? 0
      #expect(parts[1].hasPrefix("$"), "\(line)")
      #expect((2000...8000).contains(amount), "\(line)")
      let age = String(parts[2].dropFirst())
      let isKnown = Int(age) != nil
      let isWord = ["", "unknown"].contains(age)
      #expect(isKnown != isWord, "\(line)")
    }
  }
}
