import Foundation
import Testing

/// That README.md shows what ReadmeProgramTests.swift compiles and runs.
@Suite struct ReadmeTests {
  @Test func theProgramStandsInTheReadme() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let file = folder.appending(path: "ReadmeProgramTests.swift")
    let lines = try String(contentsOf: file, encoding: .utf8).split(
      separator: "\n", omittingEmptySubsequences: false)
    let begin = try #require(lines.firstIndex(of: "    // README begins"))
    let end = try #require(lines.firstIndex(of: "    // README ends"))
    let program = lines[..<2] + [""] + lines[(begin + 1)..<end].map { $0.dropFirst(4) }

    let readme = try String(
      contentsOf: folder.appending(path: "../../README.md").standardized, encoding: .utf8)
    let block = "<!-- program -->\n```swift\n" + program.joined(separator: "\n") + "\n```\n"
    #expect(readme.contains(block))
  }
}
