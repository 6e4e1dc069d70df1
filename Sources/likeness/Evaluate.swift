import ArgumentParser
import CommandSupport
import Eval

struct Evaluate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Judge synthetic tables against the real one.",
    discussion: """
      Prints how close the rows of each --synthetic table are to those it was made from: --train. Give --holdout, real rows \
      that whoever made the synthetic ones had not seen, to see beside each figure what real rows get, and whether people's \
      records are safe. All tables have the same columns, in any order; it does not matter what made them.

      -o writes a report for people, a web page that needs no other file; --json all figures for programs. Values and \
      three rows of each table stand in the report: treat it as you treat the tables, or leave the rows out with \
      --no-sample-rows.

      Columns in which every row has its own identifier are left out: new rows have new ones.

      Without --violin the report chooses numbers and groups itself.

      A rule names columns of which only some combinations occur in real rows. A statistic is count, mean(COLUMN), \
      median(COLUMN), quantile(COLUMN,0.9) or share(COLUMN=VALUE), then by and one or two columns.

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

  @Flag(help: "Report errors only.")
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
