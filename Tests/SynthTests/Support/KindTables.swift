import Tables
import TestSupport

/// A table with a column of every kind, the same for the same seed.
func tableOfEveryKind(rows: Int, seed: UInt64) throws -> Table {
  var random = SplitMix64(seed: seed)
  func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &random) }
  func padded(_ number: Int, _ digits: Int) -> String {
    let text = "\(number)"
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }
  func day(_ number: Int) -> String {
    var bytes: [UInt8] = []
    TemporalFormat(detecting: ["2019-01-15"])!.append(DateTimeValue(day: number), to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
  func letters(_ count: Int) -> String {
    String((0..<count).map { _ in "abcdefghijklmnop".randomElement(using: &random)! })
  }
  let columns: [(String, (Int) -> String?)] = [
    ("customer_id", { "\(100_000 + 7 * $0)" }),
    (
      "uuid",
      { _ in
        let hex = (0..<32).map { _ in "0123456789abcdef".randomElement(using: &random)! }
        return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(hex[$0]) }
          .joined(separator: "-")
      }
    ),
    ("order", { "AB-\(padded(below(100_000), 5))-\(padded($0, 4))" }),
    ("name", { _ in "\(["Ann", "Bo", "Eve"][below(3)]) \(letters(5).capitalized)" }),
    ("email", { "\(letters(4))\($0)@example.com" }),
    ("signup", { _ in below(10) == 0 ? nil : day(17_000 + below(1_500)) }),
    (
      "login",
      { _ in
        "\(day(18_000 + below(300)))T\(padded(8 + below(10), 2)):\(padded(15 * below(4), 2)):"
          + "\(padded(below(60), 2))Z"
      }
    ),
    ("opens", { _ in "\(padded(7 + below(4), 2)):\(below(2) == 0 ? "00" : "30")" }),
    ("postcode", { _ in "\(["AB", "CD"][below(2)])\(below(10)) \(padded(below(1_000), 3))" }),
    ("latitude", { _ in "52.\(padded(40_000 + below(20_000), 5))" }),
    ("longitude", { _ in "13.\(padded(30_000 + below(20_000), 5))" }),
    ("price", { _ in "\(below(5_000)).\(padded(5 * below(20), 2))" }),
    ("age", { _ in "\(18 + below(60))" }),
    ("member", { _ in below(3) == 0 ? nil : ["yes", "no"][below(2)] }),
    ("color", { _ in ["red", "green", "blue"][below(3)] }),
    ("country", { _ in "DE" }),
    ("nothing", { _ in nil }),
  ]
  return try Table(
    columns: columns.map { name, value in Column(name, (0..<rows).map(value)) })
}

extension String {
  fileprivate var capitalized: String { prefix(1).uppercased() + dropFirst() }
}

/// The kinds of a table's columns.
func kinds(of source: some RowSource) throws -> [String: ColumnKind] {
  let profile = try TableProfile(scanning: source)
  return Dictionary(
    uniqueKeysWithValues: profile.columns.map {
      ($0.name, KindDetection($0, rowCount: profile.rowCount).kind)
    })
}
