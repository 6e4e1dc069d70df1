import Eval

/// How the study was made, and what its figures mean.
struct StudyMethodSection: StudySection {
  static let id = "method"
  static let title = "Method"
  let subject: StudySubject

  private static let definitions: [Definition] = [
    .accuracy, .expected, .holdout, .univariate, .bivariate, .trivariate, .shape, .trend, .rule,
    .utility, .discriminator, .closerToTraining, .identicalShare, .statistic,
  ]

  var body: Markup {
    """
    <p>Each generator was trained on the first rows of the shuffled training part, \
    so smaller samples are parts of larger ones; the seed and the repeat decide the order. The same table, options and \
    seed give the same figures, except times and memory.</p>\(made)\(Definition.list(Self.definitions))
    """
  }

  private var made: Markup {
    let results = subject.results
    let plan = results.plan
    let machine = results.machine
    func list(_ items: [String]) -> String { items.joined(separator: ", ") }
    var facts: [(String, String)] = [
      (
        "training part", "\(NumberText.count(results.trainingRowCount)) rows"
      ),
      ("holdout", "\(NumberText.count(results.holdoutRowCount)) rows"),
      ("rows trained on", list(plan.rowCounts.map(NumberText.count))),
      ("model sizes", list(plan.modelSizes.map(\.rawValue))),
      ("epochs", list(plan.epochs.map(\.description))),
      ("repeats", NumberText.count(plan.repetitions)),
      ("rows drawn from each", NumberText.count(plan.drawnRowCount)),
      ("seed", String(results.seed)),
      ("processor", "\(machine.processor), \(machine.processorCount) processors"),
      ("threads", NumberText.count(machine.threadCount)),
      ("BLAS", machine.blas),
    ]
    if let revision = machine.revision { facts.append(("revision", revision)) }
    if !plan.oversized.isEmpty {
      facts.append(
        (
          "larger than the training part",
          "\(list(plan.oversized.map(NumberText.count))): replaced by all its rows"
        ))
    }
    return FigureTable(
      "How the study was made",
      columns: [.init("", isNumeric: false), .init("", isNumeric: false)],
      rows: facts.map { [.init("\($0)"), .init("\($1)")] }
    ).markup
  }
}
