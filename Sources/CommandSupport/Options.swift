import ArgumentParser
import Synth
import Tables

/// Options that training and generation share.
package struct CommonOptions: ParsableArguments {
  @Option(help: "The seed. The same input, options and seed give the same bytes. (default: 1)")
  package var seed: UInt64?

  @Option(
    help: "The number of threads. It does not change the result. (default: one per processor)")
  package var threads: Int?

  package init() {}

  package func validateThreads() throws {
    try TrainingOptions(threadCount: threads).validateAsUsage()
  }

  /// Checks that the system has room for the threads' memory.
  package func checkMemory() throws { try ProgramStart.checkMemory(threadCount: threads) }
}

/// How matrix products are computed.
package struct PrecisionOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      How matrix products are computed: auto takes bfloat16 where the processor multiplies it faster, float32 never \
      does. (default: as the model was trained; auto for training)
      """, valueName: "precision"))
  package var precision: Precision?

  package init() {}
}

/// How the input is written, and how large its parts may be.
package struct CSVInputOptions: ParsableArguments {
  @Option(
    help: "The character between fields, or 'tab'. (default: detected among , ; tab and |)")
  package var separator: String?

  @Option(
    help: ArgumentHelp(
      """
      The encoding of files without a byte order mark: utf-8, latin-1 (the same as windows-1252), utf-16, utf-16le or \
      utf-16be. Output is always UTF-8. (default: utf-8)
      """, valueName: "name"),
    transform: {
      guard let encoding = TextEncoding(named: $0) else {
        throw ValidationError(
          "There is no encoding '\($0)'. Choose utf-8, latin-1, windows-1252, utf-16, utf-16le or utf-16be."
        )
      }
      return encoding
    })
  package var encoding: TextEncoding?

  @Option(
    name: .customLong("missing"), parsing: .singleValue,
    help: ArgumentHelp(
      "A text that means a missing value; repeat for several. (default: empty, NA, N/A, NaN, null, None)",
      valueName: "text"))
  package var missing: [String] = []

  @Option(
    name: .customLong("max-columns"),
    help: ArgumentHelp(
      "The most columns of a table. A wider header is refused as damaged.", valueName: "count"))
  package var columnCount = CSVLimits().columnCount

  @Option(
    name: .customLong("max-field-bytes"),
    help: ArgumentHelp(
      "The most bytes of a field. A larger field is refused as damaged.", valueName: "bytes"))
  package var fieldByteCount = CSVLimits().fieldByteCount

  package init() {}

  package func options() throws -> CSVOptions {
    CSVOptions(
      separator: try separatorByte(), encoding: encoding,
      limits: CSVLimits(fieldByteCount: fieldByteCount, columnCount: columnCount))
  }

  /// The missing values of the command line; nil if none were given.
  package func missingValues() -> MissingValues? {
    missing.isEmpty ? nil : MissingValues(spellings: missing)
  }

  package func validate() throws {
    _ = try separatorByte()
    try Self.check(columnCount, of: "--max-columns", most: CSVLimits.mostColumns)
    try Self.check(fieldByteCount, of: "--max-field-bytes", most: CSVLimits.mostFieldBytes)
  }

  private static func check(_ value: Int, of option: String, most: Int) throws {
    guard 1...most ~= value else {
      throw ValidationError("\(option) is \(value). Give a number from 1 to \(most).")
    }
  }

  private func separatorByte() throws -> UInt8? {
    guard let separator else { return nil }
    if separator == "tab" || separator == "\\t" { return UInt8(ascii: "\t") }
    guard separator.utf8.count == 1, let byte = separator.utf8.first,
      !"\"\r\n\0".utf8.contains(byte)
    else {
      throw ValidationError(
        "--separator is '\(separator)'. Give one ASCII character other than a quote, or 'tab'.")
    }
    return byte
  }
}

extension TrainingOptions {
  /// Refuses impossible options as wrong usage, exit code 64.
  package func validateAsUsage() throws { try reportingUsage { try validate() } }
}

extension ModelSize: ExpressibleByArgument {}

/// A model size, or the choice of one by the training.
package enum ModelSizeChoice: String, ExpressibleByArgument, CaseIterable {
  case auto, small, medium, large

  /// nil for auto.
  package var size: ModelSize? { ModelSize(rawValue: rawValue) }
}
extension ColumnOrder: ExpressibleByArgument {}
extension Precision: ExpressibleByArgument {}

/// The argument `A..<B`: rows counted from 0.
package struct RowsRange: ExpressibleByArgument {
  package let rows: Range<Int>

  package init?(argument: String) {
    let parts = argument.split(separator: "..<", omittingEmptySubsequences: false)
    guard parts.count == 2, let lower = Int(parts[0]), let upper = Int(parts[1]), lower >= 0,
      lower < upper
    else { return nil }
    rows = lower..<upper
  }
}

/// Values in one argument, separated by commas; an empty argument has none.
package struct CommaList<Element: ExpressibleByArgument & Sendable>: ExpressibleByArgument,
  Sendable
{
  package let values: [Element]

  package init(_ values: [Element]) { self.values = values }

  package init?(argument: String) {
    let parts =
      argument.isEmpty ? [] : argument.split(separator: ",", omittingEmptySubsequences: false)
    values = parts.compactMap { Element(argument: String($0)) }
    if values.count < parts.count { return nil }
  }

  package var defaultValueDescription: String {
    values.map(\.defaultValueDescription).joined(separator: ",")
  }
}
