/// Bounds on what is looked at to propose rules, so that time grows with the number of columns and not with its square.
///
/// All pairs of up to 1,000 columns are looked at. Of more, each is paired with the nearest on either side, a million divided by
/// the number of columns but at least 256. Of the pairs that obey a rule in the sampled rows 10,000 are checked in all rows, and
/// of each form of rule 256 are proposed.
enum CandidateLimits {
  static let mostCandidates = 10_000
  static let mostRules = 256

  private static let mostPairs = 1_000_000
  private static let leastReach = 256
  /// Rows times pairs of columns that are looked at ...
  private static let mostComparisons = 200_000_000
  /// ... but so many rows in any case: most pairs break a rule in the first of them.
  private static let leastRows = 64

  /// How far apart two columns of a pair may be, counted in columns that can be paired.
  static func reach(columnCount: Int) -> Int { max(leastReach, mostPairs / max(1, columnCount)) }

  /// The rows of a sample that so many pairs are compared in.
  static func rowCount(of sample: NumberSample, pairCount: Int) -> Int {
    min(sample.rowCount, max(leastRows, mostComparisons / max(1, pairCount)))
  }
}
