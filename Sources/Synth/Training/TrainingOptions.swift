import Foundation
import NN
import Tables

/// The orders in which columns are visited in training.
public enum ColumnOrder: String, CaseIterable, Codable, Sendable {
  /// Table order only: fastest, draws whole rows.
  case natural
  /// Both: weights of their own draw whole rows and answer any condition, each as well as if trained alone.
  case mixed
  /// Random orders only: one set of weights for both.
  case any

  /// The orders that weights of their own are trained in, one after another: those for whole rows first.
  var parts: [ColumnOrder] {
    switch self {
    case .natural, .any: [self]
    case .mixed: [.natural, .any]
    }
  }

  /// Whether every part of a batch is read in a random order of its own.
  var isRandom: Bool { self == .any }

  /// The relative fall of the held-out loss that is worth a quarter more training. Tables that are hard to learn gain a little for a
  /// hundred epochs and more; random orders of others gain slowly for longer than table order, and to more avail.
  var leastGain: Double { isRandom ? 0.003 : 0.005 }
}

/// How to train. Options that are nil are chosen from the size of the table.
public struct TrainingOptions: Sendable {
  /// The width of the model; nil chooses by how much a first short training gains.
  public var modelSize: ModelSize?
  /// The same table, options and seed give the same model with any thread count.
  public var seed: UInt64
  /// The number of threads; nil uses one per processor.
  public var threadCount: Int?
  /// How matrix products are computed in training, and in drawing from the model unless ``Generator/precision`` is changed.
  public var precision = Precision.auto
  /// Where to save the state of training, to resume from later; nil saves none. Does not change the model.
  public var checkpoint: Checkpointing?
  /// How the table is read.
  public var reading = ReadingOptions()
  /// How the values of single rows and people are protected.
  public var protection = Protection()
  /// How long and in which steps the model is trained.
  public var optimization = Optimization()

  /// How the values of single rows and people are protected.
  public struct Protection: Equatable, Sendable {
    /// Whether values of few rows are kept out of the model: rare categories and extreme numbers.
    public var protectsValues = true
    /// Whether rare categories are written as `_RARE_` in every column; otherwise each column decides.
    public var drawsRareToken = false
    /// The column that identifies the person of a row: values shared by few people are protected, however many rows have them.
    /// nil counts rows.
    public var key: String?

    public init() {}
  }

  /// How long and in which steps a model is trained.
  public struct Optimization: Sendable {
    /// The most epochs to train for, in each order; nil is 100. Training ends earlier, once it no longer helps.
    public var epochs: Int?
    /// The most minutes to train for. If the time ends training, the model depends on the speed of the machine.
    public var maxMinutes: Double?
    public var order = ColumnOrder.mixed
    /// Rows per step; nil chooses by the number of rows.
    public var batchSize: Int?
    /// The learning rate after the first steps; nil chooses by batch size.
    public var learningRate: Float?
    /// The number of folds of a small table; nil chooses by the number of rows. One saves time where the number of epochs
    /// matters little.
    package var foldCount: Int?

    public init() {}
  }

  /// The options that are changed most often; the others have their defaults.
  public init(
    modelSize: ModelSize? = nil, epochs: Int? = nil, maxMinutes: Double? = nil,
    order: ColumnOrder = .mixed, batchSize: Int? = nil, learningRate: Float? = nil,
    seed: UInt64 = 1, threadCount: Int? = nil
  ) {
    self.modelSize = modelSize
    self.seed = seed
    self.threadCount = threadCount
    optimization.epochs = epochs
    optimization.maxMinutes = maxMinutes
    optimization.order = order
    optimization.batchSize = batchSize
    optimization.learningRate = learningRate
  }

  static let epochRange = 1...100_000
  static let batchSizeRange = 1...65_536
  static let highestLearningRate: Float = 1

  /// Checks the options before the table is read.
  ///
  /// - Throws: ``SynthError/option(name:value:remedy:)``.
  public func validate() throws {
    try SynthError.check(
      optimization.epochs, "The number of epochs", in: TrainingOptions.epochRange)
    try SynthError.check(
      optimization.batchSize, "The batch size", in: TrainingOptions.batchSizeRange)
    try SynthError.check(threadCount, "The number of threads", in: 1...1_024)
    if let learningRate = optimization.learningRate,
      !(learningRate > 0 && learningRate <= TrainingOptions.highestLearningRate)
    {
      throw SynthError.option(
        name: "The learning rate", value: "\(learningRate)", remedy: "Give a number in 0...1.")
    }
    if let maxMinutes = optimization.maxMinutes, !(maxMinutes > 0) {
      throw SynthError.option(
        name: "The minutes to train", value: "\(maxMinutes)", remedy: "Give more than 0.")
    }
    if let seconds = checkpoint?.intervalSeconds, !(seconds >= 0) {
      throw SynthError.option(
        name: "The time between checkpoints", value: "\(seconds) seconds",
        remedy: "Give 0 or more.")
    }
  }
}

extension TrainingOptions {
  /// Which values of the table may enter the model.
  var policy: DisclosurePolicy {
    protection.protectsValues
      ? DisclosurePolicy(seed: seed, key: protection.key)
      : DisclosurePolicy(everyColumn: .none, key: protection.key)
  }
}

extension TableEncoder.Options {
  /// The options of a training run that concern reading the table.
  package init(_ options: TrainingOptions) {
    self.init()
    reading = options.reading
    policy = options.policy
    drawsRareToken = options.protection.drawsRareToken
  }
}

extension SynthError {
  /// Throws if a value is given and lies outside a range.
  static func check(_ value: Int?, _ name: String, in range: ClosedRange<Int>) throws {
    guard let value, !range.contains(value) else { return }
    throw SynthError.option(
      name: name, value: "\(value)",
      remedy: "Give a whole number from \(range.lowerBound) to \(range.upperBound).")
  }
}

/// The default number of threads.
func availableThreadCount() -> Int { max(1, ProcessInfo.processInfo.activeProcessorCount) }
