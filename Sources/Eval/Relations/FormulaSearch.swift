import NN

/// Finds the formulas between columns of quantities in some training rows.
struct FormulaSearch {
  /// Rows that formulas are fitted to.
  static let sampleRows = 2_000

  private let quantities: [Quantities]
  /// The sampled training rows of each quantity.
  private let columns: [[Double]]
  private let tolerances: [Double]
  private let screen: RelationScreen

  init(_ quantities: [Quantities], rows: [Int]) {
    self.quantities = quantities
    columns = quantities.map { quantity in rows.map { quantity.tables[0][$0] } }
    tolerances = columns.map(Quantities.largestTolerance)
    screen = RelationScreen(rowCount: rows.count)
  }

  /// The formulas that nearly all sampled rows keep and that chance does not explain, simpler ones first.
  func found(pool: WorkerPool) -> [FormulaRelation] {
    let varied = quantities.indices.filter { tolerances[$0] > 0 }
    let results = PartResults<[FormulaRelation]>(repeating: [], count: varied.count)
    pool.run(varied.count) { results[$0] = found(withResult: varied[$0], among: varied) }
    let all = varied.indices.flatMap { results[$0] }
    let equalities = all.filter { $0.kind == .equality }
    // What is equal needs no other relation of the two with each other or with a third.
    let copies = Set(equalities.map { $0.places.max()! })
    let others = all.filter { $0.kind != .equality && copies.isDisjoint(with: $0.places) }
    return equalities + Self.withoutImplied(others)
  }

  private func found(withResult result: Int, among varied: [Int]) -> [FormulaRelation] {
    var found: [FormulaRelation] = []
    func add(_ kind: Relation.Kind, _ places: [Int]) {
      guard let relation = FormulaRelation(kind, places, of: quantities), passesScreen(relation),
        let fitted = relation.fitted(to: columns, largestTolerances: tolerances)
      else { return }
      let count = fitted.count(fitted.deviations(columns))
      if RelationLimits.isWorthReporting(
        count, chance: fitted.chance(columns), of: columns[result].count)
      {
        found.append(fitted)
      }
    }
    for (index, first) in varied.enumerated() where first != result {
      if result < first { add(.equality, [result, first]) }
      add(.order, [result, first])
      for second in varied[(index + 1)...] where second != result {
        add(.product, [result, first, second])
        add(.sum, [result, first, second])
        if quantities[second].unit != .number { add(.sum, [result, second, first]) }
      }
    }
    return found
  }

  /// Whether enough sampled rows have all values and nearly all of them are within the largest tolerance.
  private func passesScreen(_ relation: FormulaRelation) -> Bool {
    let (first, second) = (columns[relation.places[0]], columns[relation.places[1]])
    let third = relation.places.count > 2 ? columns[relation.places[2]] : nil
    let tolerance =
      relation.kind == .order ? 0 : relation.places.map { tolerances[$0] }.min()!
    return screen.isPassed { row in
      let deviation = relation.deviation(first[row], second[row], third?[row] ?? 0)
      return deviation.isNaN ? nil : deviation <= tolerance
    }
  }

  /// Without orders that follow from two others, or from a sum or product of the same columns.
  private static func withoutImplied(_ relations: [FormulaRelation]) -> [FormulaRelation] {
    let orders = relations.filter { $0.kind == .order }.map(\.places)
    let pairs = Set(orders)
    return relations.filter { relation in
      guard relation.kind == .order else { return true }
      let (low, high) = (relation.places[0], relation.places[1])
      let isInFormula = relations.contains {
        $0.places.count == 3 && $0.places.contains(low) && $0.places[0] == high
      }
      let isChained = orders.contains {
        $0[0] == low && $0[1] != high && pairs.contains([$0[1], high])
      }
      return !isInFormula && !isChained
    }
  }
}
