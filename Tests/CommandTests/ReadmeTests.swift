import Foundation
import Testing

/// That README.md tells what holds: its program is that of ReadmeProgramTests.swift, its commands exist.
@Suite struct ReadmeTests {
  @Test func theProgramStandsInTheReadme() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let file = folder.appending(path: "ReadmeProgramTests.swift")
    let lines = try String(contentsOf: file, encoding: .utf8).split(
      separator: "\n", omittingEmptySubsequences: false)
    let begin = try #require(lines.firstIndex(of: "    // README begins"))
    let end = try #require(lines.firstIndex(of: "    // README ends"))
    let program = lines[..<2] + [""] + lines[(begin + 1)..<end].map { $0.dropFirst(4) }

    let block = "<!-- program -->\n```swift\n" + program.joined(separator: "\n") + "\n```\n"
    #expect(try readme().contains(block))
  }

  /// Every option in the README's commands is one of the command's.
  @Test func theCommandsInTheReadmeExist() async throws {
    let lines = try readme().split(separator: "\n")
    for command in ["train", "generate", "evaluate", "inspect"] {
      let help = try await Likeness.run(command, "--help")
      let commands = lines.filter { $0.contains("likeness \(command) ") }
      #expect(!commands.isEmpty, "\(command)")
      for option in commands.flatMap({ $0.matches(of: /--[a-z-]+/) }) {
        #expect(help.text.contains(option.output), "likeness \(command) \(option.output)")
      }
    }
    let help = try await Run(Program.path("bench"), ["study", "--help"]).outcome()
    let options = lines.filter { $0.contains("bench study ") }.flatMap {
      $0.matches(of: /--[a-z-]+/)
    }
    #expect(!options.isEmpty)
    for option in options { #expect(help.text.contains(option.output), "\(option.output)") }
  }

  /// Every file of the repository that it points to is there.
  @Test func linksLeadToFiles() throws {
    let root = URL(fileURLWithPath: #filePath).appending(path: "../../..").standardized
    let links = try readme().matches(of: /\]\(([^)#]+)\)/).map { String($0.output.1) }
    #expect(links.count > 3)
    for link in links where !link.hasPrefix("https:") {
      #expect(FileManager.default.fileExists(atPath: root.appending(path: link).path), "\(link)")
    }
  }

  private func readme() throws -> String {
    let file = URL(fileURLWithPath: #filePath).appending(path: "../../../README.md").standardized
    return try String(contentsOf: file, encoding: .utf8)
  }
}
