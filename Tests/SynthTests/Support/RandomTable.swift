import Foundation
import Tables
import TestSupport

/// Tables with random columns.
enum RandomTable {
  static func table(_ random: inout SplitMix64) throws -> Table {
    let rowCount = 20 + Int(random.unit() * random.unit() * 101)
    let columnCount = 1 + Int(random.unit() * random.unit() * 8)
    return try Table(
      columns: (0..<columnCount).map { index in
        let missingShare = max(0, random.unit() * 1.6 - 0.7)
        var (name, values) = column(rowCount, &random)
        for row in values.indices where random.unit() < missingShare { values[row] = nil }
        if random.unit() < 0.04 { values = Array(repeating: nil, count: rowCount) }
        return Column(
          name: name + "\(index)", values: .texts(values),
          missingSpelling: random.unit() < 0.5 ? "" : "NA")
      })
  }

  /// Two columns of numbers or dates of which one is less than the other in every row, and a bound of the first.
  static func bounds(
    _ count: Int, kind: Int, _ random: inout SplitMix64
  ) -> (first: [String?], last: [String?], least: String) {
    let least = kind < 2 ? Int(random.unit() * 100) - 50 : 17_000
    func text(_ number: Int) -> String {
      if kind < 2 { return kind == 0 ? "\(number)" : String(format: "%.2f", Double(number) / 4) }
      var bytes: [UInt8] = []
      let isDate = kind == 2
      let format = TemporalFormat(detecting: [isDate ? "2019-01-15" : "2019-01-15T10:00:00"])!
      let hours = number - least
      format.append(
        isDate
          ? DateTimeValue(day: number)
          : DateTimeValue(day: least + hours / 24, tick: hours % 24 * 3_600), to: &bytes)
      return String(decoding: bytes, as: UTF8.self)
    }
    var (first, last): ([String?], [String?]) = ([], [])
    for _ in 0..<count {
      let number = least + Int(random.unit() * 300)
      let other = number + 1 + Int(random.unit() * random.unit() * 60)
      first.append(random.unit() < 0.1 ? nil : text(number))
      last.append(random.unit() < 0.15 ? nil : text(other))
    }
    return (first, last, text(least))
  }

  /// A name of its own for each number.
  static func name(_ number: Int, _ random: inout SplitMix64) -> String {
    ["Haus ", "\"Q\", ", "Süd;", "x\ny ", "🙂"].randomElement(using: &random)! + "\(number)"
  }

  private static let names = [
    "a", "with space", "quo\"te", "new\nline", "größe", "名前", "🙂", "'", "\\", "semi;colon",
    String(repeating: "n", count: 200), "{\"json\": [1]}", "tab\t", "NA", "1.5", "__metadata__",
  ]

  private static func column(
    _ count: Int, _ random: inout SplitMix64
  ) -> (name: String, values: [String?]) {
    func number(_ limit: Int, _ random: inout SplitMix64) -> Int {
      Int(random.unit() * Double(limit))
    }
    func two(_ limit: Int, _ random: inout SplitMix64) -> String {
      String(format: "%02d", number(limit, &random))
    }
    func day(_ random: inout SplitMix64) -> (year: Int, month: String, day: String) {
      (
        1960 + number(70, &random), String(format: "%02d", 1 + number(12, &random)),
        String(format: "%02d", 1 + number(28, &random))
      )
    }
    func draws(_ value: (inout SplitMix64) -> String) -> [String?] {
      (0..<count).map { _ in value(&random) }
    }
    let name = names[number(names.count, &random)]
    switch number(24, &random) {
    case 0: return (name, draws { "\(number(8, &$0))" })
    case 1: return (name, draws { "\(number(2_000_000, &$0) - 1_000_000)" })
    case 2: return (name, draws { String(format: "%.2f", $0.unit() * 1000) })
    case 3: return (name, draws { $0.unit() < 0.5 ? "0" : String(format: "%.3f", $0.unit()) })
    case 4: return (name, draws { $0.unit() < 0.4 ? "yes" : "no" })
    case 5: return (name, draws { ["ä", "b\"b", "c,c", "d\nd", "🙂"][number(5, &$0)] })
    case 6:
      return (
        "date",
        draws {
          let d = day(&$0); return "\(d.year)-\(d.month)-\(d.day)"
        }
      )
    case 7:
      return (
        name,
        draws {
          let d = day(&$0); return "\(d.day).\(d.month).\(d.year)"
        }
      )
    case 8: return (name, draws { "\(two(24, &$0)):\(two(60, &$0))" })
    case 9:
      return (
        name,
        draws {
          let d = day(&$0)
          return
            "\(d.year)-\(d.month)-\(d.day)T\(two(24, &$0)):\(two(60, &$0)):\(two(60, &$0))+02:00"
        }
      )
    case 10: return ("lat", draws { String(format: "%.5f", 180 * $0.unit() - 90) })
    case 11: return ("longitude", draws { String(format: "%.4f", 360 * $0.unit() - 180) })
    case 12: return ("id", (0..<count).map { "\(1000 + $0)" })
    case 13: return (name, (0..<count).map { "AB-\(String(format: "%05d", $0 * 7919 % 99_991))" })
    case 14: return (name, draws { "\(two(100, &$0))\(two(100, &$0))-\(two(90, &$0))" })
    case 15: return (name, draws { "a\(number(9_999, &$0))@example.org" })
    case 16: return (name, draws { "Name\(number(5_000, &$0)) Röd\(number(70, &$0))" })
    case 17: return (name, Array(repeating: random.unit() < 0.5 ? "constant" : "17", count: count))
    case 20:
      return (name, draws { "$\(number(5, &$0)),\(100 + number(900, &$0)).\(two(100, &$0))" })
    case 21:
      return (
        name,
        draws { $0.unit() < 0.03 ? "frei" : "\(number(900, &$0) - 200),\(two(100, &$0)) €" }
      )
    case 22: return (name, draws { $0.unit() < 0.04 ? "unknown" : "\(number(90, &$0))" })
    case 23:
      return (
        name,
        draws {
          let d = day(&$0)
          return $0.unit() < 0.04 ? "n.d." : "\(d.year)-\(d.month)-\(d.day)"
        }
      )
    case 18: return (name, draws { "\($0.unit())e\(number(600, &$0) - 300)" })
    default: return (name, draws { $0.unit() < 0.8 ? "\(number(20, &$0))" : "unknown" })
    }
  }
}
