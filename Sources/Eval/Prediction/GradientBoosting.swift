import NN

/// A model of gradient-boosted trees, fitted by XGBoost's histogram method with categories as they are.
///
/// A model is fitted on one thread, so that it does not depend on their number; several can be fitted side by side.
package final class GradientBoosting {
  /// How trees grow, and how many.
  package enum Growth: Sendable {
    /// Shallow trees with shrunk leaves. A fifth of the rows, chosen by the seed, is kept aside, and boosting stops where the loss
    /// there no longer falls: the trees are to be right about other rows than those they were fitted to.
    case stoppedEarly
    /// 100 trees of up to 31 leaves on all rows, as LightGBM grows them by default, but with shrunk leaves in place of its
    /// smoothing of categories. Their loss on other rows may rise, but they
    /// keep putting rows in order where a few differ, which early stopping misses in small tables.
    case full
  }

  /// The most rounds with early stopping.
  static let roundLimit = 500
  /// The rounds without a lower loss after which boosting ends.
  static let patience = 20
  /// The rounds without early stopping.
  static let fullRounds = 100
  /// The bins of a number without early stopping: one for so many rows, at least 64, ...
  static let rowsPerBin = 16
  /// ... but at most so many.
  static let binLimit = 256

  private let objective: Objective
  private let featureCount: Int
  /// nil where no trees are better than a constant.
  private let model: XGBoostModel?

  /// Fits trees to rows with a label each. Without features, or where all labels are equal, nothing is learnt.
  package init(
    fitting features: FeatureMatrix, labels: [Float], to objective: Objective,
    growth: Growth = .stoppedEarly, seed: UInt64
  ) throws(EvalError) {
    precondition(
      labels.count == features.rowCount, "\(labels.count) labels of \(features.rowCount) rows")
    self.objective = objective
    featureCount = features.featureCount
    let asideCount = growth == .full ? 0 : features.rowCount / 5
    let rows =
      growth == .full
      ? Array(0..<features.rowCount)
      : RowDraw.earlyStopping.shuffled(features.rowCount, seed: seed)
    let aside = rows.prefix(asideCount)
    let kept = rows.dropFirst(asideCount)
    let keptLabels = kept.map { labels[$0] }
    guard featureCount > 0, growth == .full || !aside.isEmpty,
      keptLabels.contains(where: { $0 != keptLabels[0] })
    else {
      model = nil
      return
    }
    try XGBoostLibrary.silence()
    let matrix = try XGBoostMatrix(features.rows(kept), labels: keptLabels)
    let parameters =
      growth.parameters(rowCount: kept.count) + objective.parameters(labels: keptLabels)
    if growth == .full {
      let model = try XGBoostModel(caching: [matrix], parameters: parameters)
      for round in 0..<Self.fullRounds { try model.boost(round: round, on: matrix) }
      self.model = model
    } else {
      model = try Self.boost(
        on: matrix, until: XGBoostMatrix(features.rows(aside)),
        asideLabels: aside.map { labels[$0] }, objective: objective, parameters: parameters)
    }
  }

  private static func boost(
    on matrix: XGBoostMatrix, until aside: XGBoostMatrix, asideLabels: [Float],
    objective: Objective, parameters: [(name: String, value: String)]
  ) throws(EvalError) -> XGBoostModel? {
    let model = try XGBoostModel(caching: [matrix, aside], parameters: parameters)
    var best = (rounds: 0, loss: try model.loss(on: aside, labels: asideLabels, of: objective))
    for round in 0..<roundLimit {
      try model.boost(round: round, on: matrix)
      let loss = try model.loss(on: aside, labels: asideLabels, of: objective)
      if loss < best.loss { best = (round + 1, loss) }
      if round + 1 - best.rounds >= patience { break }
    }
    return best.rounds == 0 ? nil : try model.prefix(rounds: best.rounds)
  }

  /// The predictions for rows, (rows, margins) as ``Objective`` defines them; zeros if nothing was learnt.
  package func margins(of features: FeatureMatrix) throws(EvalError) -> [Float] {
    guard let model, features.rowCount > 0 else {
      return Array(repeating: 0, count: features.rowCount * objective.marginCount)
    }
    return try model.withMargins(of: XGBoostMatrix(features)) { Array($0) }
  }

  /// The share of each feature in what all splits have gained; zeros where nothing was learnt.
  package func gainShares() throws(EvalError) -> [Double] {
    let gains =
      try model?.totalGains(featureCount: featureCount)
      ?? Array(repeating: 0, count: featureCount)
    let sum = gains.reduce(0, +)
    return sum > 0 ? gains.map { $0 / sum } : gains
  }
}

extension GradientBoosting.Growth {
  /// What XGBoost is given to fit trees to a number of rows.
  ///
  /// Full trees search fewer bins in small tables: a leaf has at least 20 rows of two classes, so that narrower ones gain nothing.
  fileprivate func parameters(rowCount: Int) -> [(name: String, value: String)] {
    let binCount = min(max(rowCount / GradientBoosting.rowsPerBin, 64), GradientBoosting.binLimit)
    let common = [
      ("tree_method", "hist"), ("eta", "0.1"), ("nthread", "1"), ("verbosity", "0"),
    ]
    return switch self {
    case .stoppedEarly: common + [("max_depth", "4"), ("lambda", "10")]
    case .full:
      common + [
        ("grow_policy", "lossguide"), ("max_leaves", "31"), ("max_depth", "0"), ("lambda", "5"),
        ("max_bin", "\(binCount)"),
      ]
    }
  }
}

extension XGBoostModel {
  fileprivate func loss(
    on matrix: XGBoostMatrix, labels: [Float], of objective: Objective
  ) throws(EvalError) -> Double {
    try withMargins(of: matrix) { objective.loss($0, labels: labels) }
  }
}

/// The uses of drawn rows: each has its own stream, so that draws with one seed are independent.
enum RowDraw: UInt64 {
  case earlyStopping = 1
  case testing, fitting, suspects, references
  /// The first of the streams of repeated cross-validations.
  case folds

  /// At most the given number of rows of a table, in an order that the seed decides.
  func sample(of table: ComparedTable, most: Int, seed: UInt64) -> RowSample {
    RowSample(of: table, most: most, Philox(seed: seed, purpose: .split), stream: rawValue)
  }

  /// The numbers 0..<count in an order that the seed decides.
  func shuffled(_ count: Int, seed: UInt64) -> [Int] {
    var numbers = Array(0..<count)
    Philox(seed: seed, purpose: .split).shuffle(&numbers, stream: rawValue)
    return numbers
  }
}
