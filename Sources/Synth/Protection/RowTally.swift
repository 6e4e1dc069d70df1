import Tables

/// The number of rows that share something and, in a table with a key, their keys, counted up to a limit.
struct RowTally {
  private var rows = 0
  private var keys = PrivacyUnitSet()

  init() {}

  init(rows: Int, keys: PrivacyUnitSet) {
    self.rows = rows
    self.keys = keys
  }

  var count: Int { keys.count(orRows: rows) }

  /// The keys of the rows; none if there are more than are kept, or no keys.
  var allKeys: [UInt16] { keys.all ?? [] }

  static func += (sum: inout RowTally, other: RowTally) {
    sum.rows += other.rows
    sum.keys.formUnion(other.keys)
  }
}

extension Collection<RowTally> {
  /// The number of leading elements that together have enough rows; nil if all have too few.
  func prefixLength(sharedBy minimumRows: Int) -> Int? {
    var sum = RowTally()
    for (index, tally) in enumerated() {
      sum += tally
      if sum.count >= minimumRows { return index + 1 }
    }
    return nil
  }
}

extension RandomAccessCollection<RowTally> {
  /// The range of ascending values that may be kept: enough rows do not exceed the first of them, and enough rows do not fall below
  /// the last. Empty if nothing lies between.
  func publishable(by minimumRows: Int) -> Range<Int> {
    guard let low = prefixLength(sharedBy: minimumRows),
      let high = reversed().prefixLength(sharedBy: minimumRows), low - 1 <= count - high
    else { return 0..<0 }
    return low - 1..<count - high + 1
  }
}

/// A number of units and the rows that have it.
struct CountedUnit {
  let unit: Int
  /// The rows, estimated where the profile is a sample.
  private(set) var count: Int
  /// The rows that were seen.
  private(set) var tally: RowTally

  init(unit: Int, count: Int, tally: RowTally) {
    self.unit = unit
    self.count = count
    self.tally = tally
  }

  /// Adds the rows of another value that is equal in units.
  mutating func add(_ other: CountedUnit) {
    count += other.count
    tally += other.tally
  }
}

extension ArraySlice<CountedUnit> {
  /// In a table with a key, the values with counts to which every key contributes equally, however many rows it has. Values with
  /// too many keys to be counted are unchanged.
  var weightedByUnit: ArraySlice<CountedUnit> {
    var places: [UInt16: Int] = [:]
    for key in lazy.flatMap(\.tally.allKeys) { places[key, default: 0] += 1 }
    if places.isEmpty { return self }
    let rows = reduce(0) { $0 + ($1.tally.allKeys.isEmpty ? 0 : $1.count) }
    let rowsPerKey = Double(rows) / Double(places.count)
    return ArraySlice(
      map { unit in
        let keys = unit.tally.allKeys
        if keys.isEmpty { return unit }
        let share = keys.reduce(0) { $0 + 1 / Double(places[$1]!) }
        return CountedUnit(
          unit: unit.unit, count: Int((share * rowsPerKey).rounded()), tally: unit.tally)
      })
  }
}

extension ColumnProfile {
  /// For each of its numbers, the rows that were seen to have it.
  var numberTallies: [RowTally] {
    // Each number of a sample counts for several rows.
    let rowsPerNumber =
      isExact ? 1 : max(1, numbers.reduce(0) { $0 + $1.count } / max(1, numbers.count))
    return numbers.map { RowTally(rows: max(1, $0.count / rowsPerNumber), keys: $0.keys) }
  }
}

/// Words in a column of numbers or dates that are not kept, because too few rows share them: they become missing.
public struct HiddenWords: Sendable, Equatable {
  /// The column.
  public let column: String
  /// The rows with such a word.
  public let rowCount: Int

  package init(column: String, rowCount: Int) {
    self.column = column
    self.rowCount = rowCount
  }
}
