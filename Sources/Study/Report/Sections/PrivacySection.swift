import Eval

/// How close synthetic rows come to those that were trained on.
struct PrivacySection: StudySection {
  static let id = "privacy"
  static let title = "Privacy"
  let subject: StudySubject

  var body: Markup {
    """
    <p>Whether synthetic rows are \(term(.closerToTraining, "closer to the rows that were trained on")) than to as many of \
    the holdout: at 50 % they owe nothing to single ones. And whether more of them \
    \(term(.identicalShare, "stand in the training sample")) than chance puts there.</p>\(grid(subject.privacyCharts))
    """
  }
}
