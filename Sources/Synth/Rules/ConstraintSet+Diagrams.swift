import Tables

extension ConstraintSet {
  /// The codes that fixed combinations, one-hot rules and linked parts allow, as diagrams of which no two share a column.
  ///
  /// - Parameters:
  ///   - columns: those of the model.
  ///   - table: the training data.
  ///   - parts: the model's columns that each column of the table has become.
  ///   - linked: parts of which only some combinations make a value: those that some row has.
  ///   - minimumRows: the fewest rows, or keys where the table has one, that must share a combination.
  ///   - optional: rules that are dropped where no row can obey them. They share no columns with others.
  /// - Throws: ``ConstraintError``.
  func diagrams(
    columns: [ColumnEncoder], table: EncodedTable, parts: [Range<Int>], linked: [Range<Int>],
    minimumRows: Int, optional: Set<Constraint> = []
  ) throws(ConstraintError) -> (diagrams: [DecisionDiagram], dropped: [Constraint]) {
    var (diagrams, dropped): ([RuledDiagram], [Constraint]) = ([], [])
    var combined = Set<Int>()
    for combination in combinations {
      let rule = constraints[combination.rule]
      let places = combination.columns.map { parts[$0] }
      let diagram: DecisionDiagram
      do {
        diagram = try self.diagram(of: rule, places, columns, table, minimumRows: minimumRows)
      } catch {
        guard optional.contains(rule) else { throw error }
        dropped.append(rule)
        continue
      }
      if rule.needsTrue == nil { combined.formUnion(places.joined()) }
      diagrams.append(RuledDiagram(diagram: diagram, rules: [combination.rule]))
    }
    for parts in linked where combined.isDisjoint(with: parts) {
      let diagram = table.diagram(of: Array(parts), columns, minimumRows: 1)
      diagrams.append(RuledDiagram(diagram: diagram, rules: []))
    }
    do {
      return (try RuledDiagram.joined(diagrams), dropped)
    } catch {
      switch error {
      case .noCombination(let rules):
        throw .noCombination(
          rules: ConstraintSet.labels(of: rules, in: constraints), minimumRows: minimumRows)
      case .tooManyStates(let rules):
        throw .tooManyCombinations(rules: ConstraintSet.labels(of: rules, in: constraints))
      }
    }
  }

  /// The codes that one rule allows.
  ///
  /// - Parameter parts: the model's columns that each column of the rule has become.
  private func diagram(
    of rule: Constraint, _ parts: [Range<Int>], _ columns: [ColumnEncoder], _ table: EncodedTable,
    minimumRows: Int
  ) throws(ConstraintError) -> DecisionDiagram {
    let diagram: DecisionDiagram?
    if let isNeeded = rule.needsTrue {
      var isTrue: [[Bool?]] = []
      for (name, parts) in zip(rule.columns, parts) {
        guard parts.count == 1, let codes = columns[parts.lowerBound].truthOfCodes else {
          throw .notBinary(column: name, rule: rule.label)
        }
        isTrue.append(codes)
      }
      diagram = DecisionDiagram(
        oneOf: parts.map(\.lowerBound), isTrue: isTrue, isNeeded: isNeeded)
    } else {
      for (name, parts) in zip(rule.columns, parts) where parts.isEmpty {
        throw .notLearnt(column: name, rule: rule.label)
      }
      diagram = table.diagram(
        of: Set(parts.joined()).sorted(), columns, minimumRows: minimumRows)
    }
    guard let diagram else {
      throw .noCombination(rules: [rule.label], minimumRows: minimumRows)
    }
    return diagram
  }
}

extension EncodedTable {
  /// The combinations that some columns have in enough rows; nil if there is none.
  fileprivate func diagram(
    of columns: [Int], _ encoders: [ColumnEncoder], minimumRows: Int
  ) -> DecisionDiagram? {
    DecisionDiagram(
      columns: columns,
      combinations: combinations(
        of: columns.map { ($0, encoders[$0].vocabularySize) },
        suppressed: columns.map { encoders[$0].suppressedCode }, minimumRows: minimumRows))
  }
}

extension ColumnEncoder {
  private static let truths: Set = ["true", "yes", "t", "y"]
  private static let falsehoods: Set = ["false", "no", "f", "n"]

  /// Whether a text says that something is so.
  static func isTrue(_ text: String) -> Bool { truths.contains(text.lowercased()) }

  /// For every code whether it stands for true; nil for codes that are not drawn. Missing and rare values are not true.
  ///
  /// nil for a column of other values than 0 and 1, or true and false.
  fileprivate var truthOfCodes: [Bool?]? {
    var isTrue = [Bool?](repeating: false, count: vocabularySize)
    switch kind {
    case .number(let number):
      guard number.edges.isEmpty, number.delta == nil else { return nil }
      for (code, unit) in number.spikes.enumerated() {
        let value = number.unit.value(unit)
        guard value == 0 || value == 1 else { return nil }
        isTrue[code] = value == 1
      }
    case .category(let category):
      for (code, level) in category.levels.enumerated() {
        guard case .text(let text) = level else { return nil }
        isTrue[code] = ColumnEncoder.isTrue(text)
        guard isTrue[code] == true || ColumnEncoder.falsehoods.contains(text.lowercased()) else {
          return nil
        }
      }
    }
    if let suppressedCode { isTrue[suppressedCode] = nil }
    return isTrue
  }
}
