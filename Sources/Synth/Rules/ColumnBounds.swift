/// The ranges that rules give columns, and the rules that their ends come from.
struct ColumnBounds {
  /// Numbers that a column may have.
  private(set) var intervals: [Interval]
  /// Indices of the rules that a column's ends come from.
  private var rules: [(lower: [Int], upper: [Int])]

  init(columnCount: Int) {
    intervals = Array(repeating: Interval(), count: columnCount)
    rules = Array(repeating: ([], []), count: columnCount)
  }

  /// Adds a range.
  mutating func add(column: Int, lower: Double?, upper: Double?, rule: Int) {
    if let lower { raise(column, to: .init(value: lower, isStrict: false), rules: [rule]) }
    if let upper { cut(column, to: .init(value: upper, isStrict: false), rules: [rule]) }
  }

  /// Narrows each column to leave room for the columns below and above it. Then rules contradict each other only if a
  /// column is left with nothing.
  mutating func propagate(_ relations: ColumnRelations) {
    let own = self
    for relation in relations.all {
      var (floor, ceiling) = (
        own.intervals[relation.lower].lower, own.intervals[relation.upper].upper
      )
      if floor.value.isFinite {
        floor.isStrict = relation.isStrict
        raise(relation.upper, to: floor, rules: own.rules[relation.lower].lower + relation.rules)
      }
      if ceiling.value.isFinite {
        ceiling.isStrict = relation.isStrict
        cut(relation.lower, to: ceiling, rules: own.rules[relation.upper].upper + relation.rules)
      }
    }
  }

  /// Indices of the rules that leave a column nothing; nil where every column has some numbers.
  var contradiction: [Int]? {
    intervals.firstIndex { $0.isEmpty }.map { rules[$0].lower + rules[$0].upper }
  }

  /// Indices of the rules that keep a column from being 0 or 1.
  func rulesAgainstTruthValues(_ column: Int) -> [Int] {
    let interval = intervals[column]
    return (interval.lower.value >= 0 ? rules[column].lower : [])
      + (interval.upper.value <= 1 ? rules[column].upper : [])
  }

  private mutating func raise(_ column: Int, to end: Interval.End, rules: [Int]) {
    let before = intervals[column].lower
    intervals[column].intersect(atLeast: end)
    if intervals[column].lower != before { self.rules[column].lower = rules }
  }

  private mutating func cut(_ column: Int, to end: Interval.End, rules: [Int]) {
    let before = intervals[column].upper
    intervals[column].intersect(atMost: end)
    if intervals[column].upper != before { self.rules[column].upper = rules }
  }
}
