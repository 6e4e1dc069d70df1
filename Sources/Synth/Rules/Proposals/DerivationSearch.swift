/// Rejects many formulas of one column at little cost.
///
/// Most formulas are wrong in the first rows that they are tried in: a few rows are kept at hand for that.
struct DerivationSearch {
  /// The column to be derived.
  let target: Int
  /// The columns that it may be derived from. The functions take their places here.
  let others: [Int]

  /// Rows that formulas are tried in.
  private static let rowCount = 4
  private let decimals: Int
  /// The numbers of the target in these rows.
  private let targets: [Double]
  /// The numbers of the others, (rows, others).
  private let numbers: [Double]

  init(target: Int, others: [Int], decimals: Int, sample: NumberSample) {
    self.target = target
    self.others = others
    self.decimals = decimals
    let rows = (0..<sample.rowCount).lazy.filter { !sample.number($0, target).isNaN }
      .prefix(Self.rowCount)
    targets = rows.map { sample.number($0, target) }
    numbers = rows.flatMap { row in others.map { sample.number(row, $0) } }
  }

  /// Whether an operation of two columns gives the target in the rows at hand.
  @inline(__always)
  func matches(_ first: Int, _ second: Int, _ operation: (Double, Double) -> Double) -> Bool {
    for row in targets.indices {
      let start = row * others.count
      guard
        operation(numbers[start + first], numbers[start + second])
          .isSame(as: targets[row], decimals: decimals)
      else { return false }
    }
    return true
  }

  /// Whether the sum of some columns is the target in the rows at hand.
  func matchesSum(of places: ArraySlice<Int>) -> Bool {
    targets.indices.allSatisfy { row in
      let start = row * others.count
      return places.dropFirst().reduce(numbers[start + places.first!]) { $0 + numbers[start + $1] }
        .isSame(as: targets[row], decimals: decimals)
    }
  }
}

/// Limits on the search for rules, so that time grows with the number of columns and not with its square.
///
/// All pairs of up to 1,000 columns are compared. With more columns, each is paired with the nearest on either side: a million
/// divided by the number of columns, but at least 256. Up to 10,000 pairs that obey a rule in the sampled rows are checked in all
/// rows, and up to 256 rules of each form are proposed.
enum CandidateLimits {
  static let mostCandidates = 10_000
  static let mostRules = 256

  private static let mostPairs = 1_000_000
  private static let leastReach = 256
  /// Rows times pairs of columns that are looked at ...
  private static let mostComparisons = 200_000_000
  /// ... but this many rows in any case: most pairs break a rule in the first of them.
  private static let minimumRows = 64

  /// How far apart two columns of a pair may be, counted in columns that can be paired.
  static func reach(columnCount: Int) -> Int { max(leastReach, mostPairs / max(1, columnCount)) }

  /// The number of sampled rows in which a number of pairs is compared.
  static func rowCount(of sample: NumberSample, pairCount: Int) -> Int {
    min(sample.rowCount, max(minimumRows, mostComparisons / max(1, pairCount)))
  }
}
