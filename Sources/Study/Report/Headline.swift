import Eval

/// What a study says in three sentences: of the main series its smallest and its largest size.
struct Headline {
  private let subject: StudySubject
  private let series: StudySeries
  private let first: StudySummary
  private let last: StudySummary

  /// nil where nothing is finished.
  init?(_ subject: StudySubject) {
    guard let series = subject.main, let first = series.summaries.first,
      let last = series.summaries.last
    else { return nil }
    self.subject = subject
    self.series = series
    self.first = first
    self.last = last
  }

  var text: String {
    [accuracy, time, worth].compactMap { $0 }.joined(separator: " ")
  }

  private var accuracy: String? {
    guard let range = range(.accuracy) else { return nil }
    let real = [
      subject.results.reference.values[.accuracy].map {
        "the holdout itself has \(StudyFigure.accuracy.text($0))"
      },
      subject.expected(.accuracy).map {
        "as many other real rows are expected to have \(StudyFigure.accuracy.text($0))"
      },
    ].compactMap { $0 }.joined(separator: ", ")
    return "Overall accuracy (\(series.name)) is \(range)\(real.isEmpty ? "" : "; " + real)."
  }

  private var time: String? {
    guard let range = range(.trainingSeconds) else { return nil }
    let exponent = series.runtime.map {
      " and grows as the number of rows to the power of \(NumberText.fixed($0.exponent, digits: 2))"
    }
    return "Training takes \(range)\(exponent ?? "")."
  }

  /// What else is known of the largest size.
  private var worth: String? {
    var facts: [String] = []
    if let auc = last.values[.discriminatorAUC] {
      facts.append(
        "a classifier distinguishes synthetic rows from real ones with an AUC of "
          + StudyFigure.discriminatorAUC.text(auc.mean))
    }
    if let figure = subject.utility, let value = last.values[figure] {
      let measure = figure == .targetAUC ? "AUC" : "R²"
      let real = subject.results.reference.values[figure].map { " (real rows: \(figure.text($0)))" }
      facts.append(
        "a model that learnt from them predicts the target with an \(measure) of \(figure.text(value.mean))\(real ?? "")"
      )
    }
    if let share = last.values[.closerToTraining] {
      facts.append(
        StudyFigure.closerToTraining.text(share.mean)
          + " of them are closer to a row that was trained on than to one of the holdout")
    }
    guard !facts.isEmpty else { return nil }
    return "At \(rows(last)) \(facts.joined(separator: "; "))."
  }

  /// The figure at the smallest and the largest size.
  private func range(_ figure: StudyFigure) -> String? {
    guard let largest = last.values[figure] else { return nil }
    let end = "\(figure.text(largest.mean)) from \(rows(last))"
    guard first.rowCount < last.rowCount, let smallest = first.values[figure] else { return end }
    return "\(figure.text(smallest.mean)) from \(rows(first)) and \(end)"
  }

  private func rows(_ summary: StudySummary) -> String {
    "\(NumberText.count(summary.rowCount)) rows"
  }
}
