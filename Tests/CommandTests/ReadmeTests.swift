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
    #expect(try Documents.text(of: "README.md").contains(block))
  }

  /// Every option of a command line in the documents is one of the command's.
  @Test(arguments: DocumentedCommand.all)
  func theCommandLinesInTheDocumentsExist(_ command: DocumentedCommand) async throws {
    let options = try await command.options()
    let shown = try Documents.lines().filter { $0.contains("\(command.name) ") }
    #expect(!shown.isEmpty)
    // In a table, the options stand in the lines below.
    for line in shown where !line.hasPrefix("|") {
      for option in line.matches(of: DocumentedCommand.option) {
        #expect(options.contains(String(option.output)), "\(line)")
      }
    }
  }

  /// The documents list every option of every command, and no other.
  @Test(arguments: DocumentedCommand.all)
  func everyOptionIsInTheDocuments(_ command: DocumentedCommand) async throws {
    let options = try await command.options()
    let (own, shared) = try command.documentedOptions()
    #expect(options.subtracting(own.union(shared)) == [])
    #expect(own.subtracting(options) == [])
  }

  /// Every file of the repository that a document links is there.
  @Test func linksLeadToFiles() throws {
    for document in Documents.names {
      let links = try Documents.text(of: document).matches(of: /\]\(([^)#]+)\)/).map {
        String($0.output.1)
      }
      #expect(!links.isEmpty || document == "docs/privacy.md", "\(document)")
      let folder = Documents.root.appending(path: document).deletingLastPathComponent()
      for link in links where !link.hasPrefix("https:") {
        let path = folder.appending(path: link).standardized.path
        #expect(FileManager.default.fileExists(atPath: path), "\(document): \(link)")
      }
    }
  }
}

/// A command with options, and the page that lists them.
struct DocumentedCommand: Sendable, CustomStringConvertible {
  let program: String
  let subcommand: String

  var name: String { "\(program) \(subcommand)" }
  var description: String { name }

  static let all =
    ["schema", "train", "generate", "evaluate", "inspect"].map { Self("likeness", $0) }
    + ["profile", "scaling", "study"].map { Self("bench", $0) }

  static var option: Regex<Substring> { #/--[a-z][a-z-]*/# }

  private init(_ program: String, _ subcommand: String) {
    self.program = program
    self.subcommand = subcommand
  }

  /// The options that the help lists.
  func options() async throws -> Set<String> {
    let help = try await Run(Program.path(program), [subcommand, "--help"]).outcome().text
    let lines = help.components(separatedBy: "\n").drop { $0 != "OPTIONS:" }.map {
      $0.firstMatch(of: #/^  (-\w, )?(--[a-z][a-z-]*)/#)
    }
    let options = lines.compactMap { $0.map { String($0.output.2) } }
    #expect(options.contains("--help"), "\(help)")
    return Set(options)
  }

  /// The options in the command's table, and those that the guide lists once for several commands.
  func documentedOptions() throws -> (own: Set<String>, shared: Set<String>) {
    let page = program == "bench" ? "docs/benchmarks.md" : "docs/guide.md"
    let lines = try Documents.text(of: page).components(separatedBy: "\n")
    let table = lines.drop { !$0.hasPrefix("| Option of `\(name)` |") }.prefix { $0.hasPrefix("|") }
    #expect(!table.isEmpty, "\(page) has no table of \(name)")
    // The first column names the options.
    let names = table.map { String($0.split(separator: "|").first ?? "") }
    let guide = try Documents.text(of: "docs/guide.md").components(separatedBy: "\n")
    let shared =
      Self.introduction(in: guide) + (program == "bench" ? Self.introduction(in: lines) : [])
    return (Self.options(in: names), Self.options(in: shared))
  }

  /// What stands before the commands' tables in a page.
  private static func introduction(in lines: [String]) -> [String] {
    Array(
      lines.drop { !["## All options", "## Options of `bench`"].contains($0) }
        .prefix { !$0.hasPrefix("| Option of ") })
  }

  private static func options(in lines: [String]) -> Set<String> {
    Set(lines.flatMap { $0.matches(of: option).map { String($0.output) } })
  }
}
