import Tables

/// Rules and formulas that were not given but found: they hold in every row of the training data, and so in every drawn row.
public struct FoundRules: Codable, Equatable, Sendable {
  /// Rules that every drawn row obeys.
  public private(set) var constraints: [Constraint] = []
  /// Columns that are computed from others.
  public private(set) var derivations: [Derivation] = []

  /// No rules.
  public init() {}

  /// Whether nothing was found.
  public var isEmpty: Bool { constraints.isEmpty && derivations.isEmpty }

  /// The text forms.
  public var descriptions: [String] {
    derivations.map(\.description) + constraints.map(\.description)
  }

  /// Finds what agrees with the rules and formulas that are given. Columns that these name are not derived, and their combinations
  /// are not restricted further. A column with a given range is not compared with others, which would move it out of its range.
  ///
  /// - Parameters:
  ///   - key: the column whose values identify people.
  ///   - agree: whether rules do not contradict each other.
  /// - Throws: errors of reading.
  init<Rows, Sample>(
    _ search: RuleSearch<Rows, Sample>, beside given: ReadingOptions, key: String?,
    agree: ([Constraint]) -> Bool
  ) throws {
    let formulas = given.derivations.flatMap { [$0.column] + $0.formula.columns }
    let named = Set(given.constraints.flatMap(\.columns) + formulas + (key.map { [$0] } ?? []))
    derivations = try search.derivations(isLearnt: named.contains)
    // Numbers as distances to others are learnt less well than by themselves.
    let dates = Set(
      zip(search.profile.columns, search.kinds).filter { $1?.isTemporal ?? false }.map(\.0.name))
    let ranged = Set(given.constraints.lazy.filter(\.isRange).flatMap(\.columns))
    var combined = Set(given.constraints.lazy.filter(\.isCombining).flatMap(\.columns))
    let proposed = try search.constraints(beside: given.derivations + derivations)
    let separate = proposed.filter { rule in
      let isGiven = given.constraints.contains { Set($0.columns).isSuperset(of: rule.columns) }
      guard !isGiven, rule.isCombining else {
        return !isGiven && ranged.isDisjoint(with: rule.columns)
          && rule.columns.allSatisfy(dates.contains)
      }
      // Rules that share columns may together have more combinations than can be kept.
      guard combined.isDisjoint(with: rule.columns) else { return false }
      combined.formUnion(rule.columns)
      return true
    }
    constraints = Constraint.consistent(separate, beside: given.constraints, agree: agree)
  }

  /// Removes rules that cannot be kept beside the given ones.
  mutating func remove(_ rules: [Constraint]) { constraints.removeAll(where: rules.contains) }
}

extension KindDetection {
  fileprivate var isTemporal: Bool { if case .temporal = format { true } else { false } }
}

extension Constraint {
  fileprivate var isRange: Bool { if case .range = condition { true } else { false } }

  /// Whether the rule is about combinations of values, and not about ranges.
  fileprivate var isCombining: Bool {
    switch condition {
    case .fixedCombinations, .oneHot, .atMostOne: true
    case .inequality, .range: false
    }
  }
}
