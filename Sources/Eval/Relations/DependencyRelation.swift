/// A column whose value determines that of another in nearly all rows; a missing value is a value.
struct DependencyRelation {
  /// Rows of each value of the determining column on average, at least.
  static let minimumRowsPerValue = 10
  /// Rows that most dependencies are rejected by.
  static let screenRows = 200

  let source: Int
  let target: Int
  /// The share of training rows with the target's most frequent value.
  let chance: Double

  /// For each code of the source the most frequent code of the target in some rows; -1 for one that no row has.
  private static func targets(
    _ source: RowCodes, _ target: RowCodes, rows: some Sequence<Int>
  ) -> [Int32] {
    let keys = rows.map {
      Int(source.tables[0][$0]) * target.count + Int(target.tables[0][$0])
    }.sorted()
    var targets = Array(repeating: Int32(-1), count: source.count)
    var most = Array(repeating: 0, count: source.count)
    var start = 0
    while start < keys.count {
      let end = keys[start...].firstIndex { $0 != keys[start] } ?? keys.count
      let (value, code) = keys[start].quotientAndRemainder(dividingBy: target.count)
      if end - start > most[value] {
        most[value] = end - start
        targets[value] = Int32(code)
      }
      start = end
    }
    return targets
  }

  /// The rows of a table whose target is the most frequent one, of those whose source is known.
  private static func count(
    _ targets: [Int32], _ source: [Int32], _ target: [Int32], rows: some Sequence<Int>
  ) -> RelationCount {
    rows.reduce(into: RelationCount()) { count, row in
      let expected = targets[Int(source[row])]
      if expected >= 0 { count.add(expected == target[row]) }
    }
  }

  /// Whether some training rows do not speak against the dependency.
  func passesScreen(_ codes: [RowCodes], rows: [Int]) -> Bool {
    [rows.prefix(Self.screenRows), rows[...]].allSatisfy { rows in
      let (source, target) = (codes[source], codes[target])
      let targets = Self.targets(source, target, rows: rows)
      let count = Self.count(targets, source.tables[0], target.tables[0], rows: rows)
      let share = RelationScreen.largestShare(count)
      return share >= RelationLimits.minimumShare && RelationLimits.isBeyondChance(share, chance)
    }
  }

  /// The training rows that keep it, of the half that the values were not learnt from; nil if it is not worth reporting.
  func training(_ codes: [RowCodes]) -> RelationCount? {
    let (source, target) = (codes[source], codes[target])
    let rowCount = source.tables[0].count
    let targets = Self.targets(source, target, rows: stride(from: 0, to: rowCount, by: 2))
    let count = Self.count(
      targets, source.tables[0], target.tables[0], rows: stride(from: 1, to: rowCount, by: 2))
    return RelationLimits.isWorthReporting(count, chance: chance, of: rowCount) ? count : nil
  }

  /// The rows of each table that keep what the training rows show.
  func counts(_ codes: [RowCodes]) -> [RelationCount] {
    let (source, target) = (codes[source], codes[target])
    let targets = Self.targets(source, target, rows: source.tables[0].indices)
    return source.tables.indices.map {
      Self.count(targets, source.tables[$0], target.tables[$0], rows: source.tables[$0].indices)
    }
  }

  /// Without those that follow from two others.
  static func withoutImplied(_ relations: [DependencyRelation]) -> [DependencyRelation] {
    var kept = relations
    for relation in relations {
      let following = Set(kept.filter { $0.source == relation.source }.map(\.target))
      let isImplied = kept.contains {
        $0.target == relation.target && $0.source != relation.source
          && following.contains($0.source)
      }
      if isImplied {
        kept.removeAll { $0.source == relation.source && $0.target == relation.target }
      }
    }
    return kept
  }
}
