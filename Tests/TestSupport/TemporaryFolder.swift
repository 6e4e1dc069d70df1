import Foundation

/// A folder of its own for one test, removed when the test lets go of it.
public final class TemporaryFolder: Sendable {
  public let path: String

  public init() {
    path = NSTemporaryDirectory() + "/likeness-test-" + UUID().uuidString
    try! FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The path of a file in the folder, made when contents are given.
  public func file(_ name: String, _ contents: String? = nil) -> String {
    let file = path + "/" + name
    if let contents { try! Data(contents.utf8).write(to: URL(fileURLWithPath: file)) }
    return file
  }

  /// The names of everything in the folder, sorted.
  public var contents: [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: path))?.sorted() ?? []
  }
}

/// Names and values that break pages which do not expect them.
public enum NastyTexts {
  public static let names = [
    "<script>alert(1)</script>", "</script>", "</style></title>",
    String(repeating: "a", count: 200),
    "quote\"s 'n' &amp;", "😀👩‍👩‍👧", "مرحبا بالعالم", "x by y",
    "zalgo" + String(repeating: "\u{301}", count: 60), "line\nbreak", "漢字漢字漢字漢字漢字漢字漢字",
    "__proto__", "\u{202E}evil", "`${1}`", " ",
  ]

  public static let values = [
    "</script><img src=x onerror=\"document.title=1\">", "<!--", "-->", "]]>", "'", "\"",
    "\u{2028}",
    String(repeating: "y", count: 300), "نعم", " spaced ", "\u{202E}live", "&lt;", "\\u003c",
    "constructor",
  ]
}
