import Eval
import Foundation
import TestSupport
import Testing

@Suite struct ReportTests {
  @Test func theSameInputGivesTheSameBytes() throws {
    #expect(try ReportFixture().html() == ReportFixture().html())
  }

  @Test func figuresHaveTheHoldoutsBesideThem() throws {
    var fixture = try ReportFixture()
    fixture.evaluation.synthetic[0].accuracy.overall = try decoded(
      #"{"value":0.9661,"expected":0.9749,"holdout":0.9741}"#)
    let html = try fixture.html()
    #expect(html.contains("<b>96.6\u{A0}%</b>"))
    #expect(html.contains("<dt>holdout</dt><dd>97.4\u{A0}%</dd>"))
    #expect(html.contains("Nearly as close to the training rows as the holdout is."))
    #expect(html.contains("<b>training</b>"))
    #expect(html.contains("title=\"folder/training.csv\">training.csv</bdi>"))
  }

  @Test func withoutAHoldoutThePageSaysSo() throws {
    let html = try ReportFixture(hasHoldout: false).html()
    #expect(html.contains("No holdout was given"))
    #expect(html.contains("Without a holdout it is unknown whether rows are too close"))
    #expect(!html.contains("<th scope=\"col\" class=\"n\">holdout</th>"))
  }

  @Test func partsThatWereNotRequestedAreNamed() throws {
    var fixture = try ReportFixture()
    fixture.evaluation.synthetic[0].similarity = nil
    fixture.evaluation.synthetic[0].privacy = nil
    fixture.evaluation.synthetic[0].utility = nil
    fixture.evaluation.synthetic[0].rules = []
    fixture.evaluation.synthetic[0].statistics = []
    let html = try fixture.html()
    #expect(html.contains("similarity, privacy, utility, rules, statistics."))
    #expect(html.contains("No target column was named, so nothing was predicted."))
    #expect(html.contains("Privacy was not asked for."))
  }

  @Test func namesAndValuesDoNoHarm() throws {
    let html = try ReportFixture(
      names: NastyTexts.names, levels: NastyTexts.values, rowCount: 300
    ).html()
    // The page's own three scripts, and no more.
    #expect(html.components(separatedBy: "<script").count == 4)
    #expect(html.components(separatedBy: "</script").count == 4)
    #expect(html.components(separatedBy: "</style").count == 2)
    #expect(!html.contains("<img"))
    #expect(!html.contains("<!--"))
    #expect(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
  }

  @Test func theJSONOfPairsCanBeRead() throws {
    let fixture = try ReportFixture(
      names: NastyTexts.names, levels: NastyTexts.values, syntheticCount: 2)
    let json = try #require(
      try fixture.html().firstMatch(of: /id="joint">([^<]*)<\/script>/)?.1)
    let pairs = try JSONDecoder().decode(Pairs.self, from: Data(json.utf8))
    #expect(pairs.names.count == NastyTexts.names.count)
    #expect(pairs.names[0] == "<script>alert(1)</script>")
    let sizes = pairs.bins.map(\.count)
    var length = 0
    for second in sizes.indices {
      for first in 0..<second { length += 2 * sizes[first] * sizes[second] }
    }
    #expect(pairs.training.utf8.count == length)
    #expect(pairs.synthetic.map(\.utf8.count) == [length, length])
    // The first pair's shares add up to all rows, but for rounding.
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
    let codes = pairs.training.prefix(2 * sizes[0] * sizes[1]).map { digits.firstIndex(of: $0)! }
    let shares = stride(from: 0, to: codes.count, by: 2).map { index in
      let root = Double(64 * codes[index] + codes[index + 1]) / 4_095
      return root * root
    }
    #expect(abs(shares.reduce(0, +) - 1) < 0.01)
  }

  @Test func aWideTableIsBoundedAndSaysWhatIsLeftOut() throws {
    let fixture = try ReportFixture(
      names: (0..<200).map { "column \($0) " + String(repeating: "x", count: 180) },
      levels: (0..<40).map { "level \($0)" })
    let html = try fixture.html()
    #expect(html.utf8.count < 1_500_000)
    #expect(html.contains("The 30 columns of the lowest accuracy are shown here, of 200"))
    #expect(html.contains("The last 140 columns are left out."))
  }

  @Test func severalTablesAreCompared() throws {
    let html = try ReportFixture(syntheticCount: 3).html()
    #expect(html.contains("The tables compared"))
    for index in 1...3 {
      #expect(html.contains("id=\"t\(index)-summary\""))
      #expect(html.contains(">synthetic-\(index).csv</bdi></button>"))
    }
    #expect(!(try ReportFixture().html().contains("The tables compared")))
  }

  @Test func everyLinkHasItsTarget() throws {
    let html = try ReportFixture(syntheticCount: 2).html()
    let targets = Set(html.matches(of: /\ id="([^"]*)"/).map(\.1))
    let links = html.matches(of: /href="#([^"]*)"/).map(\.1)
    #expect(links.count > 50)
    #expect(links.allSatisfy(targets.contains))
    #expect(targets.count == html.matches(of: /\ id="([^"]*)"/).count)
  }

  @Test func thePageAsksForNothingFromTheNetwork() throws {
    let html = try ReportFixture().html()
    let addresses = html.matches(of: /https?:[^"' ]*/).map { String($0.0) }
    #expect(Set(addresses) == ["http://www.w3.org/2000/svg"])
    #expect(!html.contains("src="))
    #expect(!html.contains("url("))
  }

  @Test func figuresThatAreNoNumbersAreNotPrinted() throws {
    var fixture = try ReportFixture()
    fixture.evaluation.synthetic[0].accuracy.overall = try decoded(
      #"{"value":"nan","expected":"nan","holdout":"inf"}"#)
    let html = try fixture.html()
    #expect(html.firstMatch(of: /[>" ]-?(nan|inf)[<" ]/.ignoresCase()) == nil)
  }

  @Test func oneColumnAndOneRowAreEnough() throws {
    for names in [["age"], ["age", "sex"]] {
      for hasHoldout in [true, false] {
        let html = try ReportFixture(
          names: names, levels: ["a"], rowCount: 1, hasHoldout: hasHoldout
        ).html()
        #expect(html.contains("</html>"))
      }
    }
  }

  @Test func sampleRowsCanBeLeftOut() throws {
    var options = ReportOptions()
    options.showsSampleRows = false
    options.title = "Autumn & <b>"
    let html = try ReportFixture().html(options)
    #expect(html.contains("Sample rows were not asked for."))
    #expect(html.contains("<h1>Autumn &amp; &lt;b&gt;</h1>"))
  }

  @Test func violinsCanBeAskedFor() throws {
    var options = ReportOptions()
    options.violins = [try GroupedNumber(parsing: "hours by 'sex'")]
    #expect(try ReportFixture().html(options).contains("<title>hours by sex</title>"))
    options.violins = [GroupedNumber("hour", by: "sex")]
    #expect(
      throws: EvalError.unknownColumn(
        name: "hour", usedBy: "The chart of 'hour by sex'", nearest: "hours")
    ) { try ReportFixture().html(options) }
    options.violins = [GroupedNumber("sex", by: "age")]
    #expect(
      throws: EvalError.notNumeric(column: "sex", usedBy: "The chart of 'sex by age'")
    ) { try ReportFixture().html(options) }
    #expect(throws: EvalError.self) { try GroupedNumber(parsing: "hours") }
    #expect(throws: EvalError.self) { try GroupedNumber(parsing: "hours by hours") }
  }

  private struct Pairs: Decodable {
    var names: [String]
    var bins: [[String]]
    var training: String
    var synthetic: [String]
  }

  private func decoded(_ json: String) throws -> AccuracyScore {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return try decoder.decode(AccuracyScore.self, from: Data(json.utf8))
  }
}
