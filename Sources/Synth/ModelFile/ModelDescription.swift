/// The description in a model file: everything except the tensors.
struct ModelDescription: Codable {
  let version: Int
  let rowCount: Int
  let fields: [Field]
  let columns: [ColumnEncoder]
  let plan: TrainingPlan
  /// Of the weights that draw whole rows.
  let rows: TrainingReport.Fit
  /// Of the weights that answer conditionals; nil where there are none of their own.
  let conditionals: TrainingReport.Fit?
  let stopReason: StopReason
  /// Of the ``PairPrior``.
  let parents: [[Int]]
  /// nil if there are none.
  let rules: [DecisionDiagram]?
  let accuracy: Generator.Accuracy?

  static let currentVersion = 10

  /// Whether the description is valid and needs no further check.
  var isConsistent: Bool {
    let names = fields.map(\.name)
    return !columns.isEmpty && Set(names).count == names.count && !names.contains("")
      && Field.areConsistent(fields, columns: columns)
      && columns.indices.allSatisfy(followsConsistently)
      && (1...TableEncoder.mostRows).contains(rowCount)
      && columns.allSatisfy { $0.isConsistent(rowCount: rowCount) }
      && plan.isConsistent && plan.fits(rowCount: rowCount)
      && rows.isConsistent && conditionals?.isConsistent ?? true
      && PairPrior.isConsistent(
        parents: parents, vocabularySizes: columns.map(\.vocabularySize))
      && Set((plan.derivations ?? []) + (plan.foundRules?.derivations ?? []))
        == Set(fields.compactMap(\.derivation))
      && rulesAreConsistent && accuracy?.isConsistent ?? true
  }

  /// Whether rules can be followed, and no column has two.
  private var rulesAreConsistent: Bool {
    let rules = rules ?? []
    let ruled = rules.flatMap(\.columns)
    let sizes = columns.map(\.vocabularySize)
    let suppressed = columns.map(\.suppressedCode)
    return Set(ruled).count == ruled.count
      && rules.allSatisfy { $0.isConsistent(vocabularySizes: sizes, suppressed: suppressed) }
  }

  /// Whether a column that follows another has bins, as has the other, and comes after it.
  private func followsConsistently(_ index: Int) -> Bool {
    guard case .number(let number) = columns[index].kind, let delta = number.delta
    else { return true }
    guard (0..<index).contains(delta.column),
      case .number(let other) = columns[delta.column].kind
    else { return false }
    return number.binCount > 0 && other.binCount > 0 && delta.isConsistent
  }
}

extension TrainingReport.Fit {
  var isConsistent: Bool {
    bestEpoch >= 1 && bestEpoch <= history.count && history.isConsistent
      && refitLosses.allSatisfy(\.isFinite)
  }
}

extension [EpochRecord] {
  /// Whether epochs follow each other and have losses.
  var isConsistent: Bool {
    enumerated().allSatisfy { index, record in
      record.epoch == index + 1 && record.trainingLoss.isFinite && record.heldOutLoss.isFinite
    }
  }
}

extension TrainingPlan {
  var isConsistent: Bool {
    TrainingOptions.epochRange.contains(epochs)
      && TrainingOptions.batchSizeRange.contains(batchSize)
      && learningRate > 0 && learningRate <= TrainingOptions.highestLearningRate
      && dropout >= 0 && dropout < 1 && weightDecay >= 0 && weightDecay < 10
      && heldOutCount >= 0 && (1...TrainingPlan.mostFolds).contains(foldCount)
      && (foldCount == 1 || refits && heldOutCount > 0)
  }

  /// Whether a consistent plan's folds are parts of the table's rows, and rows are left to train on.
  func fits(rowCount: Int) -> Bool {
    heldOutCount < rowCount && heldOutCount <= rowCount / foldCount
  }
}
