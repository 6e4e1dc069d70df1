import Tables

/// Rules about the columns of one table that do not contradict each other.
package struct ConstraintSet: Sendable {
  /// Columns, by their places in the table, whose values come in certain combinations only.
  struct Combination {
    let columns: [Int]
    /// The index of the rule.
    let rule: Int
  }

  /// What values of an ordered column are. Only values of one quantity can be compared.
  package enum Quantity: Sendable {
    case number
    /// A date or a timestamp.
    case date
    case timeOfDay
  }

  package let constraints: [Constraint]
  /// What inequalities say about pairs of columns, by way of others too.
  package let relations: ColumnRelations
  /// For each column the numbers that it may have: those of its ranges that also leave room for the columns below and above
  /// it in theirs.
  package let intervals: [Interval]
  /// The fixed combinations and one-hot rules.
  let combinations: [Combination]

  /// Checks rules against each other and the table.
  ///
  /// - Parameters:
  ///   - columnNames: those of the table.
  ///   - quantity: that of a column, by its place; nil for a column without an order.
  ///   - number: what an end of a range means in a column, as a number; nil where it means nothing.
  /// - Throws: ``ConstraintError``.
  package init(
    _ constraints: [Constraint], columnNames: [String],
    quantity: (Int) -> Quantity? = { _ in .number },
    number: (String, Int) -> Double? = { text, _ in plainNumber(text) }
  ) throws(ConstraintError) {
    self.constraints = constraints
    try ConstraintSet.checkNames(constraints)
    let places = Dictionary(zip(columnNames, columnNames.indices)) { first, _ in first }
    var inequalities: [ColumnRelations.Inequality] = []
    var combinations: [Combination] = []
    var bounds = ColumnBounds(columnCount: columnNames.count)
    for (rule, constraint) in constraints.enumerated() {
      try constraint.checkShape()
      let label = constraint.label
      var columns: [Int] = []
      for name in constraint.columns {
        guard let place = places[name] else {
          throw .unknownColumn(
            name: name, rule: label, nearest: nearestName(to: name, among: columnNames))
        }
        columns.append(place)
      }
      switch constraint.condition {
      case .fixedCombinations, .oneHot, .atMostOne:
        combinations.append(Combination(columns: columns, rule: rule))
        continue
      case .inequality(_, _, let isStrict):
        inequalities.append(
          ColumnRelations.Inequality(
            lower: columns[0], upper: columns[1], isStrict: isStrict, rule: rule))
      case .range(let name, let lower, let upper):
        func end(_ text: String?) throws(ConstraintError) -> Double? {
          guard let text else { return nil }
          guard let number = number(text, columns[0]), number.isFinite else {
            throw .value(text, column: name, rule: label)
          }
          return number
        }
        bounds.add(
          column: columns[0], lower: try end(lower), upper: try end(upper), rule: rule)
      }
      if let unordered = columns.first(where: { quantity($0) == nil }) {
        throw .unordered(column: columnNames[unordered], rule: label)
      }
      if quantity(columns[0]) != quantity(columns[columns.count - 1]) {
        throw .differentUnits(
          lower: columnNames[columns[0]], upper: columnNames[columns[1]], rule: label)
      }
    }
    relations = ColumnRelations(inequalities)
    self.combinations = combinations
    try ConstraintSet.checkCycles(relations, constraints, columnNames)
    bounds.propagate(relations)
    if let rules = bounds.contradiction {
      throw .contradiction(rules: ConstraintSet.labels(of: rules, in: constraints))
    }
    intervals = bounds.intervals
    try checkCombinations(columnNames)
    try checkTruthValues(bounds)
  }

  /// A number as tables spell it.
  package static func plainNumber(_ text: String) -> Double? {
    var text = text
    return text.withUTF8 { parseNumber($0)?.value }
  }

  /// The columns before one that bound it: those that it is at least, and those that it is at most.
  package func bases(
    of column: Int
  ) -> (lower: [ColumnRelations.Relation], upper: [ColumnRelations.Relation]) {
    (
      relations.all.filter { $0.upper == column && $0.lower < column },
      relations.all.filter { $0.lower == column && $0.upper < column }
    )
  }

  /// What messages call some rules, each once.
  static func labels(of rules: [Int], in constraints: [Constraint]) -> [String] {
    var seen: Set<String> = []
    return Set(rules).sorted().map { constraints[$0].label }.filter { seen.insert($0).inserted }
  }

  // MARK: Checks

  private static func checkNames(_ constraints: [Constraint]) throws(ConstraintError) {
    var names: Set<String> = []
    for name in constraints.compactMap(\.name) where !names.insert(name).inserted {
      throw .duplicateName(name)
    }
  }

  /// Refuses inequalities that lead from a column back to it.
  private static func checkCycles(
    _ relations: ColumnRelations, _ constraints: [Constraint], _ columnNames: [String]
  ) throws(ConstraintError) {
    let cycles = relations.all.filter { $0.lower == $0.upper }
    guard let cycle = cycles.first(where: \.isStrict) ?? cycles.first else { return }
    let rules = labels(of: cycle.rules, in: constraints)
    if cycle.isStrict { throw .contradiction(rules: rules) }
    let columns = Set(cycle.rules.flatMap { constraints[$0].columns })
    throw .forcedEquality(rules: rules, columns: columnNames.filter(columns.contains))
  }

  /// Refuses columns that are bound by earlier ones and combined with others.
  private func checkCombinations(_ columnNames: [String]) throws(ConstraintError) {
    for combination in combinations {
      let columns = Set(combination.columns)
      if let relation = relations.all.first(where: { columns.contains(max($0.lower, $0.upper)) }) {
        throw .boundAndCombined(
          column: columnNames[max(relation.lower, relation.upper)],
          bound: ConstraintSet.labels(of: relation.rules, in: constraints),
          combined: constraints[combination.rule].label)
      }
    }
  }

  /// Refuses one-hot rules that no row can obey.
  private func checkTruthValues(_ bounds: ColumnBounds) throws(ConstraintError) {
    let truthValues = combinations.compactMap { combination -> RuledDiagram? in
      guard let isNeeded = constraints[combination.rule].needsTrue else { return nil }
      let codes = combination.columns.map { column in
        [0, 1].map { intervals[column].contains(Double($0)) ? $0 == 1 : nil }
      }
      return RuledDiagram(
        diagram: DecisionDiagram(
          oneOf: combination.columns, isTrue: codes, isNeeded: isNeeded),
        rules: [combination.rule])
    }
    do {
      _ = try RuledDiagram.joined(truthValues)
    } catch {
      switch error {
      case .noCombination(let rules):
        let columns = combinations.filter { rules.contains($0.rule) }.flatMap(\.columns)
        let all = rules + columns.flatMap(bounds.rulesAgainstTruthValues)
        throw .contradiction(rules: ConstraintSet.labels(of: all, in: constraints))
      case .tooManyStates(let rules):
        throw .tooManyCombinations(rules: ConstraintSet.labels(of: rules, in: constraints))
      }
    }
  }
}

extension Constraint {
  /// For one-hot rules whether one of the columns has to be true; nil for others.
  var needsTrue: Bool? {
    switch condition {
    case .oneHot: true
    case .atMostOne: false
    default: nil
    }
  }
}
