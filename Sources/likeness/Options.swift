import ArgumentParser
import Synth
import Tables

/// Options that training and generation share.
struct CommonOptions: ParsableArguments {
  @Option(help: "Same input, options and seed: same bytes. (default: 1)")
  var seed: UInt64?

  @Option(help: "Threads to compute with; does not change the result. (default: one per processor)")
  var threads: Int?

  func validateThreads() throws {
    try TrainingOptions(threadCount: threads).validateAsUsage()
  }
}

/// How the input is spelled.
struct CSVInputOptions: ParsableArguments {
  @Option(
    help: "The character between fields, or 'tab'. (default: found out among , ; tab and |)")
  var separator: String?

  @Option(
    name: .customLong("missing"), parsing: .singleValue,
    help: ArgumentHelp(
      "A spelling of missing values; repeat for several. (default: empty, NA, N/A, NaN, null, None)",
      valueName: "text"))
  var missing: [String] = []

  func options() throws -> CSVOptions { CSVOptions(separator: try separatorByte()) }

  /// nil where none were given.
  func missingValues() -> MissingValues? {
    missing.isEmpty ? nil : MissingValues(spellings: missing)
  }

  func validate() throws { _ = try separatorByte() }

  private func separatorByte() throws -> UInt8? {
    guard let separator else { return nil }
    if separator == "tab" || separator == "\\t" { return UInt8(ascii: "\t") }
    guard separator.utf8.count == 1, let byte = separator.utf8.first,
      !"\"\r\n\0".utf8.contains(byte)
    else {
      throw ValidationError(
        "--separator is '\(separator)'. Give one ASCII character that is no quote, or 'tab'.")
    }
    return byte
  }
}

extension TrainingOptions {
  /// Refuses impossible options as wrong usage, exit code 64.
  func validateAsUsage() throws {
    do {
      try validate()
    } catch let error as SynthError {
      throw ValidationError(error.description)
    }
  }
}
