/// What a model file tells besides the weights.
struct ModelDescription: Codable {
  let version: Int
  let rowCount: Int
  let fields: [Field]
  let columns: [ColumnEncoder]
  let plan: TrainingPlan
  let history: [EpochRecord]
  let bestEpoch: Int
  let refitLosses: [Double]
  let stopReason: StopReason
  /// Of the ``PairPrior``.
  let parents: [[Int]]
  /// nil where there are none.
  let rules: [DecisionDiagram]?
  let accuracy: Generator.Accuracy?

  static let currentVersion = 5

  /// Whether everything in it can be used without another check.
  var isConsistent: Bool {
    let names = fields.map(\.name)
    return !columns.isEmpty && Set(names).count == names.count && !names.contains("")
      && Field.areConsistent(fields, columns: columns)
      && columns.indices.allSatisfy(followsConsistently)
      && rowCount > 0 && columns.allSatisfy { $0.isConsistent(rowCount: rowCount) }
      && plan.isConsistent && plan.fits(rowCount: rowCount)
      && bestEpoch >= 1 && bestEpoch <= history.count
      && PairPrior.isConsistent(
        parents: parents, vocabularySizes: columns.map(\.vocabularySize))
      && Set(plan.derivations ?? []) == Set(fields.compactMap(\.derivation))
      && rulesAreConsistent && accuracy?.isConsistent ?? true
  }

  /// Whether rules can be followed, and no column has two.
  private var rulesAreConsistent: Bool {
    let ruled = (rules ?? []).flatMap(\.columns)
    return Set(ruled).count == ruled.count
      && (rules ?? []).allSatisfy {
        $0.isConsistent(
          vocabularySizes: columns.map(\.vocabularySize), suppressed: columns.map(\.suppressedCode))
      }
  }

  /// Whether a column that follows another has bins, as has the other, and comes after it.
  private func followsConsistently(_ index: Int) -> Bool {
    guard case .number(let number) = columns[index].kind, let following = number.following
    else { return true }
    guard (0..<index).contains(following.column),
      case .number(let other) = columns[following.column].kind
    else { return false }
    return number.binCount > 0 && other.binCount > 0 && following.isConsistent
  }
}

extension Following {
  fileprivate var isConsistent: Bool {
    !steps.isEmpty && steps.isAscending && steps.allSatisfy { Following.allSteps.contains($0) }
  }
}

extension TrainingPlan {
  var isConsistent: Bool {
    dropout >= 0 && dropout < 1 && epochs > 0 && batchSize > 0 && heldOutCount >= 0
      && foldCount >= 1
      && weightDecay >= 0 && weightDecay < 10 && learningRate > 0 && learningRate.isFinite
      && (refits || foldCount == 1)
  }

  /// Whether a consistent plan's folds are parts of so many rows, and rows are left to train on.
  func fits(rowCount: Int) -> Bool {
    heldOutCount < rowCount && heldOutCount <= rowCount / foldCount
  }
}

extension ColumnEncoder {
  fileprivate func isConsistent(rowCount: Int) -> Bool {
    let kindIsConsistent =
      switch kind {
      case .category: type == .category || type == .boolean
      case .number(let number): (type == .integer || type == .decimal) && number.isConsistent
      }
    return kindIsConsistent && (1...Int(UInt16.max)).contains(vocabularySize)
      && counts.count == vocabularySize && addUp(to: rowCount)
  }

  /// Whether the counts are those of so many rows. Nothing here overflows, whatever they are.
  private func addUp(to rowCount: Int) -> Bool {
    var left = rowCount
    for count in counts {
      guard count >= 0, count <= left else { return false }
      left -= count
    }
    return left == 0
  }
}

extension NumberEncoder {
  fileprivate var isConsistent: Bool {
    guard (-300...300).contains(unitDecimals), edges.count != 1,
      words.map({ (1...NumberEncoder.mostWords).contains($0.count) }) ?? true,
      significantDigits?.isConsistent ?? true
    else { return false }
    let countable =
      significantDigits.map { -$0.mostCount...$0.mostCount + 1 } ?? NumberEncoder.countable
    return [spikes, edges].allSatisfy { units in
      units.isAscending && units.allSatisfy { countable.contains($0) }
        && (significantDigits != nil
          || [units.first, units.last].allSatisfy { (Double($0 ?? 0) / scale).isFinite })
    } && (density?.isConsistent(edges: edges) ?? true)
  }

  /// What Float64 counts exactly, and the unit after it, where the last bin may end.
  private static let countable = -(1 << 53)...(1 << 53) + 1
}

extension Density {
  /// Whether every bin begins with a piece, all lies in bins, and counts are such that their sum cannot overflow.
  fileprivate func isConsistent(edges: [Int]) -> Bool {
    guard let first = edges.first, let end = edges.last, starts.count == startCounts.count,
      values.count == valueCounts.count, starts.isAscending, values.isAscending
    else { return false }
    return Set(starts).isSuperset(of: edges.dropLast())
      && (starts + values).allSatisfy { (first..<end).contains($0) }
      && (startCounts + valueCounts).allSatisfy { (0...Density.mostRows).contains($0) }
  }

  private static let mostRows = 1 << 32
}
