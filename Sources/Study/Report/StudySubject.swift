import Eval

/// What a study's report is about: its results, and the lines of its charts.
struct StudySubject: Sendable {
  let results: StudyResults
  /// Those that have finished cells, in the order of the plan.
  let series: [StudySeries]

  init(_ results: StudyResults) {
    self.results = results
    let plan = results.plan
    var series: [StudySeries] = []
    for (sizeIndex, modelSize) in plan.modelSizes.enumerated() {
      for (epochsIndex, epochs) in plan.epochs.enumerated() {
        series.append(
          StudySeries(
            modelSize, epochs, of: results, style: .line(colour: sizeIndex, kind: epochsIndex)))
      }
    }
    self.series = series.filter { !$0.cells.isEmpty }
  }

  /// The series that sentences and tables are about which cannot name all: the program's defaults where the plan has them.
  var main: StudySeries? {
    series.first { $0.modelSize == .medium && $0.epochs == .automatic } ?? series.last
  }

  /// The figure that says what synthetic rows teach about the target; nil without a target.
  var utility: StudyFigure? {
    results.figures.first { $0 == .targetAUC || $0 == .targetRSquared }
  }

  /// What as many real rows are expected to get.
  func expected(_ figure: StudyFigure) -> Double? {
    results.cells.lazy.compactMap { $0.expected[figure] }.first
  }

  /// Sizes with a missing cell.
  var unfinishedRowCounts: [Int] {
    let finished = Set(results.cells.map(\.key))
    return results.plan.rowCounts.filter { rowCount in
      results.plan.keys.contains { $0.rowCount == rowCount && !finished.contains($0) }
    }
  }
}

extension SeriesStyle {
  private static let kinds: [(Dashes, Marker)] = [
    (.solid, .circle), (.dashed, .square), (.dotted, .triangle), (.solid, .diamond),
  ]

  /// A line that shares its colour with some lines, and its dashes and marker with others.
  fileprivate static func line(colour: Int, kind: Int) -> SeriesStyle {
    let (dashes, marker) = kinds[kind % kinds.count]
    return SeriesStyle(.series(colour), dashes: dashes, marker: marker)
  }
}
