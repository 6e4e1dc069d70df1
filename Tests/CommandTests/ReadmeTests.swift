import Foundation
import Testing

/// README.md and the pages of docs/ are right: the program is that of ReadmeProgramTests.swift, commands and files exist.
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

  /// Every option of a command in the documents is one of the command's.
  @Test func theCommandsInTheDocumentsExist() async throws {
    let lines = try documents.flatMap { try text(of: $0).split(separator: "\n") }
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

  /// Every file of the repository that a document links is there.
  @Test func linksLeadToFiles() throws {
    for document in documents {
      let links = try text(of: document).matches(of: /\]\(([^)#]+)\)/).map { String($0.output.1) }
      #expect(!links.isEmpty || document == "docs/privacy.md", "\(document)")
      let folder = ReadmeTests.root.appending(path: document).deletingLastPathComponent()
      for link in links where !link.hasPrefix("https:") {
        let path = folder.appending(path: link).standardized.path
        #expect(FileManager.default.fileExists(atPath: path), "\(document): \(link)")
      }
    }
  }

  private let documents = [
    "README.md", "docs/guide.md", "docs/privacy.md", "docs/architecture.md", "docs/benchmarks.md",
  ]

  private static let root = URL(fileURLWithPath: #filePath).appending(path: "../../..").standardized

  private func text(of document: String) throws -> String {
    try String(contentsOf: ReadmeTests.root.appending(path: document), encoding: .utf8)
  }

  private func readme() throws -> String { try text(of: "README.md") }
}
