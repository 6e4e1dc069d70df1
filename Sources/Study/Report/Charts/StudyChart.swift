import Eval

/// A chart of a study with its title in the page and its file name.
struct StudyChart {
  /// Without `.svg`.
  let fileName: String
  let heading: Markup
  let chart: XYChart

  init?(_ fileName: String, _ heading: Markup, _ chart: XYChart?) {
    guard let chart else { return nil }
    self.fileName = fileName
    self.heading = heading
    self.chart = chart
  }

  /// As a part of the page.
  var figure: Markup { figureTag(heading, chart.element()) }

  /// As a document of its own, which has more room.
  var file: String {
    var chart = chart
    chart.width = 720
    chart.height = 420
    return chart.file()
  }
}

extension StudySubject {
  /// All charts but violins.
  var charts: [StudyChart] {
    let single = [timeChart, tradeOffChart, utilityChart, discriminatorChart]
    return accuracyCharts + single.compactMap { $0 }
      + results.reference.rules.indices.compactMap(ruleChart) + privacyCharts + statisticCharts
      + longerTrainingCharts
  }

  /// Overall accuracy first, then those of one, two and three columns.
  var accuracyCharts: [StudyChart] {
    [StudyFigure.accuracy, .univariate, .bivariate, .trivariate].compactMap { figure in
      StudyChart(
        figure == .accuracy ? "accuracy" : "accuracy-\(figure.rawValue)", figure.heading,
        SizeChart(
          subject: self, figure: figure, title: "\(figure.name.capitalizedSentence) against size",
          levels: [
            .reference("expected of real rows", expected(figure)),
            .holdout(results.reference.values[figure]),
          ]
        ).chart)
    }
  }

  var timeChart: StudyChart? {
    StudyChart(
      "training-time", "Training time",
      SizeChart(
        subject: self, figure: .trainingSeconds, title: "Training time against size",
        axisTitle: "seconds", kind: .logarithmic,
        name: { series in
          let exponent = series.runtime.map {
            ": ∝ rows^\(NumberText.fixed($0.exponent, digits: 2))"
          }
          return series.name + (exponent ?? "")
        }
      ).chart)
  }

  var tradeOffChart: StudyChart? {
    StudyChart("trade-off", "Accuracy against training time", TradeOffChart(subject: self).chart)
  }

  /// What more time of training brings, where the study has several numbers of epochs.
  var longerTrainingCharts: [StudyChart] {
    let real = results.reference.values
    var figures: [(StudyFigure, String, [ReferenceLevel])] = [
      (
        .accuracy, StudyFigure.accuracy.name,
        [.reference("expected of real rows", expected(.accuracy)), .holdout(real[.accuracy])]
      ),
      (
        .discriminatorAUC, "AUC, 0.5 is best",
        [.reference("guessing", 0.5), .holdout(real[.discriminatorAUC])]
      ),
      (.closerToTraining, StudyFigure.closerToTraining.name, [.reference("chance", 0.5)]),
    ]
    if let utility {
      figures.insert(
        (utility, utility.name, [.holdout(real[utility], "trained on real rows")]), at: 2)
    }
    return figures.compactMap { figure, axisTitle, levels in
      StudyChart(
        "longer-training-\(figure.rawValue)", figure.heading,
        LongerTrainingChart(subject: self, figure: figure, axisTitle: axisTitle, levels: levels)
          .chart)
    }
  }

  func ruleChart(_ index: Int) -> StudyChart? {
    let rule = results.reference.rules[index]
    return StudyChart(
      "rule-\(index + 1)", columnsTag(rule.columns),
      SizeChart(
        subject: self, figure: rule.figure,
        title: "Rows that keep the rule \(rule.columns.joined(separator: ", "))",
        axisTitle: "rows that keep the rule",
        levels: [.holdout(results.reference.values[rule.figure])]
      ).chart)
  }

  var utilityChart: StudyChart? {
    guard let figure = utility, let target = results.target else { return nil }
    let measure = figure == .targetAUC ? "AUC" : "R²"
    return StudyChart(
      "utility", "<span>\(measure) of predicting \(nameTag(target))</span>",
      SizeChart(
        subject: self, figure: figure, title: "\(measure) of predicting \(target) in real rows",
        axisTitle: measure,
        levels: [.holdout(results.reference.values[figure], "trained on real rows")]
      ).chart)
  }

  var discriminatorChart: StudyChart? {
    StudyChart(
      "discriminator", StudyFigure.discriminatorAUC.heading,
      SizeChart(
        subject: self, figure: .discriminatorAUC, title: "Distinguishing synthetic from real rows",
        axisTitle: "AUC, 0.5 is best",
        levels: [
          .reference("guessing", 0.5), .holdout(results.reference.values[.discriminatorAUC]),
        ]
      ).chart)
  }

  var privacyCharts: [StudyChart] {
    [
      StudyChart(
        "closer-to-training", StudyFigure.closerToTraining.heading,
        SizeChart(
          subject: self, figure: .closerToTraining,
          title: "Rows closer to a training than to a holdout row", axisTitle: "closer to training",
          levels: [.reference("chance", 0.5)]
        ).chart),
      StudyChart(
        "identical-rows", StudyFigure.identicalShare.heading,
        SizeChart(
          subject: self, figure: .identicalShare, title: "Rows that occur in the training sample",
          axisTitle: "identical rows",
          levels: [.holdout(results.reference.values[.identicalShare])]
        ).chart),
    ].compactMap { $0 }
  }

  var statisticCharts: [StudyChart] {
    results.reference.statistics.enumerated().compactMap { index, statistic in
      StudyChart(
        "statistic-\(index + 1)", nameTag(statistic.definition, width: 48),
        SizeChart(
          subject: self, figure: statistic.figure, title: "Deviation of \(statistic.definition)",
          axisTitle: "mean deviation",
          levels: [
            .holdout(statistic.holdoutDeviation),
            .reference("95 % of holdouts stay below", statistic.deviationLimit),
          ]
        ).chart)
    }
  }
}

/// Names of columns with commas between.
func columnsTag(_ columns: [String]) -> Markup {
  let names = columns.map { nameTag($0) }
  return names.dropFirst().reduce("<span>" + (names.first ?? .empty)) { $0 + ", " + $1 } + "</span>"
}

extension String {
  /// With a capital letter at the beginning.
  fileprivate var capitalizedSentence: String { prefix(1).uppercased() + dropFirst() }
}
