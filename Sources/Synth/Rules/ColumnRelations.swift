/// The order of columns by inequalities, including implied ones: a <= b and b <= c imply a <= c, which also holds if b is missing.
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
    /// The most strict inequalities on a path from the lower column to the upper: the number of columns or steps between them.
    package let strictCount: Int
    /// Indices of the rules that it follows from, from the lower column to the upper.
    package let rules: [Int]

    package var isStrict: Bool { strictCount > 0 }
  }

  /// Every pair of columns once, strict where any way between them is; by lower and upper column.
  package let all: [Relation]

  init(_ inequalities: [Inequality]) {
    let byLower = Dictionary(grouping: inequalities, by: \.lower)
    let relations = byLower.keys.sorted().flatMap {
      ColumnRelations.relations(above: $0, byLower)
    }
    // Cycles are refused; counting on a cycle would not end.
    let isCyclic = relations.contains { $0.lower == $0.upper }
    var counter = StrictCounter(inequalities: byLower)
    all = relations.map {
      isCyclic
        ? $0
        : Relation(
          lower: $0.lower, upper: $0.upper,
          strictCount: counter.count(from: $0.lower, to: $0.upper) ?? 0, rules: $0.rules)
    }
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
        Relation(lower: lower, upper: upper, strictCount: strict == nil ? 0 : 1, rules: $0)
      }
    }
  }
}

/// Finds the longest ways between columns that no cycle joins.
private struct StrictCounter {
  private struct Ends: Hashable {
    let lower: Int
    let upper: Int
  }

  private let inequalities: [Int: [ColumnRelations.Inequality]]
  private var counts: [Ends: Int?] = [:]

  init(inequalities: [Int: [ColumnRelations.Inequality]]) { self.inequalities = inequalities }

  /// The most strict inequalities on a path; nil if there is no path.
  mutating func count(from lower: Int, to upper: Int) -> Int? {
    if lower == upper { return 0 }
    let ends = Ends(lower: lower, upper: upper)
    if let count = counts[ends] { return count }
    var most: Int?
    for inequality in inequalities[lower] ?? [] {
      guard let rest = count(from: inequality.upper, to: upper) else { continue }
      most = max(most ?? 0, rest + (inequality.isStrict ? 1 : 0))
    }
    counts[ends] = most
    return most
  }
}
