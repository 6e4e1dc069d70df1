import Foundation
import TestSupport
import Testing

/// The output that the documents show is what the program prints.
///
/// The commands of all `console` blocks run one after another in one folder, so that the guide inspects the model that the README
/// trains. Numbers that depend on the processor's arithmetic are masked on both sides.
@Suite struct DocumentOutputTests {
  @Test func theProgramPrintsWhatTheDocumentsShow() async throws {
    let folder = TemporaryFolder()
    _ = folder.file("orders.csv", SchemaTests.orders)
    try FileManager.default.createSymbolicLink(
      atPath: folder.file("Examples"),
      withDestinationPath: Documents.root.appending(path: "Examples").path)
    var compared: Set<String> = []
    for command in try Documents.names.flatMap(Documents.consoleCommands) {
      let outcome = try await Likeness.shell(
        #"cd "$1" && PATH="${0%/*}:$PATH" && eval "$2""#, folder.path, command.shell)
      #expect(outcome.status == 0, "\(command.shell): \(outcome.errors)")
      guard !command.output.isEmpty else { continue }
      let subcommand = try #require(command.subcommand, "\(command.shell)")
      let printed = outcome.text.isEmpty ? outcome.errors : outcome.text
      expectSame(
        command.output, printed.trimmingCharacters(in: .newlines).components(separatedBy: "\n"),
        of: command,
        mask: try #require(Self.masks[subcommand], "\(command.shell)"))
      compared.insert(subcommand)
    }
    #expect(compared == Set(Self.masks.keys))
  }

  /// Expects the same masked lines. A line `...` in the document stands for any lines.
  private func expectSame(
    _ shown: [String], _ printed: [String], of command: ConsoleCommand, mask: (String) -> String
  ) {
    let (shown, printed) = (shown.map(mask), printed.map(mask))
    let gap = shown.firstIndex(of: "...")
    let (head, tail) = (
      shown[..<(gap ?? shown.count)], shown[(gap.map { $0 + 1 } ?? shown.count)...]
    )
    #expect(gap != nil || printed.count == shown.count, "\(command.document): \(command.shell)")
    for (line, expected) in zip(printed, head) {
      #expect(line == expected, "\(command.document): \(command.shell)")
    }
    for (line, expected) in zip(printed.suffix(tail.count), tail) {
      #expect(line == expected, "\(command.document): \(command.shell)")
    }
    #expect(printed.count >= head.count + tail.count, "\(command.document): \(command.shell)")
  }

  /// For each command, the mask of what may differ between machines.
  private static let masks: [String: @Sendable (String) -> String] = [
    "schema": { $0 },
    "train": { maskTraining($0).replacing(#/in \d+\.\d s/#, with: "in # s") },
    "inspect": maskTraining,
    "generate": maskRow,
    "evaluate": maskEvaluation,
  ]

  /// Masks losses, accuracies and the number of epochs that they choose.
  @Sendable private static func maskTraining(_ line: String) -> String {
    line.replacing(#/\d+ epochs?( \(held-out)/#) { "# epochs\($0.output.1)" }
      .replacing(#/loss \d+\.\d+/#, with: "loss #").replacing(#/\b0\.\d{4}\b/#, with: "#")
  }

  /// Keeps a header; of other rows, which fields are numbers.
  @Sendable private static func maskRow(_ line: String) -> String {
    let fields = line.split(separator: ",", omittingEmptySubsequences: false)
    guard fields.contains(where: { Double($0) != nil }) else { return line }
    return fields.map { Double($0) == nil ? "text" : "#" }.joined(separator: ",")
  }

  /// Masks figures and the sentences of verdicts; numbers of rows and columns stay.
  @Sendable private static func maskEvaluation(_ line: String) -> String {
    line.replacing(#/-?\d+\.\d+/#, with: "#").replacing(#/ {2,}/#, with: "  ")
      .replacing(#/^ +\S (\w+) .*/#) { "verdict of \($0.output.1)" }
  }
}
