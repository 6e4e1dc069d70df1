import Foundation
import Study
import TestSupport
import Testing

@Suite struct StudyReportTests {
  @Test func theSameResultsGiveTheSameBytes() throws {
    let results = try StudyFixture().results()
    #expect(StudyReport(results).html == StudyReport(results).html)
    #expect(StudyReport(results).charts.map(\.svg) == StudyReport(results).charts.map(\.svg))
  }

  @Test func theHeadlineNamesTheSmallestAndTheLargestSize() throws {
    let results = try StudyFixture().results()
    let html = StudyReport(results).html
    let medium = results.summaries.filter { $0.modelSize == .medium && $0.epochs == .automatic }
    let texts = medium.map { summary -> String in
      let spread = summary.values[.accuracy]!
      return String(format: "%.2f\u{A0}%%", 100 * spread.mean)
    }
    #expect(
      html.contains(
        "Overall accuracy (medium, auto epochs) is \(texts[0]) from 200 rows and \(texts[2]) "))
    #expect(html.contains("from 25,600 rows; the holdout itself has 97.41\u{A0}%, as many other"))
    #expect(html.contains("real rows are expected to have 97.49\u{A0}%."))
    #expect(html.contains("and grows as the number of rows to the power of 0.61."))
    #expect(html.contains("(real rows: 0.928)"))
  }

  @Test(arguments: [1, 3])
  func everyNumberOfThePageIsInTheResults(repetitions: Int) throws {
    var fixture = StudyFixture()
    fixture.repetitions = repetitions
    for finishedCount in [nil, 5] {
      fixture.finishedCount = finishedCount
      let results = try fixture.results()
      let writable = try PageNumbers.writable(results.json())
      // Shares of confidence, and what guessing and chance give.
      let constants: Set = ["95", "0.5", "50"]
      let shown = PageNumbers.shown(in: StudyReport(results).html)
      #expect(shown.count > 60)
      #expect(shown.subtracting(writable).subtracting(constants) == [])
    }
  }

  @Test func aStudyThatWasStoppedSaysSoAndShowsWhatThereIs() throws {
    var fixture = StudyFixture()
    #expect(!StudyReport(try fixture.results()).html.contains("The study is not finished"))
    fixture.finishedCount = 16
    let html = StudyReport(try fixture.results()).html
    #expect(
      html.contains(
        "The study is not finished: not all generators of 1,600, 25,600 rows are there."))
    #expect(html.contains("id=\"accuracy\""))
    #expect(html.contains(">200 rows<"))
  }

  @Test func aStudyWithoutAFinishedCellIsAPageToo() throws {
    var fixture = StudyFixture()
    fixture.finishedCount = 0
    let report = StudyReport(try fixture.results())
    #expect(report.html.contains("No generator is finished, so there is nothing to show yet."))
    #expect(report.charts.isEmpty)
  }

  @Test func partsThatWereNotAskedForAreLeftOut() throws {
    var fixture = StudyFixture()
    fixture.hasDefinitions = false
    let html = StudyReport(try fixture.results()).html
    for id in ["rules", "utility", "statistics", "groups"] {
      #expect(!html.contains("id=\"\(id)\""))
      #expect(!html.contains("href=\"#\(id)\""))
    }
  }

  @Test func oneSizeAndOneRepeatAreEnough() throws {
    var fixture = StudyFixture()
    fixture.rowCounts = [200]
    fixture.modelSizes = ["large"]
    fixture.epochs = ["5"]
    fixture.repetitions = 1
    let report = StudyReport(try fixture.results())
    #expect(report.html.contains("Overall accuracy (large, 5 epochs) is "))
    #expect(!report.html.contains("<details open"))
    #expect(report.html.firstMatch(of: /[>" ]-?(nan|inf)[<" ]/.ignoresCase()) == nil)
  }

  @Test func namesAndValuesDoNoHarm() throws {
    var fixture = StudyFixture()
    fixture.table = "</title><script>.csv"
    fixture.columns = NastyTexts.names
    fixture.levels = NastyTexts.values
    let report = StudyReport(try fixture.results())
    // The page's own two scripts, and no more.
    #expect(report.html.components(separatedBy: "<script").count == 3)
    #expect(report.html.components(separatedBy: "</script").count == 3)
    #expect(report.html.components(separatedBy: "</style").count == 2)
    #expect(!report.html.contains("<img"))
    #expect(!report.html.contains("<!--"))
    #expect(report.html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
    for chart in report.charts { #expect(!chart.svg.contains("<script")) }
  }

  @Test func everyLinkHasItsTarget() throws {
    let html = StudyReport(try StudyFixture().results()).html
    let identifiers = html.matches(of: /\ id="([^"]*)"/).map(\.1)
    let links = html.matches(of: /href="#([^"]*)"/).map(\.1)
    #expect(links.count > 20)
    #expect(links.allSatisfy(Set(identifiers).contains))
    #expect(Set(identifiers).count == identifiers.count)
  }

  @Test func thePageAsksForNothingFromTheNetwork() throws {
    let html = StudyReport(try StudyFixture().results()).html
    #expect(
      Set(html.matches(of: /https?:[^"' ]*/).map { String($0.0) }) == ["http://www.w3.org/2000/svg"]
    )
    #expect(!html.contains("src=") && !html.contains("url("))
  }
}
