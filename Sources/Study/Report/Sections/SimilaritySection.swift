import Eval

/// How hard synthetic rows are to distinguish from real ones.
struct SimilaritySection: StudySection {
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
