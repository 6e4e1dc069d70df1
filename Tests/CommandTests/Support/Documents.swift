import Foundation

/// The documents that users read: README.md and the pages of docs/.
enum Documents {
  static let names = [
    "README.md", "docs/guide.md", "docs/privacy.md", "docs/architecture.md", "docs/benchmarks.md",
  ]

  /// The root of the repository.
  static let root = URL(fileURLWithPath: #filePath).appending(path: "../../../..").standardized

  static func text(of name: String) throws -> String {
    try String(contentsOf: root.appending(path: name), encoding: .utf8)
  }

  /// The lines of all documents.
  static func lines() throws -> [String] {
    try names.flatMap { try text(of: $0).components(separatedBy: "\n") }
  }

  /// The commands in the `console` blocks of a document, in their order.
  static func consoleCommands(in name: String) throws -> [ConsoleCommand] {
    var commands: [ConsoleCommand] = []
    var (isInBlock, isInCommand) = (false, false)
    for line in try text(of: name).components(separatedBy: "\n") {
      if line.hasPrefix("```") {
        isInBlock = line == "```console"
      } else if isInBlock, isInCommand || line.hasPrefix("$ ") {
        if !isInCommand { commands.append(ConsoleCommand(document: name)) }
        isInCommand = line.hasSuffix("\\")
        let part = line.hasPrefix("$ ") ? line.dropFirst(2) : line[...]
        commands[commands.count - 1].shell += (isInCommand ? part.dropLast() : part)
      } else if isInBlock, !commands.isEmpty {
        commands[commands.count - 1].output.append(line)
      }
    }
    return commands
  }
}

/// A shell command that a document shows, and the lines that it shows below as its output.
struct ConsoleCommand: Sendable {
  let document: String
  var shell = ""
  var output: [String] = []

  init(document: String) { self.document = document }

  /// The command of `likeness`; nil for other programs.
  var subcommand: String? {
    let words = shell.split(separator: " ")
    return words.first == "likeness" ? words.dropFirst().first.map(String.init) : nil
  }
}
