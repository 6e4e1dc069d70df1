import Eval

/// How accuracy grows with the rows that were trained on.
struct StudyAccuracySection: StudySection {
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

/// How hard synthetic rows are to distinguish from real ones.
struct StudySimilaritySection: StudySection {
  static let id = "similarity"
  static let title = "Similarity"
  let subject: StudySubject

  var body: Markup {
    """
    <p>How well \(term(.discriminator, "a classifier")) distinguishes synthetic rows from real ones that it has not seen. At 0.5 \
    it guesses.</p>\(grid(subject.discriminatorChart, .discriminatorAUC))
    """
  }
}

/// How close synthetic rows come to those that were trained on.
struct StudyPrivacySection: StudySection {
  static let id = "privacy"
  static let title = "Privacy"
  let subject: StudySubject

  var body: Markup {
    """
    <p>Whether synthetic rows are \(term(.closerToTraining, "closer to the rows that were trained on")) than to equally many of \
    the holdout; 50 % means that they are not. And whether more of them \
    \(term(.identicalShare, "occur in the training sample")) than chance explains.</p>\(grid(subject.privacyCharts))
    """
  }
}

/// How well a model trained on synthetic rows predicts real ones.
struct StudyUtilitySection: StudySection {
  static let id = "utility"
  static let title = "Utility"
  let subject: StudySubject

  var body: Markup {
    guard let utility = subject.utility else { return .empty }
    return """
      <p>A model learns \(nameTag(subject.results.target ?? "")) from the synthetic rows and is \
      \(term(.utility, "judged on the holdout")); the line is a model that has learnt from all training rows.</p>\
      \(grid(subject.utilityChart, utility))
      """
  }
}
