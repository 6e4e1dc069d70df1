import ArgumentParser
import CommandSupport
import Eval

struct Evaluate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Judge synthetic tables against the real one.",
    discussion: """
      Compares each --synthetic table with --train, the real rows that it was made from. Give --holdout, other real rows, \
      to see the figures of real rows beside them and to measure privacy. All tables have the same columns, in any order. \
      It does not matter which program made them.

      -o writes a report as one web page that needs no other file; --json writes all figures as JSON. The report shows \
      values and three rows of each table: protect it like the tables, or leave the rows out with --no-sample-rows.

      Columns in which every row has its own identifier are not compared.

      Without --violin the report chooses the violin charts.

      A rule names columns of which only some combinations occur in real rows. A statistic is count, mean(COLUMN), \
      median(COLUMN), quantile(COLUMN,0.9) or share(COLUMN=VALUE), then 'by' and one or two columns.

      EXAMPLES
        likeness evaluate --train people.csv --synthetic synthetic.csv
        likeness evaluate --train people.csv --holdout others.csv --synthetic a.csv --synthetic b.csv -o report.html
        likeness evaluate --train people.csv --holdout others.csv --synthetic synthetic.csv -o report.html \
      --target income='>50K' --rule education,education_num --statistic 'mean(age) by sex'
        likeness evaluate --train people.csv --synthetic synthetic.csv --json - | jq '.synthetic[0].accuracy.overall'
      """)

  @OptionGroup var tables: EvaluatedTables
  @OptionGroup var definitions: EvaluationDefinitions

  @OptionGroup var outputs: EvaluationOutputs
  @OptionGroup var common: CommonOptions

  @Flag(help: "Print errors only.")
  var quiet = false

  func validate() throws {
    try common.validateThreads()
    try outputs.validate(inputs: tables.files)
  }

  func run() async throws {
    try await reportingErrors {
      try common.checkMemory()
      try outputs.checkWritable()
      let display = EvaluationDisplay(isQuiet: quiet)
      display.show("reading")
      let tables = try tables.read()
      display.warn(of: tables.unreadableFields)
      display.show(identifiers: tables.identifiers)
      try definitions.check(against: tables)
      let evaluation = try Evaluation(
        of: tables, options: definitions.options(common), onPhase: display.show)
      display.show("writing")
      try outputs.write(evaluation, of: tables, charts: definitions.violin)
      display.finish(wrote: outputs.files)
      try outputs.print(evaluation)
    }
  }
}
