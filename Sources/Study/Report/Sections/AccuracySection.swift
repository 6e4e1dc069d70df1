import Eval

/// How accuracy grows with the rows that were trained on.
struct AccuracySection: StudySection {
  static let id = "accuracy"
  static let title = "Accuracy"
  let subject: StudySubject

  var body: Markup {
    """
    <p>How closely the distributions of one, two and three columns agree with those of the training part; \
    \(term(.accuracy, "overall accuracy")) is the mean of the three. The lines are what \(term(.expected, "as many other real rows are expected to have")) and what the \
    \(term(.holdout, "holdout")) has.\(bars)</p>\(grid(Array(subject.accuracyCharts.dropFirst())))
    """
  }

  private var bars: String {
    subject.results.plan.repetitions > 1
      ? " Points are means; the bars reach from the lowest repeat to the highest." : ""
  }
}
