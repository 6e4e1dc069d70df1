import Eval

/// What a model that has learnt from synthetic rows is worth on real ones.
struct UtilitySection: StudySection {
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
