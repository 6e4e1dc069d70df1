import Eval
import Synth
import Tables

/// What a study compares and measures. Everything has a default.
public struct StudyOptions: Sendable {
  /// Rows to learn from. All rows replace a size that is larger than the training part.
  public var sizes: [StudySize] = [
    .rows(200), .rows(400), .rows(1_600), .rows(6_400), .rows(25_600), .all,
  ]
  public var modelSizes: [ModelSize] = [.medium]
  public var epochs: [StudyEpochs] = [.automatic]
  /// Number of repeats, each with other samples and another seed.
  public var repetitions = 1
  /// Synthetic rows to draw from each generator.
  public var drawnRowCount = 10_000
  /// The share of the rows for the holdout, unless it is a separate table.
  public var holdoutShare = 0.2
  /// The seed of everything random.
  public var seed: UInt64 = 1
  /// Threads to compute with; nil is one per processor. They change times only.
  public var threadCount: Int?
  /// The fields that count as missing.
  public var missingValues = MissingValues.standard
  /// The column that models predict to measure the utility of synthetic rows.
  public var target: Target?
  /// Rules that synthetic rows should keep.
  public var rules: [Rule] = []
  /// Statistics by groups.
  public var statistics: [Statistic] = []
  /// Numbers shown by groups, a violin chart each.
  public var violins: [GroupedNumber] = []
  /// What the program was built from, for the record.
  public var revision: String?

  public init() {}

  /// Checks the options before any time is spent.
  /// - Throws: ``StudyError/option(name:value:remedy:)``, `SynthError`.
  public func validate() throws {
    for case .rows(let count) in sizes where count < DisclosurePolicy.minimumTableRows {
      throw StudyError.option(
        name: "A size", value: "\(count)",
        remedy: "Give \(DisclosurePolicy.minimumTableRows) rows or more.")
    }
    try StudyError.check(sizes.count, "The number of sizes", in: 1...1_000)
    try StudyError.check(modelSizes.count, "The number of model sizes", in: 1...1_000)
    try StudyError.check(epochs.count, "The number of epoch settings", in: 1...1_000)
    try StudyError.check(repetitions, "The number of repeats", in: 1...1_000)
    try StudyError.check(drawnRowCount, "The number of rows to draw", in: 1...100_000_000)
    guard holdoutShare > 0, holdoutShare < 1 else {
      throw StudyError.option(
        name: "The holdout's share", value: "\(holdoutShare)",
        remedy: "Give a number between 0 and 1, such as 0.2.")
    }
    for epochs in epochs { try trainingOptions(.medium, epochs, seed: seed).validate() }
  }

  /// The options of one training.
  func trainingOptions(
    _ modelSize: ModelSize, _ epochs: StudyEpochs, seed: UInt64
  ) -> TrainingOptions {
    var limit: Int?
    if case .most(let count) = epochs { limit = count }
    var options = TrainingOptions(
      modelSize: modelSize, epochs: limit, seed: seed, threadCount: threadCount)
    options.reading.missingValues = missingValues
    return options
  }

  /// The options of an evaluation with only some of its parts.
  func evaluationOptions(parts: Set<EvaluationOptions.Part>) -> EvaluationOptions {
    var options = EvaluationOptions()
    options.parts = parts
    options.seed = seed
    if let threadCount { options.threadCount = threadCount }
    return options
  }
}

/// The number of rows that a study's generators are trained on.
public enum StudySize: Hashable, Sendable {
  case rows(Int)
  /// The whole training part.
  case all
}

extension StudySize: LosslessStringConvertible {
  /// `all` or a number above 0.
  public init?(_ description: String) {
    if description == "all" {
      self = .all
    } else if let count = Int(description), count > 0 {
      self = .rows(count)
    } else {
      return nil
    }
  }

  public var description: String {
    switch self {
    case .rows(let count): "\(count)"
    case .all: "all"
    }
  }
}
