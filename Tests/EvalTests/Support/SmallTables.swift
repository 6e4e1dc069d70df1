import Eval
import Tables
import TestSupport

/// The tables of Tools/reference/evaluation.py.
enum SmallTables {
  private static let towns = [
    "Ulm", "Bonn", "Halle", "Jena", "Kiel", "Trier", "Wesel", "Emden", "Gera", "Hof", "Plauen",
    "Soest", "Worms", "Zeitz",
  ]

  /// Training, holdout and one synthetic table.
  static func compared() throws -> ComparedTables {
    try ComparedTables(
      training: table(seed: 1, count: 900), holdout: table(seed: 2, count: 300),
      synthetic: [table(seed: 3, count: 500, shift: 2)])
  }

  /// People whose towns and ages move with `shift`; above 0 there are districts of the wrong town, too.
  static func table(seed: UInt64, count: Int, shift: Int = 0) throws -> Table {
    var random = SplitMix64(seed: seed)
    func below(_ limit: Int) -> Int { Int(random.next() % UInt64(limit)) }
    var (ages, hours, gains) = ([Int](), [Int?](), [Double?]())
    var (names, districts, members) = ([String?](), [String?](), [String?]())
    for _ in 0..<count {
      let age = 17 + below(40) + below(30 + 5 * shift)
      let hour = below(3) == 0 ? 40 : 1 + below(80)
      hours.append(below(12) == 0 ? nil : hour)
      gains.append(below(10) < 8 ? 0 : Double(below(100_000)) / 100)
      let town = below(14 - shift) * below(14) / 13
      let isRight = shift == 0 || below(10) > 0
      districts.append("d\(isRight ? town % 4 : below(5))")
      members.append(age + below(30) > 55 ? "yes" : "no")
      let name = shift > 0 && below(20) == 0 ? "_RARE_" : towns[town]
      names.append(below(20) == 0 ? nil : name)
      ages.append(age)
    }
    return try Table(columns: [
      Column("age", ages), Column("hours", hours), Column("gain", gains), Column("town", names),
      Column("district", districts), Column("member", members),
    ])
  }
}
