import NN

/// Which values of the training data may enter the model. This type holds every threshold.
///
/// A value is kept only where enough privacy units share it. A privacy unit is a row or, in a table with a key, all rows with
/// the same key.
public struct DisclosurePolicy: Codable, Equatable, Sendable {
  /// The column whose distinct values are counted; nil counts rows.
  public var key: String?
  private var threshold: Threshold

  private enum Threshold: Codable, Equatable, Sendable {
    /// Five, six or seven units, drawn for each column, so that nobody who knows the rule can infer which values just failed it.
    case drawn(seed: UInt64)
    /// The same for all columns.
    case fixed(ColumnPolicy)
  }

  /// The fewest rows of a table.
  public static let minimumTableRows = minimumValues
  /// The numbers of units that a column's minimum is drawn from.
  static let drawnMinimum = 5...7
  /// The fewest values of a column that is not masked.
  package static let minimumValues = 20
  /// The default of ``minimumCombinationRows``.
  static let minimumCombinationRows = drawnMinimum.upperBound
  /// The default of ``minimumJointRows``.
  package static let minimumJointRows = drawnMinimum.lowerBound

  /// The standard policy.
  ///
  /// - Parameters:
  ///   - seed: the minimum of each column is drawn from it.
  ///   - key: the column whose distinct values are counted; nil counts rows.
  public init(seed: UInt64 = 1, key: String? = nil) {
    threshold = .drawn(seed: seed)
    self.key = key
  }

  /// The same policy for all columns.
  package init(everyColumn policy: ColumnPolicy, key: String? = nil) {
    threshold = .fixed(policy)
    self.key = key
  }

  /// No protection: every value may enter the model.
  public static let none = DisclosurePolicy(everyColumn: .none)

  /// Whether values are protected at all.
  public var protectsValues: Bool { threshold != .fixed(.none) }

  /// The policy of one column of the table.
  package func column(_ index: Int) -> ColumnPolicy {
    switch threshold {
    case .fixed(let policy): policy
    case .drawn(let seed):
      ColumnPolicy(
        minimumRows: DisclosurePolicy.drawnMinimum.lowerBound
          + Philox(seed: seed, purpose: .protection).below(
            DisclosurePolicy.drawnMinimum.count, UInt64(index), 0))
    }
  }

  /// The fewest units of a count over two columns.
  public var minimumJointRows: Int { min(DisclosurePolicy.minimumJointRows, fixedMinimum ?? .max) }

  /// The fewest units that share a combination of values that a rule allows.
  public var minimumCombinationRows: Int {
    fixedMinimum ?? DisclosurePolicy.minimumCombinationRows
  }

  private var fixedMinimum: Int? {
    if case .fixed(let policy) = threshold { policy.minimumRows } else { nil }
  }
}

/// The part of a ``DisclosurePolicy`` for one column.
package struct ColumnPolicy: Codable, Equatable, Sendable {
  /// The fewest units that share a kept category or single value. Numbers are cut off where fewer units lie at or beyond them.
  package let minimumRows: Int
  /// A column with fewer values is masked: none of them is kept.
  private let minimumValues: Int

  package init(minimumRows: Int, minimumValues: Int = DisclosurePolicy.minimumValues) {
    self.minimumRows = minimumRows
    self.minimumValues = minimumValues
  }

  /// Every value is kept.
  package static let none = ColumnPolicy(minimumRows: 1, minimumValues: 0)

  /// Whether a column with a number of values is masked.
  ///
  /// - Parameter unitCount: the privacy units of the rows with a value, in a table with a key.
  package func masks(_ valueCount: Int, unitCount: Int? = nil) -> Bool {
    min(valueCount, unitCount ?? valueCount) < minimumValues
  }
}
