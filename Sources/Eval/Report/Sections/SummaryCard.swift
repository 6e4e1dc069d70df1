/// A card of the summary: a figure, its verdict, and the figures to compare it with.
struct SummaryCard {
  var title: String
  /// The figure, and its words.
  var figure: String
  var unit: Markup
  var verdict: Verdict
  /// Names and figures.
  var others: [(name: String, figure: String)]
  /// The section with more about it.
  var anchor: String

  var markup: Markup {
    let others = others.map { "<div><dt>\($0.name)</dt><dd>\($0.figure)</dd></div>" as Markup }
    return """
      <article class="card \(verdict.level.word)"><h4>\(title)</h4>\
      <p class="figure"><b>\(figure)</b> <span>\(unit)</span></p>\
      \(verdictTag(verdict))<dl>\(others)</dl>\
      <a class="more" href="#\(anchor)">More<span class="hidden"> on \(title)</span> ↓</a></article>
      """
  }
}

extension SummaryCard {
  /// The cards of the main results.
  static func all(_ subject: Subject) -> [SummaryCard] {
    [
      accuracy(subject), similarity(subject), utility(subject), privacy(subject),
      relations(subject), rules(subject), statistics(subject),
    ].compactMap { $0 }
  }

  private static func accuracy(_ subject: Subject) -> SummaryCard {
    let score = subject.figures.accuracy.overall
    return SummaryCard(
      title: "Accuracy", figure: NumberText.percent(score.value),
      unit: term(.accuracy, "overall accuracy"),
      verdict: .accuracy(score),
      others: [
        ("holdout", score.holdout.map { NumberText.percent($0) } ?? "none given"),
        ("expected of real rows", NumberText.percent(score.expected)),
      ], anchor: subject.anchor(AccuracySection.id))
  }

  private static func similarity(_ subject: Subject) -> SummaryCard? {
    guard let figures = subject.figures.similarity else { return nil }
    let (auc, holdout) = (figures.discriminator.auc, figures.discriminator.holdoutAUC)
    return SummaryCard(
      title: "Similarity", figure: NumberText.fixed(auc.value, digits: 3),
      unit: term(.discriminator, "discriminator AUC, 0.5 is best"),
      verdict: .discriminator(figures.discriminator),
      others: [
        ("95 % interval", auc.text { NumberText.fixed($0, digits: 3) }),
        ("holdout", holdout.map { NumberText.fixed($0.value, digits: 3) } ?? "none given"),
        ("shape", NumberText.percent(figures.shape?.value)),
        ("trend", figures.trend.map { NumberText.percent($0.value) } ?? "one column"),
      ], anchor: subject.anchor(SimilaritySection.id))
  }

  private static func utility(_ subject: Subject) -> SummaryCard? {
    guard let figures = subject.figures.utility else { return nil }
    let isNumber = figures.task == .regression
    func score(_ score: PredictionScore) -> String {
      NumberText.fixed(isNumber ? score.rSquared : score.auc, digits: 3)
    }
    let target = shortened(figures.target, to: 24)
    return SummaryCard(
      title: "Utility", figure: score(figures.synthetic),
      unit: term(.utility, "\(isNumber ? "R²" : "AUC") of predicting \(target), 1 is best"),
      verdict: .utility(figures),
      others: [
        ("trained on real rows", score(figures.real)),
        ("real less synthetic, 95 %", figures.lost.text { NumberText.fixed($0, digits: 3) }),
      ],
      anchor: subject.anchor(UtilitySection.id))
  }

  private static func privacy(_ subject: Subject) -> SummaryCard? {
    guard let figures = subject.figures.privacy else { return nil }
    let verdict = Verdict.privacy(
      figures, rowCount: subject.synthetic.rowCount,
      holdoutCount: subject.evaluation.holdout?.rowCount)
    let identical = figures.identicalShare
    let share = figures.closerToTraining
    return SummaryCard(
      title: "Privacy",
      figure: NumberText.percent(share?.value ?? identical.value),
      unit: share == nil
        ? term(.identicalShare, "identical to a training row")
        : term(.closerToTraining, "closer to training rows, 50 % is best"),
      verdict: verdict,
      others: [
        ("95 % interval", share.map { $0.text { NumberText.percent($0) } } ?? "needs a holdout"),
        ("identical rows", NumberText.percent(identical.value)),
        ("of the holdout", identical.holdout.map { NumberText.percent($0) } ?? "none given"),
      ], anchor: subject.anchor(PrivacySection.id))
  }

  private static func relations(_ subject: Subject) -> SummaryCard? {
    guard let figures = subject.figures.relations, let worst = figures.relations.first else {
      return nil
    }
    return SummaryCard(
      title: "Relations", figure: NumberText.percent(worst.synthetic?.value),
      unit: "<span>of rows keep \(nameTag(worst.relation.text, width: 60))</span>",
      verdict: .relations(figures),
      others: [
        ("training", NumberText.percent(worst.training)),
        ("holdout", worst.holdout.map { NumberText.percent($0.value) } ?? "none given"),
        ("relations", NumberText.count(figures.relations.count)),
      ], anchor: subject.anchor(RelationsSection.id))
  }

  private static func rules(_ subject: Subject) -> SummaryCard? {
    let rules = subject.figures.rules
    guard let worst = rules.min(by: { $0.share.value < $1.share.value }) else { return nil }
    return SummaryCard(
      title: "Rules", figure: NumberText.percent(worst.share.value, digits: 2),
      unit: term(
        .rule, rules.count == 1 ? "of rows keep the rule" : "of rows keep the weakest rule"),
      verdict: .rules(rules),
      others: [
        ("holdout", worst.share.holdout.map { NumberText.percent($0, digits: 2) } ?? "none given"),
        ("rules", NumberText.count(rules.count)),
      ], anchor: subject.anchor(RulesSection.id))
  }

  private static func statistics(_ subject: Subject) -> SummaryCard? {
    let statistics = subject.figures.statistics
    guard let first = statistics.first else { return nil }
    return SummaryCard(
      title: "Statistics", figure: NumberText.number(first.deviation.value, significant: 3),
      unit: term(.statistic, "deviation of \(shortened(first.definition, to: 40))"),
      verdict: .statistics(statistics),
      others: [
        (
          "holdout",
          first.deviation.holdout.map { NumberText.number($0, significant: 3) } ?? "none given"
        ),
        ("statistics", NumberText.count(statistics.count)),
      ], anchor: subject.anchor(StatisticsSection.id))
  }
}
