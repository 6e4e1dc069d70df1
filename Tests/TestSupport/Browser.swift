import Foundation

/// Chromium without a window.
public enum Browser {
  public static let path = [
    "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome",
  ]
  .first(where: FileManager.default.isExecutableFile)

  /// Opens a page in a frame of so many pixels and uses it.
  ///
  /// - Parameter script: What is done once the page is there: the body of a function that returns an object. What went wrong
  ///   is in the array `seenErrors`.
  /// - Returns: The object.
  public static func visit<Seen: Decodable>(
    _ html: String, width: Int, script: String
  ) async throws -> Seen {
    let folder = TemporaryFolder()
    let watched = html.replacing(
      "<head>", with: "<head><script>\(watching)</script>", maxReplacements: 1
    )
    .replacing("</body>", with: "<script>\(using(script))</script></body>", maxReplacements: 1)
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
    guard let seen = output.firstMatch(of: /<pre id="seen">([^<]+)<\/pre>/)?.1,
      let data = Data(base64Encoded: String(seen))
    else { throw Silence(output: String(output.prefix(500))) }
    return try JSONDecoder().decode(Seen.self, from: data)
  }

  /// The page said nothing.
  public struct Silence: Error { let output: String }

  /// Does what the page asks for once all is loaded, and reports.
  private static func using(_ script: String) -> String {
    """
    addEventListener("load", () => {
      const click = element => element.dispatchEvent(new MouseEvent("click", {bubbles: true}));
      const use = () => { \(script) };
      parent.postMessage(JSON.stringify(use()), "*");
    });
    """
  }

  /// Notes everything that goes wrong from the beginning on.
  private static let watching = """
    window.seenErrors = [];
    addEventListener("error", event => seenErrors.push(String(event.message)));
    addEventListener("unhandledrejection", event => seenErrors.push(String(event.reason)));
    console.error = console.warn = (...words) => seenErrors.push(words.join(" "));
    """

  /// Runs the browser to its end and returns what it printed.
  public static func run(_ arguments: [String]) async throws -> String {
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
      // Far later than any load explains.
      DispatchQueue.global().asyncAfter(deadline: .now() + 1_200) {
        if process.isRunning { process.terminate() }
      }
    }
    return try String(contentsOfFile: output, encoding: .utf8)
  }
}
