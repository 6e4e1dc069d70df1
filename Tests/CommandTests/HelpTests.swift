import Testing

@Suite struct HelpTests {
  @Test(arguments: ["schema", "train", "generate", "evaluate", "inspect"])
  func helpShowsExamples(of command: String) async throws {
    let outcome = try await Likeness.run(command, "--help")
    #expect(outcome.status == 0)
    #expect(outcome.errors.isEmpty)
    #expect(outcome.text.contains("EXAMPLES\n  likeness \(command) "))
    #expect(outcome.text.contains("USAGE: likeness \(command) "))
  }

  @Test func helpListsCommandsAndExitCodes() async throws {
    let outcome = try await Likeness.run("--help")
    #expect(outcome.status == 0)
    for word in ["schema", "train", "generate", "evaluate", "inspect", "EXAMPLES", "EXIT CODES"] {
      #expect(outcome.text.contains(word), "\(word)")
    }
    let bare = try await Likeness.run()
    #expect(bare.status == 0)
    #expect(bare.output == outcome.output)
  }

  /// Every line of the examples is taken by the shell as it stands.
  @Test(arguments: ["schema", "train", "generate", "evaluate", "inspect"])
  func examplesAreShellCommands(of command: String) async throws {
    let help = try await Likeness.run(command, "--help")
    let examples = help.lines.filter { $0.hasPrefix("  ") && $0.contains("likeness \(command) ") }
    #expect(examples.count >= 2)
    for example in examples {
      #expect(!example.replacing("'5000..<6000'", with: "").contains("<"), "\(example)")
    }
  }

  @Test func versionIsPrinted() async throws {
    let outcome = try await Likeness.run("--version")
    #expect(outcome.status == 0)
    #expect(outcome.text.prefix { $0 != " " }.split(separator: ".").count == 3)
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func completionsAreWritten(for shell: String) async throws {
    let outcome = try await Likeness.run("--generate-completion-script", shell)
    #expect(outcome.status == 0)
    #expect(outcome.errors.isEmpty)
    for command in ["schema", "train", "generate", "evaluate", "inspect"] {
      #expect(outcome.text.contains(command), "\(command)")
    }
  }
}
