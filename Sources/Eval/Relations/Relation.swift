/// A relation between columns that nearly all training rows keep.
public struct Relation: Codable, Sendable, Equatable {
  public enum Kind: String, Codable, Sendable {
    /// The first column is the second plus the third, within the tolerance.
    case sum
    /// The first column is the second times the third, within the tolerance.
    case product
    /// Both columns are equal, within the tolerance.
    case equality
    /// The first column is at most the second.
    case order
    /// The first column's value determines the second's.
    case dependency
  }

  public var kind: Kind
  /// The names of two or three columns.
  public var columns: [String]
  /// In the unit of the first column: numbers as they are, days of dates, minutes of times; 0 where values agree exactly.
  public var tolerance: Double

  /// The relation in short: `c = a + b ±5`.
  public var text: String {
    let within = tolerance > 0 ? " ±\(spelled(tolerance))" : ""
    return switch kind {
    case .sum: "\(columns[0]) = \(columns[1]) + \(columns[2])\(within)"
    case .product: "\(columns[0]) = \(columns[1]) × \(columns[2])\(within)"
    case .equality: "\(columns[0]) = \(columns[1])\(within)"
    case .order: "\(columns[0]) ≤ \(columns[1])"
    case .dependency: "\(columns[0]) → \(columns[1])"
    }
  }
}

/// How many rows keep a relation, of those that have a value in all of its columns.
public struct RelationFigures: Codable, Sendable, Equatable {
  public var relation: Relation
  /// The share of the training rows; for a dependency that of rows which the values were not learnt from.
  public var training: Double
  /// The share that a shuffled column would leave.
  public var chance: Double
  /// The share of the holdout's rows; nil without any.
  public var holdout: ConfidenceInterval?
  /// The share of the synthetic rows; nil where no row has all values.
  public var synthetic: ConfidenceInterval?
  /// The holdout's share, or that of the training rows without a holdout, less the synthetic one.
  public var lost: ConfidenceInterval?
}

/// The relations of a table and how well they are kept.
public struct RelationsFigures: Codable, Sendable, Equatable {
  /// Those that synthetic rows break most often compared with real ones first.
  public var relations: [RelationFigures]
  /// The columns of numbers, dates or times that were combined, ...
  public var combinedCount: Int
  /// ... of as many.
  public var quantityCount: Int
}

/// The rows of a table that keep a relation, of those that have all values.
struct RelationCount: Equatable {
  var kept = 0
  var known = 0

  var share: Double { known > 0 ? Double(kept) / Double(known) : 0 }

  var interval: ConfidenceInterval? {
    known > 0 ? ConfidenceInterval(share: share, ofTrials: Double(known)) : nil
  }

  mutating func add(_ isKept: Bool) {
    known += 1
    if isKept { kept += 1 }
  }
}

/// What makes a relation worth reporting.
enum RelationLimits {
  /// The share of training rows that keep it, at least.
  static let minimumShare = 0.95
  /// Rows that have all values, at least: so many, ...
  static let minimumRows = 50
  /// ... and this share of the training rows.
  static let minimumKnownShare = 0.05
  /// The share that a shuffled column breaks, at least.
  static let minimumChanceBroken = 0.02
  /// A shuffled column breaks the relation so many times as often.
  static let chanceFactor = 4.0
  /// Columns of quantities that are combined.
  static let quantityLimit = 100
  /// Relations of one kind that are reported.
  static let relationLimit = 50

  /// Whether the rows of a relation are many, nearly all keep it, and chance alone would leave clearly fewer.
  static func isWorthReporting(_ count: RelationCount, chance: Double, of rowCount: Int) -> Bool {
    isKnownEnough(count, of: rowCount) && count.share >= minimumShare
      && isBeyondChance(count.share, chance)
  }

  /// Whether enough of all rows have all values.
  static func isKnownEnough(_ count: RelationCount, of rowCount: Int) -> Bool {
    count.known >= minimumRows && Double(count.known) >= minimumKnownShare * Double(rowCount)
  }

  static func isBeyondChance(_ share: Double, _ chance: Double) -> Bool {
    1 - chance >= max(minimumChanceBroken, chanceFactor * (1 - share))
  }
}

/// Rejects a relation as soon as the rows that have been read speak against it.
package struct RelationScreen: Sendable {
  /// So many standard deviations of a count of rows are left to chance.
  static let deviations = 4.0

  private let rowCount: Int
  /// For a number of rows that have all values, how many of them may break a relation that nearly all rows keep.
  private let limits: [Int]

  package init(rowCount: Int) {
    self.rowCount = rowCount
    let share = 1 - RelationLimits.minimumShare
    limits = (0...rowCount).map { known in
      let expected = share * Double(known)
      // The normal approximation is too narrow for the first rows.
      return Int(expected + Self.deviations * (1 + (expected * (1 - share)).squareRoot()))
    }
  }

  /// Whether enough rows have all values and nearly all of them keep the relation.
  /// - Parameter isKept: Whether a row keeps it; nil if the row lacks a value.
  @inline(__always)
  package func isPassed(_ isKept: (Int) -> Bool?) -> Bool {
    var count = RelationCount()
    for row in 0..<rowCount {
      guard let isKept = isKept(row) else { continue }
      count.add(isKept)
      if !isKept, count.known - count.kept > limits[count.known] { return false }
    }
    return count.share >= RelationLimits.minimumShare
      && RelationLimits.isKnownEnough(count, of: rowCount)
  }

  /// The share of all rows that may keep a relation, given the count in some.
  static func largestShare(_ count: RelationCount) -> Double {
    let broken = 1 - count.share
    let error = (broken * (1 - broken) / Double(max(count.known, 1))).squareRoot()
    return min(count.share + deviations * error, 1)
  }
}
