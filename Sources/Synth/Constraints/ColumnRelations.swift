/// Which columns inequalities put below which, also by way of others: of a <= b and b <= c follows a <= c, which says more than
/// both where b is missing.
package struct ColumnRelations: Sendable {
  /// An inequality between two columns, given by their places in the table.
  struct Inequality {
    let lower: Int
    let upper: Int
    let isStrict: Bool
    /// The index of the rule.
    let rule: Int
  }

  package struct Relation: Equatable, Sendable {
    package let lower: Int
    package let upper: Int
    package let isStrict: Bool
    /// Indices of the rules that it follows from, from the lower column to the upper.
    package let rules: [Int]
  }

  /// Every pair of columns once, strict where any way between them is; by lower and upper column.
  package let all: [Relation]

  init(_ inequalities: [Inequality]) {
    let byLower = Dictionary(grouping: inequalities, by: \.lower)
    all = byLower.keys.sorted().flatMap { ColumnRelations.relations(above: $0, byLower) }
  }

  /// A column, and whether the way there was strict.
  private struct Place: Hashable {
    let column: Int
    let isStrict: Bool
  }

  /// What follows for one lower column: a search in breadth, so that the ways are short.
  private static func relations(
    above lower: Int, _ inequalities: [Int: [Inequality]]
  ) -> [Relation] {
    var rules: [Place: [Int]] = [:]
    var frontier = [(place: Place(column: lower, isStrict: false), rules: [Int]())]
    while !frontier.isEmpty {
      var next: [(place: Place, rules: [Int])] = []
      for (place, way) in frontier {
        for inequality in inequalities[place.column] ?? [] {
          let reached = Place(
            column: inequality.upper, isStrict: place.isStrict || inequality.isStrict)
          guard rules[reached] == nil else { continue }
          rules[reached] = way + [inequality.rule]
          next.append((reached, way + [inequality.rule]))
        }
      }
      frontier = next
    }
    return Set(rules.keys.map(\.column)).sorted().compactMap { upper in
      let strict = rules[Place(column: upper, isStrict: true)]
      let way = strict ?? rules[Place(column: upper, isStrict: false)]
      return way.map {
        Relation(lower: lower, upper: upper, isStrict: strict != nil, rules: $0)
      }
    }
  }
}
