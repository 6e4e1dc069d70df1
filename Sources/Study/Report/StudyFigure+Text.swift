import Eval

extension StudyFigure {
  /// Its name in text.
  var name: String {
    switch self {
    case .accuracy: "overall accuracy"
    case .univariate: "univariate accuracy"
    case .bivariate: "bivariate accuracy"
    case .trivariate: "trivariate accuracy"
    case .shape: "shape"
    case .trend: "trend"
    case .discriminatorAUC: "discriminator AUC"
    case .targetAUC: "utility, AUC"
    case .targetRSquared: "utility, R²"
    case .closerToTraining: "closer to training"
    case .identicalShare: "identical rows"
    case .epochs: "epochs of the model"
    case .trainingSeconds: "training time"
    case .trainingCPUSeconds: "processor time"
    case .rowsPerSecond: "rows per second"
    case .peakMemoryBytes: "peak memory"
    case .generationSeconds: "time of drawing"
    case .evaluationSeconds: "time of judging"
    default: rawValue
    }
  }

  /// A heading, with a link to the figure's definition where there is one.
  var heading: Markup { definition.map { term($0) } ?? nameTag(name, width: 48) }

  /// Its definition on the page.
  var definition: Definition? {
    switch self {
    case .accuracy: .accuracy
    case .univariate: .univariate
    case .bivariate: .bivariate
    case .trivariate: .trivariate
    case .shape: .shape
    case .trend: .trend
    case .discriminatorAUC: .discriminator
    case .targetAUC, .targetRSquared: .utility
    case .closerToTraining: .closerToTraining
    case .identicalShare: .identicalShare
    default: nil
    }
  }

  /// How its values are written.
  private enum Unit { case share, score, seconds, bytes, count, number }

  private var unit: Unit {
    switch self {
    case .accuracy, .univariate, .bivariate, .trivariate, .shape, .trend, .closerToTraining,
      .identicalShare:
      .share
    case .discriminatorAUC, .targetAUC, .targetRSquared: .score
    case .trainingSeconds, .trainingCPUSeconds, .generationSeconds, .evaluationSeconds: .seconds
    case .peakMemoryBytes: .bytes
    case .rowsPerSecond: .count
    default: rawValue.hasPrefix(Self.rulePrefix) ? .share : .number
    }
  }

  var isShare: Bool { unit == .share }

  /// A value with its unit.
  func text(_ value: Double?) -> String {
    guard let value else { return NumberText.none }
    return switch unit {
    case .share: NumberText.percent(value, digits: 2)
    case .score: NumberText.fixed(value, digits: 3)
    case .seconds: NumberText.number(value, significant: 3) + "\u{A0}s"
    case .bytes: NumberText.number(value / 1e6, significant: 3) + "\u{A0}MB"
    case .count: NumberText.fixed(value, digits: 0)
    case .number: NumberText.number(value, significant: 3)
    }
  }

  /// The mean of several repeats and their standard deviation; of one its value.
  func text(_ spread: Spread?) -> String {
    guard let spread else { return NumberText.none }
    guard let deviation = spread.deviation else { return text(spread.mean) }
    return "\(text(spread.mean)) ±\u{A0}\(text(deviation))"
  }
}
