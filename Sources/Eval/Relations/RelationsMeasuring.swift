import NN

extension RelationsFigures {
  /// The relations of the training rows, and how well each synthetic table keeps them.
  ///
  /// Candidates are found in at most 2,000 training rows and kept if nearly all training rows keep them.
  package static func figures(
    of tables: ComparedTables, seed: UInt64, pool: WorkerPool
  ) -> [RelationsFigures] {
    let sample = RowSample(
      of: tables.training, most: FormulaSearch.sampleRows, Philox(seed: seed, purpose: .sample),
      stream: 1
    ).rows
    let quantities = tables.columns.indices.compactMap { Quantities($0, of: tables) }
    let combined = Array(quantities.prefix(RelationLimits.quantityLimit))
    let formulas = FormulaSearch(combined, rows: sample).found(pool: pool)
    var measured = Self.first(formulas) { Self.measured($0, combined, of: tables) }
    // Equal columns determine each other.
    let equal = Set(
      formulas.filter { $0.kind == .equality }
        .map { Set($0.places.map { tables.columns[combined[$0].column].name }) })
    measured += Self.dependencies(of: tables, rows: sample, pool: pool)
      .filter { !equal.contains(Set($0.relation.columns)) }
      .prefix(RelationLimits.relationLimit)
    return tables.synthetic.indices.map { index in
      let figures = measured.map {
        $0.figures(ofSynthetic: index, hasHoldout: tables.holdout != nil)
      }
      let order = figures.indices.sorted { left, right in
        let (first, second) = (figures[left].lost?.value ?? 0, figures[right].lost?.value ?? 0)
        return (-first, left) < (-second, right)
      }
      return RelationsFigures(
        relations: order.map { figures[$0] }, combinedCount: combined.count,
        quantityCount: quantities.count)
    }
  }

  /// The first of each kind that are worth reporting, as many as are reported.
  private static func first(
    _ formulas: [FormulaRelation], measured: (FormulaRelation) -> MeasuredRelation?
  ) -> [MeasuredRelation] {
    var counts: [Relation.Kind: Int] = [:]
    return formulas.compactMap { formula in
      guard counts[formula.kind, default: 0] < RelationLimits.relationLimit,
        let relation = measured(formula)
      else { return nil }
      counts[formula.kind, default: 0] += 1
      return relation
    }
  }

  private static func measured(
    _ formula: FormulaRelation, _ quantities: [Quantities], of tables: ComparedTables
  ) -> MeasuredRelation? {
    let counts = tables.all.indices.map { table in
      formula.count(formula.deviations(quantities.map { $0.tables[table] }))
    }
    let chance = formula.chance(quantities.map { $0.tables[0] })
    guard
      RelationLimits.isWorthReporting(counts[0], chance: chance, of: tables.training.rowCount)
    else { return nil }
    return MeasuredRelation(
      relation: Relation(
        kind: formula.kind,
        columns: formula.places.map { tables.columns[quantities[$0].column].name },
        tolerance: formula.tolerance),
      training: counts[0], chance: chance, counts: counts)
  }

  private static func dependencies(
    of tables: ComparedTables, rows: [Int], pool: WorkerPool
  ) -> [MeasuredRelation] {
    let results = PartResults(
      repeating: RowCodes(tables: [], count: 0), count: tables.columns.count)
    pool.run(results.count) { column in
      results[column] =
        DistinctValues(
          tables.columns[column], values: tables.all.map { $0.values[column] }
        ).rows
    }
    let codes = (0..<results.count).map { results[$0] }
    let counts = codes.map { $0.counts(inTable: 0) }
    let valueCounts = counts.map { $0.count { $0 > 0 } }
    let rowCount = tables.training.rowCount
    let chances = counts.map { Double($0.max() ?? 0) / Double(max(rowCount, 1)) }
    let mostValues = rowCount / DependencyRelation.minimumRowsPerValue
    let candidates = codes.indices.filter { (2...max(2, mostValues)).contains(valueCounts[$0]) }
    let pairs = candidates.flatMap { source in
      // A column cannot determine one that has more values.
      candidates.filter { $0 != source && valueCounts[$0] <= valueCounts[source] }
        .map { DependencyRelation(source: source, target: $0, chance: chances[$0]) }
    }
    let found = PartResults<Bool>(repeating: false, count: pairs.count)
    pool.run(pairs.count) {
      found[$0] = pairs[$0].passesScreen(codes, rows: rows) && pairs[$0].training(codes) != nil
    }
    let kept = pairs.indices.filter { found[$0] }.map { pairs[$0] }
    return DependencyRelation.withoutImplied(kept).compactMap { pair in
      pair.training(codes).map { training in
        MeasuredRelation(
          relation: Relation(
            kind: .dependency,
            columns: [tables.columns[pair.source].name, tables.columns[pair.target].name],
            tolerance: 0),
          training: training, chance: pair.chance, counts: pair.counts(codes))
      }
    }
  }
}

/// A relation and the rows of all tables that keep it.
private struct MeasuredRelation {
  let relation: Relation
  let training: RelationCount
  let chance: Double
  let counts: [RelationCount]

  func figures(ofSynthetic index: Int, hasHoldout: Bool) -> RelationFigures {
    let holdout = hasHoldout ? counts[1].interval : nil
    let synthetic = counts[(hasHoldout ? 2 : 1) + index].interval
    let reference = holdout ?? training.interval
    return RelationFigures(
      relation: relation, training: training.share, chance: chance, holdout: holdout,
      synthetic: synthetic,
      lost: synthetic.flatMap { synthetic in
        reference.map { ConfidenceInterval(share: $0, less: synthetic) }
      })
  }
}
