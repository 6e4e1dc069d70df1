import Foundation
import Study
import TestSupport
import Testing

/// The page of a study in a real browser.
@Suite(.serialized, .enabled(if: Browser.path != nil, "Chromium is not installed on this machine."))
struct StudyBrowserTests {
  @Test(arguments: [400, 1400])
  func thePageWorks(width: Int) async throws {
    var fixture = StudyFixture()
    fixture.table = String(repeating: "long", count: 80)
    fixture.columns = NastyTexts.names
    fixture.levels = NastyTexts.values
    let results = try fixture.results()
    let seen: Seen = try await Browser.visit(
      StudyReport(results).html, width: width,
      script: """
        const table = document.querySelector("#cells table.sortable");
        document.querySelectorAll("details").forEach(part => { part.open = true; });
        click(table.tHead.rows[0].cells[4].querySelector("button"));
        return {
          errors: seenErrors, title: document.title, width: innerWidth,
          scrollWidth: document.documentElement.scrollWidth,
          sorted: [...table.tBodies[0].rows].map(row => Number(row.cells[4].dataset.v)),
          smallest: Math.min(...[...document.querySelectorAll("figure svg")].map(svg => svg.clientWidth)),
        };
        """)
    #expect(seen.errors == [])
    #expect(seen.title == "Size against accuracy")
    #expect(seen.width == width)
    #expect(seen.scrollWidth <= width)
    #expect(seen.sorted.count == results.cells.count)
    #expect(seen.sorted == seen.sorted.sorted())
    #expect(seen.smallest > 280)
  }

  @Test func thePageCanBePrinted() async throws {
    let folder = TemporaryFolder()
    let page = folder.file("study.html", StudyReport(try StudyFixture().results()).html)
    _ = try await Browser.run(["--print-to-pdf=\(folder.path)/study.pdf", "file://\(page)"])
    let size = try FileManager.default.attributesOfItem(atPath: folder.path + "/study.pdf")[.size]
    #expect((size as? Int ?? 0) > 10_000)
  }

  private struct Seen: Decodable {
    var errors: [String]
    var title: String
    var width: Int
    var scrollWidth: Int
    var sorted: [Double]
    var smallest: Int
  }
}
