import ArgumentParser
import Eval

/// The figures to compute in addition to those of every table.
package struct EvaluationDefinitions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The column, or the value of a column, that models predict, such as income='>50K' or age.",
      valueName: "column[=value]"),
    transform: { try Target(parsing: $0) })
  package var target: Target?

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "Columns whose combinations must occur in real rows; repeat for several.",
      valueName: "columns"),
    transform: { try Rule(parsing: $0) })
  package var rule: [Rule] = []

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "A figure for each group of rows, such as 'mean(age) by sex'; repeat for several.",
      valueName: "definition"),
    transform: { try Statistic(parsing: $0) })
  package var statistic: [Statistic] = []

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "A violin chart in the report, such as 'age by income'; repeat for several.",
      valueName: "columns"),
    transform: { try GroupedNumber(parsing: $0) })
  package var violin: [GroupedNumber] = []

  package init() {}

  package func options(_ common: CommonOptions) -> EvaluationOptions {
    var options = EvaluationOptions()
    options.target = target
    options.rules = rule
    options.statistics = statistic
    if let seed = common.seed { options.seed = seed }
    if let threads = common.threads { options.threadCount = threads }
    return options
  }

  /// Refuses impossible charts before the work begins.
  package func check(against tables: ComparedTables) throws {
    for chart in violin { try chart.check(against: tables) }
  }
}
