import Eval
import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// What every chart must be, and what is drawn where.
@Suite struct ChartTests {
  private static let nasty = "</title><script>alert('\"')</script>&\u{0}"

  @Test func everyChartIsWellFormedWithATitleAndADescription() throws {
    for chart in Self.charts(named: Self.nasty) {
      let document = try Elements(chart)
      #expect(document.names.first == "svg")
      #expect(document.names.dropFirst().prefix(2) == ["title", "desc"])
      #expect(!document.names.contains("script"))
      #expect(!chart.text.contains("nan"))
      #expect(document.roots == 1)
    }
  }

  @Test func coloursCanBeGivenByThePage() {
    #expect(ChartColour.synthetic.css == "var(--synthetic,#0072b2)")
    #expect(ChartColour.series(8).css == "var(--series-2,#d55e00)")
  }

  @Test func aLineGoesThroughItsPoints() {
    let chart = XYChart(
      title: "t", description: "d", width: 200, height: 100, x: Axis(from: 0, to: 2),
      y: Axis(from: 0, to: 1),
      series: [
        .init("a", .holdout, .line([0, 1, 2].map { Point(x: $0, y: $0 / 2) }))
      ], showsLegend: false
    ).element().text
    // From the lower left corner of the frame to its upper right one, the middle half way.
    let path = chart.firstMatch(of: /d="M([\d.]+) 80L([\d.]+) 44L188 8" fill="none"/)
    let (left, middle) = (Double(path?.1 ?? "") ?? .nan, Double(path?.2 ?? "") ?? .nan)
    #expect(abs(middle - (left + 188) / 2) < 0.01)
    #expect(chart.contains("stroke-dasharray=\"5 3\""))
    #expect(chart.contains("stroke=\"var(--holdout,#d55e00)\""))
  }

  @Test func stepsStandOnTheAxis() {
    let chart = XYChart(
      title: "t", description: "d", width: 110, height: 108, x: Axis(from: 0, to: 2),
      y: Axis(from: 0, to: 4),
      series: [.init("a", .training, .steps(borders: [0, 1, 2], heights: [4, 1], filled: true))],
      showsLegend: false
    ).element().text
    #expect(chart.firstMatch(of: /d="M([\d.]+) 88V8H[\d.]+V68H98V88" fill="var\(--training/) != nil)
  }

  @Test func errorBarsReachBothEnds() {
    let chart = XYChart(
      title: "t", description: "d", width: 200, height: 108,
      x: Axis(.logarithmic, from: 100, to: 10_000),
      y: Axis(from: 0, to: 1),
      series: [
        .init(
          "accuracy", SeriesStyle(.series(0), marker: .diamond),
          .points([.init(1_000, 0.5, range: 0.25...0.75)], joined: true))
      ]
    ).element().text
    #expect(chart.contains("accuracy: 1,000, 0.5"))
    #expect(chart.firstMatch(of: /M([\d.]+) 68V28M/) != nil)
    #expect(chart.contains(">100<") && chart.contains(">1,000<") && chart.contains(">10,000<"))
  }

  @Test func pointsOfSeveralSeriesStandBesideOneAnother() {
    let chart = XYChart(
      title: "t", description: "d", width: 200, height: 108, x: Axis(from: 0, to: 2),
      y: Axis(from: 0, to: 1),
      series: [-4, 4].map {
        .init("a", .training, .points([.init(1, 0.5, name: "one")], joined: false), shift: $0)
      }, showsLegend: false
    ).element().text
    let places = chart.matches(of: /d="M([\d.]+) [\d.]+L[^>]*><title>a, one: 1, 0.5</).compactMap {
      Double($0.1)
    }
    #expect(places.count == 2)
    #expect(abs(places[1] - places[0] - 8) < 0.02)
  }

  @Test func marksThatAreGivenHaveLabelsWhereThereIsRoom() throws {
    var axis = Axis(.logarithmic, from: 100, to: 40_000)
    axis.marks = [200, 1_600, 25_600, 30_000, 50_000]
    let chart = XYChart(
      title: "t", description: "d", width: 300, x: axis, y: Axis(from: 0, to: 1), series: [])
    let labels = try Elements(chart.element()).labels.filter { $0.anchor == "middle" }.map(\.text)
    #expect(labels == ["200", "1,600", "25,600"])
  }

  @Test func aFileNeedsNoPage() throws {
    let file = XYChart(
      title: "Size & accuracy", description: "d", x: Axis(from: 0, to: 1), y: Axis(from: 0, to: 1),
      series: [
        .init("=\"var(--a,#000)\"", .holdout, .line([Point(x: 0, y: 0), Point(x: 1, y: 1)]))
      ]
    ).file()
    let elements = try Elements(Markup(trusted: file))
    #expect(elements.names.prefix(3) == ["svg", "title", "desc"])
    #expect(elements.labels.contains { $0.text == "Size & accuracy" })
    // Colours are plain, and names stay as they are.
    #expect(file.contains("stroke=\"#d55e00\""))
    #expect(elements.labels.contains { $0.text == "=\"var(--a,#000)\"" })
  }

  @Test func pointsThatAreNoneAreLeftOut() {
    let chart = XYChart(
      title: "t", description: "d", x: Axis(from: 0, to: 1), y: Axis(from: 0, to: 1),
      series: [
        .init("a", .training, .line([Point(x: 0, y: .nan), Point(x: 0.5, y: 0.5)])),
        .init("b", .holdout, .points([.init(.infinity, 1)], joined: false)),
        .init("c", .synthetic, .steps(borders: [], heights: [], filled: false)),
        .init("d", .synthetic, .area([])),
      ])
    #expect(!chart.element().text.contains("nan"))
  }

  @Test func tickLabelsDoNotOverlap() throws {
    let chart = XYChart(
      title: "t", description: "d", width: 300, x: Axis(from: 0, to: 1_234_567_890),
      y: Axis(from: 0, to: 1), series: [], showsLegend: false)
    let labels = try Elements(chart.element()).labels
      .filter { $0.text.contains(",") || $0.text == "0" }
      .filter { $0.anchor == "middle" }.sorted { $0.x < $1.x }
    #expect(labels.count > 1)
    for (left, right) in zip(labels, labels.dropFirst()) {
      #expect(right.x - left.x > (pixelWidth(left.text) + pixelWidth(right.text)) / 2)
    }
  }

  @Test func barsAreAsLongAsTheirValues() {
    let chart = BarChart(
      title: "t", description: "d", width: 200, groups: [.init("yes"), .init("no")],
      series: [
        .init("training", .training, .wide, [0.75, 0.25]),
        .init("synthetic", .synthetic, .narrow, [1, nil]),
      ]
    ).element().text
    let left = chart.firstMatch(of: /M([\d.]+) 6H/).flatMap { Double($0.1) } ?? .nan
    let ends = chart.matches(of: /M[\d.]+ [\d.]+H([\d.]+)v(?:16|7)H/).compactMap { Double($0.1) }
    #expect(ends.prefix(2).map { (($0 - left) / (186 - left) * 100).rounded() } == [75, 100])
    #expect(chart.contains("yes: training 75.0\u{A0}%, synthetic 100.0\u{A0}%"))
    #expect(chart.contains("no: training 25.0\u{A0}%<"))
  }

  @Test func cellsAreShadedByTheirValues() {
    let shades = HeatMap.Shades.sequential(none: 1, full: 0.5)
    #expect(shades.shade(of: 1).strength == 0)
    #expect(shades.shade(of: 0.75).strength == 0.5)
    #expect(shades.shade(of: 0.2).strength == 1)
    let signed = HeatMap.Shades.diverging(full: 0.5)
    #expect(signed.shade(of: -0.25).colour.contains("--less"))
    #expect(signed.shade(of: 0.25).colour.contains("--more"))
    #expect(signed.shade(of: -0.25).strength == 0.5)
    #expect(HeatMap.Shades.diverging(full: 0).shade(of: 1).strength == 0)
  }

  @Test func aHeatMapHasACellForEachValue() throws {
    let map = HeatMap(
      title: "t", description: "d", labels: ["a", "b"], values: [[1, nil], [.nan, 0.5]],
      shades: .sequential(none: 1, full: 0), isInteractive: true
    ) { "\($0) \($1): \($2)" }
    let text = map.element().markup.text
    #expect(text.components(separatedBy: "<rect ").count == 3)
    #expect(text.contains("fill-opacity=\"0.5\" data-r=\"1\" data-c=\"1\"><title>1 1: 0.5<"))
  }

  private static func charts(named name: String) -> [Markup] {
    let density = Density(of: [1, 2, 2, 3], along: Axis(from: 0, to: 4))
    return [
      XYChart(
        title: name, description: name,
        x: Axis(from: 0, to: 1, title: name), y: Axis(from: 0, to: 1, title: name),
        series: [
          .init(name, .training, .area([Point(x: 0, y: 0), Point(x: 1, y: 1)])),
          .init(name, .holdout, .points([.init(0.5, 0.5)], joined: true)),
        ]
      ).element(),
      BarChart(
        title: name, description: name, groups: [.init(name, isSpecial: true)],
        series: [.init(name, .holdout, .tick, [.nan])]
      ).element(),
      HeatMap(
        title: name, description: name, labels: [name], values: [[1]],
        shades: .diverging(full: 1)
      ) { _, _, _ in name }.element().markup,
      ViolinChart(
        title: name, description: name, axis: Axis(from: 0, to: 4, title: name),
        upper: .init(name, .training), lower: .init(name, .synthetic),
        groups: [.init(name, upper: density, lower: nil)]
      ).element(),
      DotStrip(axis: Axis(from: 0, to: 1), marks: [.init(name, .synthetic, .nan)]).element(),
    ]
  }
}

/// The elements of a picture, in order.
private final class Elements: NSObject, XMLParserDelegate {
  struct Label {
    var x: Double
    var anchor: String
    var text: String
  }

  private(set) var names: [String] = []
  private(set) var labels: [Label] = []
  private(set) var roots = 0
  private var depth = 0
  private var label: Label?

  init(_ markup: Markup) throws {
    super.init()
    let parser = XMLParser(data: Data(markup.text.utf8))
    parser.delegate = self
    if !parser.parse() { throw parser.parserError! }
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    if depth == 0 { roots += 1 }
    depth += 1
    names.append(name)
    if name == "text" {
      label = Label(
        x: Double(attributes["x"] ?? "") ?? .nan, anchor: attributes["text-anchor"] ?? "", text: "")
    }
  }

  func parser(_ parser: XMLParser, foundCharacters text: String) { label?.text += text }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    depth -= 1
    if name == "text", let ended = label {
      labels.append(ended)
      label = nil
    }
  }
}
