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
    let seen = try await Browser.visit(fixture.html(), width: width)
    #expect(seen.errors == [])
    #expect(seen.width == width)
    #expect(seen.scrollWidth <= width)
    #expect(seen.title == "Synthetic data report")
    // The first pair that is shown, and the one that is clicked.
    #expect(seen.pictures == 3)
    #expect(seen.told.hasPrefix("<script>alert(1)</script> and </style></title>: "))
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
  var told: String
  var cells: Int
  var visible: String
  var sorted: [Double]
}

/// Chromium without a window.
private enum Browser {
  static let path = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
    .first(where: FileManager.default.isExecutableFile)

  /// Opens a page in a frame of so many pixels, uses it and tells what became of it.
  static func visit(_ html: String, width: Int) async throws -> Visit {
    let folder = TemporaryFolder()
    let watched = html.replacing(
      "<head>", with: "<head><script>\(watching)</script>", maxReplacements: 1
    )
    .replacing("</body>", with: "<script>\(using)</script></body>", maxReplacements: 1)
    _ = folder.file("report.html", watched)
    let page = folder.file(
      "frame.html",
      """
      <!DOCTYPE html><pre id="seen"></pre>
      <script>addEventListener("message", event => {
        document.getElementById("seen").textContent = btoa(unescape(encodeURIComponent(event.data)));
      });</script>
      <iframe src="report.html" style="border:0;width:\(width)px;height:900px"></iframe>
      """)
    let output = try await run([
      "--dump-dom", "--virtual-time-budget=20000", "--window-size=1500,1000", "file://\(page)",
    ])
    let seen = try #require(
      output.firstMatch(of: /<pre id="seen">([^<]+)<\/pre>/)?.1,
      "The page said nothing: \(output.prefix(500))")
    return try JSONDecoder().decode(Visit.self, from: #require(Data(base64Encoded: String(seen))))
  }

  /// Notes everything that goes wrong from the beginning on.
  private static let watching = """
    window.seenErrors = [];
    addEventListener("error", event => seenErrors.push(String(event.message)));
    addEventListener("unhandledrejection", event => seenErrors.push(String(event.reason)));
    console.error = console.warn = (...words) => seenErrors.push(words.join(" "));
    """

  /// Clicks a cell, a tab and a heading, and reports.
  private static let using = """
    addEventListener("load", () => {
      const click = element => element.dispatchEvent(new MouseEvent("click", {bubbles: true}));
      const first = document.getElementById("t1");
      click(first.querySelector(".cells rect[data-r='0'][data-c='2']"));
      const joint = first.querySelector(".joint");
      const table = first.querySelector("table.sortable");
      click(table.tHead.rows[0].cells[2].querySelector("button"));
      const seen = {
        told: first.querySelector(".told").textContent,
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
      parent.postMessage(JSON.stringify(seen), "*");
    });
    """

  /// Runs the browser to its end and returns what it printed.
  static func run(_ arguments: [String]) async throws -> String {
    let folder = TemporaryFolder()
    let output = folder.file("output", "")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path!)
    process.arguments =
      [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
        "--user-data-dir=\(folder.path)/profile", "--no-first-run",
      ] + arguments
    process.standardInput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: output))
    try await withCheckedThrowingContinuation { (ended: CheckedContinuation<Void, any Error>) in
      process.terminationHandler = { _ in ended.resume() }
      do { try process.run() } catch { ended.resume(throwing: error) }
      DispatchQueue.global().asyncAfter(deadline: .now() + 60) {
        if process.isRunning { process.terminate() }
      }
    }
    return try String(contentsOfFile: output, encoding: .utf8)
  }
}
