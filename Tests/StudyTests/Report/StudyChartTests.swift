import Foundation
import Study
import TestSupport
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite struct StudyChartTests {
  @Test func thereIsAFileForEveryChart() throws {
    #expect(
      try charts(StudyFixture()).map(\.name) == [
        "accuracy", "accuracy-univariate", "accuracy-bivariate", "accuracy-trivariate",
        "training-time", "trade-off", "utility", "discriminator", "rule-1", "closer-to-training",
        "identical-rows", "statistic-1", "longer-training-accuracy", "longer-training-c2st_auc",
        "longer-training-tstr_auc", "longer-training-dcr_share", "violin-1",
      ])
  }

  @Test func longerTrainingHasALineForEachModelSizeAtTheMostRows() throws {
    let svg = try #require(
      charts(StudyFixture()).first { $0.name == "longer-training-accuracy" }?.svg)
    for name in ["small", "medium"] { #expect(svg.contains(">\(name)</text>")) }
    let results = try StudyFixture().results()
    for summary in results.summaries {
      // A tooltip for each point: its epochs, seconds and accuracy.
      let point =
        "\(summary.modelSize.rawValue), \(summary.epochs == .automatic ? "auto epochs" : "1 epoch"): "
      let shown = svg.firstMatch(of: try Regex(point + #"([\d.]+), ([\d.]+)"#))
      guard summary.rowCount == results.plan.rowCounts.last else { continue }
      let numbers = try #require(shown, "\(point)").output
      #expect(
        Double(numbers[2].substring!)! == (1_000 * summary.values[.accuracy]!.mean).rounded() / 10)
    }
    var fixture = StudyFixture()
    fixture.epochs = ["auto"]
    #expect(try !charts(fixture).contains { $0.name.hasPrefix("longer") })
  }

  @Test func violinsOfManyGroupsAreDrawnSizeBySize() throws {
    var fixture = StudyFixture()
    fixture.levels = ["north", "east", "south", ""]
    let violins = try charts(fixture).filter { $0.name.hasPrefix("violin") }
    #expect(violins.map(\.name) == ["violin-1-200", "violin-1-1600", "violin-1-25600"])
    #expect(violins[0].svg.contains("(empty), training: median 37, middle half 28.25 to 51.5"))
  }

  @Test func aFileStandsOnItsOwn() throws {
    var fixture = StudyFixture()
    fixture.columns = NastyTexts.names
    fixture.levels = NastyTexts.values
    for chart in try charts(fixture) {
      let parser = XMLParser(data: Data(chart.svg.utf8))
      #expect(parser.parse(), "\(chart.name): \(String(describing: parser.parserError))")
      #expect(chart.svg.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\""))
      #expect(chart.svg.contains("fill=\"#fff\"/>"))
      #expect(!chart.svg.contains("=\"var("))
      #expect(!chart.svg.contains("nan"))
    }
  }

  @Test func accuracyHasALineForEachSeriesAndTheTwoThatRealRowsGive() throws {
    let svg = try #require(charts(StudyFixture()).first?.svg)
    let names = [
      "expected of real rows", "holdout", "small, 1 epoch", "small, auto epochs", "medium, 1 epoch",
      "medium, auto epochs",
    ]
    for name in names { #expect(svg.contains(">\(name)</text>")) }
    #expect(svg.contains(">Overall accuracy against size</text>"))
    let results = try StudyFixture().results()
    let last = try #require(
      results.summaries.last { $0.modelSize == .medium && $0.epochs == .automatic })
    let mean = String(format: "%.1f", 100 * last.values[.accuracy]!.mean)
    #expect(svg.contains("medium, auto epochs: 25,600, \(mean)\u{A0}% ("))
  }

  @Test func exponentsStandInTheLegendOfTime() throws {
    let svg = try #require(charts(StudyFixture()).first { $0.name == "training-time" }?.svg)
    #expect(svg.contains(">medium, auto epochs: ∝ rows^0.61</text>"))
  }

  @Test func theFrontGoesThroughItsCells() throws {
    let results = try StudyFixture().results()
    let svg = try #require(StudyReport(results).charts.first { $0.name == "trade-off" }?.svg)
    // Every cell has a point, and the front two corners for each of its cells.
    #expect(svg.matches(of: #/, [\d,]+ rows: /#).count == results.cells.count)
    let front = try #require(
      svg.firstMatch(
        of: /<path d="(M[^"]*)" fill="none" stroke="currentColor"[^>]*stroke-dasharray/))
    #expect(front.1.count { $0 == "L" } == 2 * results.frontier.count - 1)
  }

  private func charts(_ fixture: StudyFixture) throws -> [(name: String, svg: String)] {
    StudyReport(try fixture.results()).charts
  }
}
