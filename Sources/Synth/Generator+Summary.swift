import Foundation
import Tables

extension Generator {
  /// What a model holds, for people and programs.
  public struct Summary: Codable, Equatable, Sendable {
    /// One column of the training data.
    public struct Column: Codable, Equatable, Sendable {
      public let name: String
      /// What the column is: see `ColumnKind`.
      public let type: String
      /// Codes that the model knows: categories, frequent values and bins, of all parts of the column.
      public let codes: Int
      /// Share of missing values in the training data; 0 for derived columns.
      public let missingShare: Double
      /// Lowest number that is written, nil for categories.
      public let minimum: Double?
      /// Highest number that is written, nil for categories.
      public let maximum: Double?
      /// Share of training rows whose category is too rare to be kept.
      public let rareShare: Double
      /// What new rows have in place of rare categories and texts; nil if there are none.
      public let rareReplacement: String?
      /// The fewest rows, or different values of the key, that share a value of the column; 1 where values are not protected.
      public let minimumRows: Int
    }

    public let rows: Int
    public let modelSize: ModelSize
    public let order: ColumnOrder
    public let parameters: Int
    public let epochLimit: Int
    public let batchSize: Int
    public let learningRate: Float
    public let dropout: Float
    public let weightDecay: Float
    public let seed: UInt64
    /// The column whose different values ``Column/minimumRows`` counts; nil where it counts rows.
    public let key: String?
    /// Which values of the training data may be in the model.
    public let policy: DisclosurePolicy
    /// Rows held out in each fold.
    public let heldOutRows: Int
    /// How often other rows were held out.
    public let foldCount: Int
    /// The training of the weights that draw whole rows.
    public let rowTraining: TrainingReport.Fit
    /// The training of the weights that answer conditionals; nil where those for whole rows do.
    public let conditionalTraining: TrainingReport.Fit?
    public let stopReason: StopReason
    /// The rules that every drawn row obeys.
    public let constraints: [Constraint]
    /// The columns that are computed from others.
    public let derivations: [Derivation]
    /// Those of ``constraints`` and ``derivations`` that were not given but found in the training data.
    public let foundRules: FoundRules
    /// nil where the model was not judged.
    public let accuracy: Accuracy?
    public let columns: [Column]
  }

  /// What the model holds.
  public var summary: Summary {
    Summary(
      rows: rowCount, modelSize: plan.modelSize, order: plan.order, parameters: parameterCount,
      epochLimit: plan.epochs, batchSize: plan.batchSize, learningRate: plan.learningRate,
      dropout: plan.dropout, weightDecay: plan.weightDecay, seed: plan.seed, key: plan.policy.key,
      policy: plan.policy,
      heldOutRows: plan.heldOutCount, foldCount: plan.foldCount, rowTraining: report.rows,
      conditionalTraining: report.conditionals, stopReason: report.stopReason,
      constraints: constraints, derivations: derivations, foundRules: foundRules,
      accuracy: report.accuracy,
      columns: fields.map(summary(of:)))
  }
}

extension Generator {
  private func summary(of field: Field) -> Summary.Column {
    let parts = columns[field.parts]
    let range = parts.count == 1 ? parts.first?.numberRange : nil
    let rareShare = parts.first?.rareShare ?? 0
    return Summary.Column(
      name: field.name, type: field.kind.rawValue,
      codes: field.levelCount ?? parts.reduce(0) { $0 + $1.vocabularySize },
      missingShare: field.coding == .masked ? 1 : parts.first?.missingShare ?? 0,
      minimum: range?.lowerBound, maximum: range?.upperBound,
      rareShare: rareShare, rareReplacement: rareShare > 0 ? field.rareReplacement(parts) : nil,
      minimumRows: field.minimumRows)
  }
}

extension Field {
  /// What stands in new rows in place of rare categories. Where there is no frequent one, it is the neutral text.
  fileprivate func rareReplacement(_ parts: ArraySlice<ColumnEncoder>) -> String {
    if case .text = coding { return "a made-up text" }
    let isDrawn = parts.contains { $0.suppressedCode == nil }
    return isDrawn && rareValues == .frequent ? RareValues.token.phrase : rareValues.phrase
  }

  /// The number of levels of a large vocabulary; nil for other fields.
  fileprivate var levelCount: Int? {
    if case .vocabulary(let coding) = coding { coding.levelCount } else { nil }
  }
}

extension ColumnEncoder {
  private func share(_ code: Int?) -> Double {
    code.map { Double(counts[$0]) / Double(max(1, counts.reduce(0, +))) } ?? 0
  }

  fileprivate var missingShare: Double { share(missingCode) }

  fileprivate var rareShare: Double {
    if case .category(let category) = kind { share(category.rareCode) } else { 0 }
  }

  /// The lowest and the highest number that is written; nil for categories.
  fileprivate var numberRange: ClosedRange<Double>? {
    guard case .number(let number) = kind,
      let lowest = [number.spikes.first, number.edges.first].compactMap({ $0 }).min(),
      let highest = [number.spikes.last, number.edges.last.map { $0 - 1 }].compactMap({ $0 }).max()
    else { return nil }
    let unit = number.unit
    return unit.value(lowest)...unit.value(max(lowest, highest))
  }
}

extension Generator.Summary {
  /// JSON with sorted keys.
  public func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }

  /// A table for people.
  public var text: String {
    var lines = [
      "rows          \(rows), "
        + (foldCount > 1 ? "\(foldCount) times \(heldOutRows)" : "\(heldOutRows)") + " held out",
      "model         \(modelSize.rawValue), \(parameters) parameters, \(order.rawValue) order",
      "trained on    \(trained)",
      "settings      at most \(epochLimit) epochs, batches of \(batchSize), "
        + "learning rate \(learningRate), dropout \(dropout), weight decay \(weightDecay), "
        + "seed \(seed)",
      "ended         \(stopReason.sentence)",
      "protection    \(protection)",
      "accuracy      \(accuracy?.sentence ?? "not judged")",
    ]
    lines += [
      ruleLine("rules", constraints.filter { !foundRules.constraints.contains($0) }),
      ruleLine("derived", derivations.filter { !foundRules.derivations.contains($0) }),
      ruleLine("found rules", foundRules.constraints),
      ruleLine("found derived", foundRules.derivations),
    ].compactMap(\.self)
    var table = TextTable(
      header: [
        "column", "type", "codes", "missing", "lowest", "highest", "rare", "written as", "t",
      ],
      leftCount: 2)
    for column in columns {
      table.add([
        TextTable.shortened(column.name), column.type, "\(column.codes)",
        TextTable.percentage(column.missingShare),
        column.minimum.map { "\($0.shortDescription)" } ?? "",
        column.maximum.map { "\($0.shortDescription)" } ?? "",
        TextTable.percentage(column.rareShare), column.rareReplacement ?? "",
        column.minimumRows > 1 ? "\(column.minimumRows)" : "",
      ])
    }
    lines.append("")
    return (lines + table.lines).joined(separator: "\n")
  }

  /// A line of the given rules or formulas; nil if there are none.
  private func ruleLine(_ title: String, _ rules: [some CustomStringConvertible]) -> String? {
    rules.isEmpty
      ? nil
      : title.padding(toLength: 14, withPad: " ", startingAt: 0)
        + rules.map(\.description.printable).joined(separator: "; ")
  }

  /// How values are protected, in plain words.
  private var protection: String {
    guard policy.protectsValues else { return "none: values of single rows are kept" }
    let units = key.map { "different '\(TextTable.shortened($0))'" } ?? "rows"
    return
      "a value is kept if at least t \(units) share it, a pair of values \(policy.minimumJointRows), "
      + "a combination in a rule \(policy.minimumCombinationRows)"
  }

  /// The trained rows, the epochs and how these were chosen: "all 200 rows for 8 epochs (...)".
  package var trained: String {
    let trainedRows = rowTraining.refitLosses.isEmpty ? rows - heldOutRows : rows
    var text =
      (trainedRows == rows ? "all \(rows) rows" : "\(trainedRows) of \(rows) rows")
      + " for \(epochs(of: rowTraining))"
    if let conditionalTraining {
      text += " in table order, \(epochs(of: conditionalTraining)) in random orders"
    }
    return text
  }

  private func epochs(of fit: TrainingReport.Fit) -> String {
    let text = "\(fit.keptEpochs) epoch\(fit.keptEpochs == 1 ? "" : "s")"
    return heldOutRows > 0 ? text + String(format: " (held-out loss %.2f)", fit.bestLoss) : text
  }
}

extension Generator.Accuracy {
  /// The overall accuracy and what to compare it with.
  package var sentence: String {
    let parts = [("univariate", univariate), ("bivariate", bivariate), ("trivariate", trivariate)]
      .compactMap { name, value in value.map { name + String(format: " %.4f", $0) } }
    let others =
      [("an independent sample is expected to have", expected), ("held-out rows have", heldOut)]
      .compactMap { name, value in value.map { name + String(format: " %.4f", $0) } }
    return String(format: "%.4f overall (", overall) + parts.joined(separator: ", ") + "); "
      + others.joined(separator: ", ")
  }
}

extension StopReason {
  /// The reason in plain words.
  package var sentence: String {
    switch self {
    case .epochLimit: "All epochs were run, and more might help."
    case .timeLimit: "The time limit was reached, and more time might help."
    case .noImprovement: "The held-out loss had stopped falling."
    case .cancelled: "Stopped on request; the best model so far is kept."
    }
  }
}

extension Double {
  /// Without `.0` where the number is whole.
  fileprivate var shortDescription: String {
    self == rounded() && magnitude < 1e15 ? "\(Int(self))" : "\(self)"
  }
}
