import NN
import Tables

/// A table made up from a seed: numbers of several shapes, categories, missing values, columns that depend on each other.
public func sampleTable(rowCount: Int, seed: UInt64 = 1) -> Table {
  let random = Philox(seed: seed, purpose: 1)
  func uniform(_ row: Int, _ column: Int) -> Double {
    Double(random.uniform(UInt64(row), UInt64(column)))
  }
  func skewed(_ row: Int, _ column: Int, limit: Int) -> Int {
    let share = uniform(row, column)
    return Int(Double(limit) * share * share)
  }
  let rows = 0..<rowCount
  let regions = rows.map { skewed($0, 0, limit: 8) }
  let ages = rows.map { 18 + skewed($0, 1, limit: 60) + regions[$0] }
  let hours = rows.map { uniform($0, 2) < 0.5 ? 40 : 10 + skewed($0, 3, limit: 70) }
  let amounts = rows.map { row -> Double? in
    if uniform(row, 4) < 0.05 { return nil }
    let cents = Int(uniform(row, 5) * uniform(row, 6) * Double(ages[row] * hours[row]) * 100)
    return Double(cents) / 100
  }
  let gains = rows.map { uniform($0, 7) < 0.9 ? 0 : 1_000 * skewed($0, 8, limit: 100) }
  func category(_ name: String, column: Int, levels: Int, missing: Double = 0) -> Column {
    Column(
      name,
      rows.map { row -> String? in
        if uniform(row, column + 1) < missing { return nil }
        return "\(name) \((skewed(row, column, limit: levels) + regions[row]) % levels)"
      })
  }
  let columns = [
    Column("age", ages.map(Optional.some)),
    Column("region", regions.map { "region \($0)" as String? }),
    category("occupation", column: 10, levels: 15, missing: 0.05),
    category("education", column: 12, levels: 16),
    Column("hours", hours.map(Optional.some)),
    category("family", column: 14, levels: 6),
    Column("gain", gains.map(Optional.some)),
    category("country", column: 16, levels: 42, missing: 0.02),
    Column("amount", amounts),
    category("sector", column: 18, levels: 9),
    Column("member", rows.map { (uniform($0, 20) < 0.3 ? "true" : "false") as String? }),
    Column("rich", rows.map { ((amounts[$0] ?? 0) > 500 ? "yes" : "no") as String? }),
  ]
  do {
    return try Table(columns: columns)
  } catch {
    preconditionFailure("the sample table is not a table: \(error)")
  }
}
