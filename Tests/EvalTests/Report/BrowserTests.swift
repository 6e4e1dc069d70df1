import Eval
import Foundation
import TestSupport
import Testing

/// The report in a real browser.
@Suite(.serialized, .enabled(if: Browser.path != nil, "Chromium is not installed on this machine."))
struct BrowserTests {
  @Test(arguments: [400, 1400])
  func theReportWorks(width: Int) async throws {
    let fixture = try ReportFixture(
      names: NastyTexts.names, levels: NastyTexts.values, rowCount: 300, syntheticCount: 2)
    let seen =
      try await Browser.visit(
        fixture.html(), width: width, script: Visit.script) as Visit
    #expect(seen.errors == [])
    #expect(seen.width == width)
    #expect(seen.scrollWidth <= width)
    #expect(seen.title == "Synthetic data report")
    // The first pair that is shown, and the one that is clicked.
    #expect(seen.pictures == 3)
    #expect(seen.chosen.hasPrefix("<script>alert(1)</script> and </style></title>: "))
    #expect(seen.cells > 0)
    // The second of two tabs is shown after a click.
    #expect(seen.visible == "t2")
    #expect(seen.sorted == seen.sorted.sorted())
    #expect(seen.sorted.count == NastyTexts.names.count)
  }

  @Test func thePageCanBePrinted() async throws {
    let folder = TemporaryFolder()
    let page = folder.file("report.html", try ReportFixture().html())
    _ = try await Browser.run(["--print-to-pdf=\(folder.path)/report.pdf", "file://\(page)"])
    let size = try FileManager.default.attributesOfItem(atPath: folder.path + "/report.pdf")[.size]
    #expect((size as? Int ?? 0) > 10_000)
  }
}

/// What a visit of a page showed.
private struct Visit: Decodable {
  var errors: [String]
  var width: Int
  var scrollWidth: Int
  var title: String
  var pictures: Int
  var chosen: String
  var cells: Int
  var visible: String
  var sorted: [Double]

  /// Clicks a cell, a tab and a heading, and reports.
  fileprivate static let script = """
    const first = document.getElementById("t1");
    click(first.querySelector(".cells rect[data-r='0'][data-c='2']"));
    const joint = first.querySelector(".joint");
    const table = first.querySelector("table.sortable");
    click(table.tHead.rows[0].cells[2].querySelector("button"));
    const seen = {
      chosen: first.querySelector(".chosen").textContent,
      pictures: joint.querySelectorAll("svg").length,
      cells: joint.querySelectorAll("rect").length,
      sorted: [...table.tBodies[0].rows].map(row => Number(row.cells[2].dataset.v)),
      title: document.title, width: innerWidth, scrollWidth: document.documentElement.scrollWidth,
    };
    click(document.querySelectorAll("[role=tab]")[1]);
    seen.visible = [...document.querySelectorAll(".report")].filter(one => one.offsetParent)
      .map(one => one.id).join();
    seen.scrollWidth = Math.max(seen.scrollWidth, document.documentElement.scrollWidth);
    seen.errors = seenErrors;
    return seen;
    """
}
