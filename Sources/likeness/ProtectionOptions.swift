import ArgumentParser
import CommandSupport
import Synth

/// How the values of single rows and people are protected.
struct ProtectionOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      The column that identifies the person of a row. A value is kept if enough different keys share it, however many rows \
      have it.
      """, valueName: "column"))
  var key: String?

  @Flag(help: "Write _RARE_ for rare categories in every column. (default: each column decides)")
  var rareToken = false

  @Flag(help: "Keep rare and extreme values. They may reveal single people.")
  var noValueProtection = false

  /// Sets the protection of some options; what the command line does not name comes from other options.
  func apply(to options: inout TrainingOptions, others: TrainingOptions) {
    options.protection.key = key ?? others.protection.key
    options.protection.drawsRareToken = rareToken || others.protection.drawsRareToken
    options.protection.protectsValues = !noValueProtection && others.protection.protectsValues
  }

  /// Prints a warning if values are not protected.
  func warn(of options: TrainingOptions) {
    guard !options.protection.protectsValues else { return }
    printError(
      "Warning: values are not protected. The model and its rows can hold values of a single row."
    )
  }
}
