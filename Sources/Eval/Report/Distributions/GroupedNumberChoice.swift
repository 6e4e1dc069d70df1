/// Which numbers are shown by which groups.
struct GroupedNumberChoice {
  /// Positions of columns.
  let pairs: [(number: Int, group: Int)]

  /// Those that were asked for; else the two numbers that go most strongly with the target or, if there is none, with any
  /// category.
  init(_ subject: Subject) {
    let columns = subject.tables.columns
    if !subject.violins.isEmpty {
      pairs = subject.violins
      return
    }

    let shown = subject.selection.matrix
    let numbers = shown.filter { columns[$0].isNumeric && Self.isSpread(subject, $0) }
    var groups = shown.filter { Self.makesGroups(subject, $0) }
    if let target = columns.firstIndex(where: { $0.name == subject.figures.utility?.target }) {
      if groups.contains(target) { groups = [target] }
    }
    let associations = subject.figures.similarity?.associations.training
    func strength(_ number: Int, _ group: Int) -> Double {
      guard let associations, number < associations.count, group < associations[number].count
      else { return 0 }
      let value = abs(associations[number][group])
      return value.isFinite ? value : 0
    }
    let candidates = groups.flatMap { group in
      numbers.map { (number: $0, group: group, strength: strength($0, group)) }
    }.sorted { ($1.strength, $0.number, $0.group) < ($0.strength, $1.number, $1.group) }
    var pairs: [(number: Int, group: Int)] = []
    for candidate in candidates where pairs.count < 2 {
      if pairs.contains(where: { $0.number == candidate.number }) { continue }
      pairs.append((candidate.number, candidate.group))
    }
    self.pairs = pairs
  }

  /// Whether a density is meaningful: there are many values, and none occurs in half of the rows.
  private static func isSpread(_ subject: Subject, _ column: Int) -> Bool {
    let numbers = subject.tables.training.values[column].numbers
    return ValueBars(real: numbers) == nil && HistogramBins(real: numbers).spike == nil
  }

  /// Whether the column has several values, but not many.
  private static func makesGroups(_ subject: Subject, _ column: Int) -> Bool {
    if let levels = subject.tables.columns[column].levels { return 2...50 ~= levels.count }
    return ValueBars(real: subject.tables.training.values[column].numbers)?.values.count ?? 0 > 1
  }
}
