import ArgumentParser
import CommandSupport
import Synth

/// How the values of single rows and people are protected.
struct ProtectionOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      The column that says whose a row is: a value is kept where enough different keys share it, however many rows have it.
      """, valueName: "column"))
  var key: String?

  @Flag(help: "Draw rare categories as _RARE_. (default: others are drawn in their place)")
  var rareToken = false

  @Flag(help: "Keep rare and extreme values as they are. They may reveal single people.")
  var noValueProtection = false

  /// Puts what was given into options, and for the rest what stands in others.
  func apply(to options: inout TrainingOptions, others: TrainingOptions) {
    options.key = key ?? others.key
    options.drawsRareToken = rareToken || others.drawsRareToken
    options.protectsValues = !noValueProtection && others.protectsValues
  }

  /// Says so where values are not protected.
  func warn(of options: TrainingOptions) {
    guard !options.protectsValues else { return }
    printError(
      "Warning: values are not protected. The model and its rows can hold what one row of the table alone has."
    )
  }
}
