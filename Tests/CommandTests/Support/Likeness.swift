import Foundation
import TestSupport

/// What a run of the program left behind.
struct Outcome: Sendable {
  let status: Int32
  let output: Data
  let errors: String

  var text: String { String(decoding: output, as: UTF8.self) }
  /// The lines on standard output.
  var lines: [Substring] { text.split(separator: "\n") }
  /// The lines on standard error.
  var errorLines: [Substring] { errors.split(separator: "\n") }
}

/// A program, as it was built beside the tests.
enum Program {
  static func path(_ name: String) -> String {
    let beside = [CommandLine.arguments[0]] + Bundle.allBundles.map(\.bundlePath)
    let root = URL(fileURLWithPath: #filePath).appending(path: "../../../..").standardized.path
    let folders =
      beside.map { URL(fileURLWithPath: $0).deletingLastPathComponent().path }
      + ["release", "debug"].map { root + "/.build/" + $0 }
    let programs = folders.map { $0 + "/\(name)" }
    guard let path = programs.first(where: FileManager.default.isExecutableFile) else {
      fatalError("There is no \(name) in any of \(folders). Build it first.")
    }
    return path
  }
}

/// The program `likeness`.
enum Likeness {
  static let path = Program.path("likeness")

  /// Runs the program to its end.
  static func run(_ arguments: String..., input: String? = nil) async throws -> Outcome {
    try await Run(path, arguments, input: input).outcome()
  }

  /// Runs a shell script in which `$0` is the program and `$1`... are the arguments.
  static func shell(_ script: String, _ arguments: String...) async throws -> Outcome {
    try await Run("/bin/sh", ["-c", script, path] + arguments, input: nil).outcome()
  }
}
