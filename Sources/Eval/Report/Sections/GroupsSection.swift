/// Numbers by groups, as violins.
struct GroupsSection: ReportSection {
  static let id = "groups"
  static let title = "Groups"
  let subject: Subject

  var body: Markup {
    let figures = GroupedNumberChoice(subject).pairs.compactMap { number, group -> Markup? in
      guard let densities = GroupedDensities(subject, number: number, group: group) else {
        return nil
      }
      return figureTag(
        "<span>\(nameTag(subject.name(number), width: 24)) by \(nameTag(subject.name(group), width: 24))</span>",
        densities.chart.element(), note: densities.omission.map { "\($0)" } ?? .empty)
    }
    guard !figures.isEmpty else {
      return absence(
        "There is no column of numbers that could be shown by a category of few values.")
    }
    return """
      <p>How numbers are distributed in groups: training rows above each line, synthetic rows below it, with the \
      median and the middle half of the rows.</p><div class="charts">\(figures)</div>
      """
  }
}
