extension Verdict {
  /// Based on how far the accuracy is below the holdout's, or without one below the expected accuracy.
  static func accuracy(_ score: AccuracyScore) -> Verdict {
    let gap = (score.holdout ?? score.expected) - score.value
    let other = score.holdout == nil ? "an independent sample of real rows" : "the holdout"
    // Balanced draws come a little closer than chance does; half of the way to 100 % takes copies.
    if score.value > (score.expected + 1) / 2 {
      return Verdict(
        .fair, "Closer to the training rows than an independent sample would be: check for copies")
    }
    if gap <= 0.005 { return Verdict(.good, "As close to the training rows as \(other) is") }
    if gap <= 0.02 { return Verdict(.good, "Nearly as close to the training rows as \(other) is") }
    if gap <= 0.05 { return Verdict(.fair, "Less close to the training rows than \(other) is") }
    return Verdict(.poor, "Far less close to the training rows than \(other) is")
  }

  /// Based on two tests: whether significantly more than half of the rows are closer to training than to holdout rows, and
  /// whether more of them than of the holdout's rows occur in the training table.
  static func privacy(_ figures: PrivacyFigures, rowCount: Int, holdoutCount: Int?) -> Verdict {
    guard let closer = figures.closerToTraining, let holdoutCount,
      let holdoutShare = figures.identicalShare.holdout
    else {
      if figures.identicalShare.value > 0.01 {
        return Verdict(
          .fair,
          "Some rows are copies of training rows: only a holdout can show whether by chance")
      }
      return Verdict(
        .unknown,
        "Without a holdout it is unknown whether rows are too close to training rows")
    }
    let identical = figures.identicalShare.value
    let variance =
      identical * (1 - identical) / Double(max(rowCount, 1))
      + holdoutShare * (1 - holdoutShare) / Double(max(holdoutCount, 1))
    if identical > holdoutShare + 0.001 + 3 * variance.squareRoot() {
      let isMuch = identical > 2 * holdoutShare + 0.01
      return Verdict(
        isMuch ? .poor : .fair,
        "More rows are copies of training rows than chance explains")
    }
    if closer.lower <= 0.5 {
      return Verdict(.good, "No closer to training rows than to holdout rows")
    }
    if closer.value <= 0.53 {
      return Verdict(.fair, "A little closer to training rows than to holdout rows")
    }
    return Verdict(.poor, "Closer to training rows than to holdout rows")
  }

  /// Based on how much better a classifier recognises synthetic rows than holdout rows. A good verdict needs the upper end of the
  /// interval, and the holdout excuses only what the lower end of its own interval shows.
  static func discriminator(_ discriminator: Discriminator) -> Verdict {
    let auc = discriminator.auc
    let chance = max(0.5, discriminator.holdoutAUC?.lower ?? 0.5)
    if auc.upper <= chance + 0.02 {
      return Verdict(.good, "A classifier cannot distinguish synthetic rows from real ones")
    }
    if auc.upper <= chance + 0.08 {
      return Verdict(.good, "A classifier can hardly distinguish synthetic rows from real ones")
    }
    if auc.lower <= chance + 0.02 {
      return .tooFewRows("whether a classifier distinguishes synthetic rows from real ones")
    }
    if auc.value <= chance + 0.08 {
      return Verdict(.fair, "A classifier sometimes distinguishes synthetic rows from real ones")
    }
    if auc.value <= chance + 0.2 {
      return Verdict(.fair, "A classifier often distinguishes synthetic rows from real ones")
    }
    return Verdict(.poor, "A classifier easily distinguishes synthetic rows from real ones")
  }

  /// Based on the share of the real model's gain (AUC above one half, or R²) that the synthetic model lacks. A good verdict needs the
  /// upper end of the interval.
  static func utility(_ figures: UtilityFigures) -> Verdict {
    let none = figures.task == .regression ? 0 : 0.5
    guard let real = figures.real.figure else {
      return Verdict(.unknown, "The target cannot be predicted")
    }
    guard real > none + 0.01 else {
      return Verdict(.unknown, "Real rows do not predict \(figures.target) either")
    }
    let (lost, gain) = (figures.lost, real - none)
    if lost.upper <= 0.02 * gain {
      return Verdict(.good, "A model learns as much as from real rows")
    }
    if lost.upper <= 0.08 * gain {
      return Verdict(.good, "A model learns nearly as much as from real rows")
    }
    if lost.lower <= 0.02 * gain {
      return .tooFewRows("whether a model learns as much as from real rows")
    }
    if lost.value <= 0.2 * gain {
      return Verdict(.fair, "A model learns less than from real rows")
    }
    return Verdict(.poor, "A model learns far less than from real rows")
  }

  /// Based on how much less often synthetic rows keep a relation than real ones. A good verdict needs the upper end of the interval.
  static func relation(_ figures: RelationFigures) -> Verdict {
    guard let lost = figures.lost else {
      return Verdict(.unknown, "No synthetic row has all values of the relation")
    }
    if lost.upper <= 0.02 { return Verdict(.good, "Kept as often as by real rows") }
    if lost.upper <= 0.05 { return Verdict(.good, "Kept nearly as often as by real rows") }
    if lost.lower <= 0.01 { return .tooFewRows("whether it is kept as often as by real rows") }
    if lost.value <= 0.1 { return Verdict(.fair, "Broken more often than by real rows") }
    return Verdict(.poor, "Broken far more often than by real rows")
  }

  /// Based on the relation that is kept worst.
  static func relations(_ figures: RelationsFigures) -> Verdict {
    let verdicts = figures.relations.map(Verdict.relation)
    if verdicts.isEmpty { return Verdict(.unknown, "No relation was found in the training rows") }
    let counts = "of \(verdicts.count) relation\(verdicts.count == 1 ? "" : "s")"
    for (level, words) in [
      (Level.poor, "broken far more often than by real rows"),
      (.fair, "broken more often than by real rows"),
      (.unknown, "in too few rows for a verdict"),
    ] {
      let count = verdicts.count { $0.level == level }
      if count > 0 { return Verdict(level, "\(count) \(counts) \(words)") }
    }
    return Verdict(.good, "All \(verdicts.count) relations are kept about as often as by real rows")
  }

  /// Based on the rule that is kept worst.
  static func rules(_ rules: [RuleFigures]) -> Verdict {
    let verdicts = rules.map { rule in
      let broken = 1 - rule.share.value
      let expected = 1 - (rule.share.holdout ?? 1)
      if broken <= expected + 0.001 {
        return Verdict(.good, "Rules are kept as well as by real rows")
      }
      if broken <= expected + 0.02 { return Verdict(.fair, "Rules are sometimes broken") }
      return Verdict(.poor, "Rules are often broken")
    }
    return verdicts.max { $0.level < $1.level } ?? Verdict(.unknown, "No rule was given")
  }

  /// Based on the statistic with the largest deviation relative to the holdout's.
  static func statistics(_ statistics: [StatisticFigures]) -> Verdict {
    let verdicts = statistics.map { statistic in
      guard let holdout = statistic.deviation.holdout else {
        return Verdict(.unknown, "Without a holdout there is nothing to compare deviations with")
      }
      let deviation = statistic.deviation.value
      if deviation <= 1.5 * holdout + 1e-12 {
        return Verdict(.good, "Statistics are as accurate as the holdout's")
      }
      if deviation <= 4 * holdout {
        return Verdict(.fair, "Some statistics are less accurate than the holdout's")
      }
      return Verdict(.poor, "Some statistics are far less accurate than the holdout's")
    }
    return verdicts.max { $0.level < $1.level } ?? Verdict(.unknown, "No statistic was given")
  }
}
