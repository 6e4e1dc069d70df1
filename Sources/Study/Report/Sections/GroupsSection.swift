import Eval

/// Numbers by groups, as violins.
struct GroupsSection: StudySection {
  static let id = "groups"
  static let title = "Groups"
  let subject: StudySubject

  var body: Markup {
    """
    <p>How numbers are distributed in groups, with the median and the middle half of the rows. Of repeats the first is \
    shown.</p>\(bySeries(charts))
    """
  }

  private func charts(_ series: StudySeries) -> Markup {
    let figures = subject.violins.flatMap { $0.charts(of: series) }.map {
      figureTag($0.heading, $0.chart.element())
    }
    return grid(figures)
  }
}
