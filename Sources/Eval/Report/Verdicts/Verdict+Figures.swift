extension Verdict {
  /// By how far the accuracy falls short of the holdout's, or without one of what is expected of real rows.
  static func accuracy(_ score: AccuracyScore) -> Verdict {
    let gap = (score.holdout ?? score.expected) - score.value
    let other = score.holdout == nil ? "an independent sample of real rows" : "the holdout"
    // Even draws and matched frequencies come a little closer than chance does; half of the way to 100 % takes copies.
    if score.value > (score.expected + 1) / 2 {
      return Verdict(
        .fair, "Closer to the training rows than an independent sample would be: look for copies")
    }
    if gap <= 0.005 { return Verdict(.good, "As close to the training rows as \(other) is") }
    if gap <= 0.02 { return Verdict(.good, "Nearly as close to the training rows as \(other) is") }
    if gap <= 0.05 { return Verdict(.fair, "Less close to the training rows than \(other) is") }
    return Verdict(.poor, "Far less close to the training rows than \(other) is")
  }

  /// Whether, beyond chance, more than half of the rows are closer to training than to holdout rows, and whether more of
  /// them than of the holdout's rows stand in the training table.
  static func privacy(_ figures: PrivacyFigures, rowCount: Int, holdoutCount: Int?) -> Verdict {
    guard let closer = figures.closerToTraining, let holdoutCount,
      let holdoutShare = figures.identicalShare.holdout
    else {
      if figures.identicalShare.value > 0.01 {
        return Verdict(
          .fair,
          "Rows stand in the training table as they are: a holdout would show whether by chance")
      }
      return Verdict(
        .unknown,
        "Without a holdout nobody can know whether rows are closer to people's than they should be")
    }
    let identical = figures.identicalShare.value
    let variance =
      identical * (1 - identical) / Double(max(rowCount, 1))
      + holdoutShare * (1 - holdoutShare) / Double(max(holdoutCount, 1))
    if identical > holdoutShare + 0.001 + 3 * variance.squareRoot() {
      let isMuch = identical > 2 * holdoutShare + 0.01
      return Verdict(
        isMuch ? .poor : .fair,
        "More rows are copies of training rows than real people happen to be")
    }
    if closer.lower <= 0.5 {
      return Verdict(.good, "No closer to people's records than to those of strangers")
    }
    if closer.value <= 0.53 {
      return Verdict(.fair, "A little closer to people's records than to those of strangers")
    }
    return Verdict(.poor, "Closer to people's records than it should be")
  }

  /// By how far a classifier does better than at telling the holdout.
  static func discriminator(_ auc: Measured) -> Verdict {
    let excess = auc.value - max(0.5, auc.holdout ?? 0.5)
    if excess <= 0.02 {
      return Verdict(.good, "A classifier cannot distinguish synthetic rows from real ones")
    }
    if excess <= 0.08 {
      return Verdict(.good, "A classifier hardly distinguishes synthetic rows from real ones")
    }
    if excess <= 0.2 {
      return Verdict(.fair, "A classifier often distinguishes synthetic rows from real ones")
    }
    return Verdict(.poor, "A classifier easily distinguishes synthetic rows from real ones")
  }

  /// By what share of what the real model has learnt the synthetic one falls short: of its AUC above one half, of its R².
  static func utility(_ figures: UtilityFigures) -> Verdict {
    let (synthetic, real, none) =
      figures.task == .regression
      ? (figures.synthetic.rSquared, figures.real.rSquared, 0)
      : (figures.synthetic.auc, figures.real.auc, 0.5)
    guard let synthetic, let real else { return Verdict(.unknown, "There is nothing to predict") }
    guard real > none + 0.01 else {
      return Verdict(.unknown, "Real rows do not predict \(figures.target) either")
    }
    let lost = (real - synthetic) / (real - none)
    if lost <= 0.02 { return Verdict(.good, "A model learns as much from it as from real rows") }
    if lost <= 0.08 {
      return Verdict(.good, "A model learns nearly as much from it as from real rows")
    }
    if lost <= 0.2 { return Verdict(.fair, "A model learns less from it than from real rows") }
    return Verdict(.poor, "A model learns far less from it than from real rows")
  }

  /// By the rule that is kept worst.
  static func rules(_ rules: [RuleFigures]) -> Verdict {
    let verdicts = rules.map { rule in
      let broken = 1 - rule.share.value
      let expected = 1 - (rule.share.holdout ?? 1)
      if broken <= expected + 0.001 {
        return Verdict(.good, "Rules are kept as real rows keep them")
      }
      if broken <= expected + 0.02 { return Verdict(.fair, "Rules are broken now and then") }
      return Verdict(.poor, "Rules are often broken")
    }
    return verdicts.max { $0.level < $1.level } ?? Verdict(.unknown, "No rule was given")
  }

  /// By the statistic that is farthest off, measured by what the holdout is off.
  static func statistics(_ statistics: [StatisticFigures]) -> Verdict {
    let verdicts = statistics.map { statistic in
      guard let holdout = statistic.deviation.holdout else {
        return Verdict(.unknown, "Without a holdout there is no measure for deviations")
      }
      let deviation = statistic.deviation.value
      if deviation <= 1.5 * holdout + 1e-12 {
        return Verdict(.good, "Statistics are as near as the holdout's")
      }
      if deviation <= 4 * holdout {
        return Verdict(.fair, "Some statistics are farther off than the holdout's")
      }
      return Verdict(.poor, "Some statistics are far off")
    }
    return verdicts.max { $0.level < $1.level } ?? Verdict(.unknown, "No statistic was given")
  }
}
