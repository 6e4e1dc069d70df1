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
