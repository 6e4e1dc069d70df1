import Foundation
import Tables

/// A rule that some rows of the training data break: drawn rows obey it.
public struct BrokenConstraint: Equatable, Sendable {
  /// The rule.
  public let constraint: Constraint
  /// The rows that break it.
  public let rows: Int
  /// The first of them, counted from 1.
  public let firstRow: Int
  /// All rows of the training data.
  public let rowCount: Int

  /// The share of rows that may break a rule that is not forced.
  fileprivate static let mostShare = 0.05

  fileprivate var share: Double { Double(rows) / Double(rowCount) }
}

extension BrokenConstraint: CustomStringConvertible {
  /// How many rows break the rule, and where the first stands. Values are not shown.
  public var description: String {
    "The rule '\(constraint.label)' is broken by \(rows) of \(rowCount) rows "
      + String(format: "(%.3g %%), first by row \(firstRow)", 100 * share)
  }
}

extension TableSurvey {
  /// Counts the rows that break some rules. Fixed combinations are those of the table and never broken.
  ///
  /// - Parameter isForced: whether rules are kept however many rows break them.
  /// - Returns: the rules that some rows break.
  /// - Throws: ``ConstraintError/oftenBroken(_:)``, and what reading throws.
  func broken(_ constraints: [Constraint], isForced: Bool) throws -> [BrokenConstraint] {
    let checks = try constraints.compactMap { rule -> (rule: Constraint, check: RowCheck)? in
      let columns = rule.columns.map { rows.columnNames.firstIndex(of: $0)! }
      let check = RowCheck(
        rule.condition, columns: columns, kinds: columns.map { kinds[$0] },
        interval: try rules([rule]).intervals[columns[0]])
      return check.map { (rule, $0) }
    }
    if checks.isEmpty { return [] }
    var broken = checks.map { _ in (rows: 0, first: 0) }
    try rows.forEachBatch { batch in
      for (index, (_, check)) in checks.enumerated() {
        for row in 0..<batch.rowCount where !check.holds(batch, row) {
          if broken[index].rows == 0 { broken[index].first = batch.firstRow + row + 1 }
          broken[index].rows += 1
        }
      }
    }
    return try zip(checks, broken).compactMap { check, broken in
      let found = BrokenConstraint(
        constraint: check.rule, rows: broken.rows, firstRow: broken.first,
        rowCount: profile.rowCount)
      if !isForced, found.share > BrokenConstraint.mostShare {
        throw ConstraintError.oftenBroken(found)
      }
      return found.rows > 0 ? found : nil
    }
  }
}

/// Whether a row of a table obeys a rule.
private struct RowCheck {
  private enum Form {
    /// The first column is below the second; dates are compared in parts of a day that both have.
    case inequality(isStrict: Bool, partsPerDay: Double?)
    case range(Interval)
    case trueCount(ClosedRange<Int>)
  }

  private let form: Form
  private let columns: [Int]
  private let kinds: [KindDetection?]

  /// nil for rules that no row of the table can break.
  ///
  /// - Parameters:
  ///   - columns: the places of the rule's columns.
  ///   - kinds: what these are.
  ///   - interval: the numbers that the rule allows its first column.
  init?(
    _ condition: Constraint.Condition, columns: [Int], kinds: [KindDetection?], interval: Interval
  ) {
    switch condition {
    case .fixedCombinations: return nil
    case .inequality(_, _, let isStrict):
      form = .inequality(
        isStrict: isStrict, partsPerDay: kinds.compactMap { $0?.partsPerDay }.min())
    case .range: form = .range(interval)
    case .oneHot: form = .trueCount(1...1)
    case .atMostOne: form = .trueCount(0...1)
    }
    self.columns = columns
    self.kinds = kinds
  }

  func holds(_ batch: ColumnBatch, _ row: Int) -> Bool {
    switch form {
    case .inequality(let isStrict, let partsPerDay):
      guard let lower = number(0, batch, row), let upper = number(1, batch, row) else {
        return true
      }
      func part(_ days: Double) -> Double {
        // A part's fraction of a day is not exact.
        partsPerDay.map { (days * $0 + 1e-6).rounded(.down) } ?? days
      }
      return isStrict ? part(lower) < part(upper) : part(lower) <= part(upper)
    case .range(let interval): return number(0, batch, row).map(interval.contains) ?? true
    case .trueCount(let counts):
      return counts.contains(columns.indices.count { isTrue($0, batch, row) })
    }
  }

  private func number(_ index: Int, _ batch: ColumnBatch, _ row: Int) -> Double? {
    let column = columns[index]
    return batch.isMissing(row, column) ? nil : kinds[index]?.number(batch[row, column])
  }

  private func isTrue(_ index: Int, _ batch: ColumnBatch, _ row: Int) -> Bool {
    if let number = number(index, batch, row) { return number == 1 }
    let column = columns[index]
    return !batch.isMissing(row, column)
      && ColumnEncoder.isTrue(String(decoding: batch[row, column], as: UTF8.self))
  }
}

extension KindDetection {
  /// The parts of a day that dates have; nil for numbers.
  fileprivate var partsPerDay: Double? {
    if case .temporal(let format) = format { Double(format.ticksPerDay) } else { nil }
  }
}
