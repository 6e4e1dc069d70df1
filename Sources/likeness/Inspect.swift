import ArgumentParser
import CommandSupport
import Synth
import Tables

struct Inspect: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show what a model file holds.",
    discussion: """
      EXAMPLES
        likeness inspect people.likeness
        likeness inspect people.likeness --json | jq .columns
      """)

  @Argument(help: ArgumentHelp("A model file.", valueName: "model"), completion: .file())
  var model: String

  @Flag(help: "Print JSON.")
  var json = false

  func run() async throws {
    try await reportingErrors {
      let summary = try Generator(contentsOf: model).summary
      if json {
        try StandardOutput.write(summary.json() + "\n")
      } else {
        try printLines(summary.text)
      }
    }
  }
}
