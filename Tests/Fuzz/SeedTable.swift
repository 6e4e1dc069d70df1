import Foundation
import Synth

/// A small table that inputs are made from, the same in every run.
struct SeedTable: Sendable {
  /// A column's name, and what it has in each row.
  private typealias Column = (
    name: String, cell: @Sendable (_ row: Int, _ random: inout InputRandom) -> String
  )

  private let columns: [Column]
  /// Rules that every row obeys.
  var rules: [Constraint] = []
  /// Formulas that hold in every row.
  var derivations: [Derivation] = []

  /// The table as CSV.
  func csv(rows: Int) -> String {
    var random = InputRandom(seed: 1, input: 0)
    var lines = [columns.map(\.name).joined(separator: ",")]
    for row in 0..<rows {
      lines.append(columns.map { $0.cell(row, &random) }.joined(separator: ","))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Writes the table into a folder; its path.
  func write(to folder: String, rows: Int) throws -> String {
    let path = "\(folder)/\(columns[0].name)-\(rows).csv"
    try Data(csv(rows: rows).utf8).write(to: URL(fileURLWithPath: path))
    return path
  }

  static let all = [everyKind, purchases, flags]

  /// A column of every kind.
  static let everyKind = SeedTable(
    columns: [
      ("customer_id", { row, _ in "\(100_000 + 7 * row)" }),
      (
        "uuid",
        { _, random in
          [8, 4, 4, 4, 12].map { String(repeating: "0", count: $0) }.map { zeros in
            String(zeros.map { _ in "0123456789abcdef".randomElement(using: &random)! })
          }.joined(separator: "-")
        }
      ),
      ("order", { row, random in "AB-\(padded(below(100_000, &random), 5))-\(padded(row, 4))" }),
      ("name", { _, random in "\(pick(["Ann", "Bo"], &random)) \(pick(surnames, &random))" }),
      ("email", { row, random in "\(pick(surnames, &random))\(row)@example.com" }),
      ("day", { row, random in row % 9 == 0 ? "" : day(below(900, &random)) }),
      (
        "login",
        { _, random in
          "\(day(below(90, &random)))T\(padded(8 + below(9, &random), 2)):30:"
            + "\(padded(below(60, &random), 2)).\(padded(below(999, &random), 3))+01:00"
        }
      ),
      (
        "opens",
        { _, random in "\(padded(7 + below(4, &random), 2)):\(pick(["00", "30"], &random))" }
      ),
      (
        "postcode",
        { _, random in "\(pick(["AB", "CD"], &random))\(padded(below(1_000, &random), 3))" }
      ),
      ("latitude", { _, random in "52.\(padded(40_000 + below(20_000, &random), 5))" }),
      ("longitude", { _, random in "13.\(padded(30_000 + below(20_000, &random), 5))" }),
      ("age", { row, random in row % 8 == 0 ? "unknown" : "\(18 + below(60, &random))" }),
      ("member", { _, random in pick(["yes", "no", ""], &random) }),
      ("color", { _, random in pick(["red", "green", "\"b, \"\"lue\""], &random) }),
      ("country", { _, _ in "DE" }),
      ("nothing", { _, _ in "" }),
    ])

  /// Numbers in notations, bounded and derived columns, and amounts that follow others.
  static let purchases = SeedTable(
    columns: [
      ("price", { row, _ in "\(10 + row % 17)" }),
      ("quantity", { row, _ in "\(1 + row % 5)" }),
      ("total", { row, _ in "\((10 + row % 17) * (1 + row % 5))" }),
      ("money", { _, random in "\"$1,\(padded(below(1_000, &random), 3)).50\"" }),
      ("share", { _, random in "\(below(100, &random)) %" }),
      ("billed", { row, _ in "\(billed(row)).\(row % 90 + 10)" }),
      ("paid", { row, _ in "\(billed(row)).\(row % 90 + 10)" }),
      ("start", { row, _ in day(row * 37 % 500) }),
      ("end", { row, _ in day(row * 37 % 500 + row % 7) }),
      ("low", { row, _ in "\(row * 7 % 90)" }),
      ("high", { row, _ in row % 11 == 0 ? "" : "\(row * 7 % 90 + row % 13)" }),
      ("tiny", { row, _ in "\(row % 23)e-12" }),
    ],
    rules: [
      Constraint(.inequality(lower: "start", upper: "end", isStrict: false)),
      Constraint(.inequality(lower: "low", upper: "high", isStrict: false)),
      Constraint(.range(column: "price", lower: "10", upper: "30")),
    ], derivations: [try! Derivation(parsing: "total = price * quantity")])

  /// Truth values of which one is true, and columns that determine each other.
  static let flags = SeedTable(
    columns: [
      ("red", { row, _ in row % 3 == 0 ? "1" : "0" }),
      ("green", { row, _ in row % 3 == 1 ? "1" : "0" }),
      ("blue", { row, _ in row % 3 == 2 ? "1" : "0" }),
      ("city", { row, _ in "city \(row % 6)" }),
      ("region", { row, _ in "region \(row % 6 / 2)" }),
    ],
    rules: [
      Constraint(.oneHot(["red", "green", "blue"])),
      Constraint(.fixedCombinations(["city", "region"])),
    ])

  private static let surnames = ["Meyer", "O'Neil", "Ünal", "van Dyk", "Smith", "Rossi"]

  private static func below(_ limit: Int, _ random: inout InputRandom) -> Int {
    Int.random(in: 0..<limit, using: &random)
  }

  private static func pick(_ texts: [String], _ random: inout InputRandom) -> String {
    texts.randomElement(using: &random)!
  }

  private static func padded(_ number: Int, _ digits: Int) -> String {
    String(repeating: "0", count: max(0, digits - "\(number)".count)) + "\(number)"
  }

  private static func billed(_ row: Int) -> Int { 100 + row * 7_919 % 9_000 }

  /// A day of 2019 to 2021, in months of 28 days.
  private static func day(_ number: Int) -> String {
    "\(2019 + number / 336)-\(padded(number % 336 / 28 + 1, 2))-\(padded(number % 28 + 1, 2))"
  }
}
