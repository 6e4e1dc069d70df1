import Foundation

/// Whether rows speak for a rule, or unrelated columns would obey it too.
enum RuleEvidence {
  /// The fewest privacy units that a rule says something about.
  static let minimumUnits = 20
  /// Nats that must speak against chance. Of a million unrelated pairs of columns, one in five hundred tables would have a rule.
  private static let leastNats = 20.0

  /// Whether a rule that no row breaks cannot be due to chance.
  ///
  /// - Parameters:
  ///   - chance: the probability that a row obeys the rule although its columns are unrelated.
  ///   - unitCount: privacy units: rows, or keys, because rows of one key are often alike.
  static func isOverwhelming(chance: Double, unitCount: Int) -> Bool {
    isOverwhelming(nats: -log(chance) * Double(unitCount))
  }

  /// - Parameter nats: the negative logarithm of the probability that all rows obey the rule although its columns are unrelated.
  static func isOverwhelming(nats: Double) -> Bool { nats >= leastNats }
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
