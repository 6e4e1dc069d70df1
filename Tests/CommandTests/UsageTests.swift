import TestSupport
import Testing

/// Arguments that cannot be, and what the message says of them.
struct Misuse: Sendable, CustomTestStringConvertible {
  let arguments: [String]
  let message: String

  init(_ arguments: String, _ message: String) {
    self.arguments = arguments.split(separator: " ").map(String.init)
    self.message = message
  }

  var testDescription: String { arguments.joined(separator: " ") }
}

@Suite struct UsageTests {
  private static let misuses = [
    Misuse("generate m --rows 0", "--rows is 0. Give at least 1."),
    Misuse("generate m --rows=-5", "--rows is -5. Give at least 1."),
    Misuse("generate m --rows many", "'many' is invalid for '--rows"),
    Misuse("generate m", "Give either --rows or --rows-range."),
    Misuse("generate m --rows 3 --rows-range 1..<2", "Give either --rows or --rows-range."),
    Misuse("generate m --rows-range 5..<5", "'5..<5' is invalid for '--rows-range"),
    Misuse("generate m --rows-range 6..<5", "'6..<5' is invalid for '--rows-range"),
    Misuse("generate m --rows-range=-1..<5", "'-1..<5' is invalid for '--rows-range"),
    Misuse("generate m --rows-range 1-5", "'1-5' is invalid for '--rows-range"),
    Misuse("generate m --rows-range 1..<2..<3", "'1..<2..<3' is invalid for '--rows-range"),
    Misuse("generate m --rows 3 --threads 0", "The number of threads cannot be 0."),
    Misuse("train t -o m --epochs 0", "The number of epochs cannot be 0."),
    Misuse("train t -o m --max-minutes 0", "The minutes to train cannot be 0.0. Give more than 0."),
    Misuse("train t -o m --max-minutes=-1", "The minutes to train cannot be -1.0."),
    Misuse("train t -o m --batch-size 0", "The batch size cannot be 0."),
    Misuse("train t -o m --learning-rate nan", "The learning rate cannot be nan."),
    Misuse("train t -o m --model-size huge", "'huge' is invalid for '--model-size"),
    Misuse("train t -o m --order back", "'back' is invalid for '--order"),
    Misuse("train t -o m --separator ab", "--separator is 'ab'. Give one ASCII character"),
    Misuse(
      "evaluate --train t --synthetic t --encoding latin", "There is no encoding 'latin'. Choose"),
    Misuse("train t -o m --max-columns 0", "--max-columns is 0. Give a number from 1 to 1000000."),
    Misuse(
      "schema t --max-field-bytes 536870913",
      "--max-field-bytes is 536870913. Give a number from 1 to 536870912."),
    Misuse("train t -o m --column zip", "--column is 'zip'. Write name=kind, for example"),
    Misuse("train t -o m --column =text", "--column is '=text'. Write name=kind, for example"),
    Misuse(
      "train t -o m --column a=intger",
      "Column 'a': there is no kind 'intger'. Do you mean 'integer'? Kinds are boolean,"),
    Misuse(
      "train t -o m --constraint a=>b",
      "'a=>b' is not a rule: the error is at character 2. Write <=, <"),
    Misuse("train t -o m --constraint fixed(a)", "The rule 'fixed(a)' has no effect. Name two"),
    Misuse(
      "train t -o m --derive a=b+",
      "'a=b+' is not a formula: the error is at character 5. Write the"),
    Misuse(
      "train t -o m --derive a*b",
      "'a*b' is not a formula: the error is at character 2. Write = and"),
    Misuse("train t -o -", "A model cannot go to standard output."),
    Misuse("train t -o m --checkpoint-minutes 1", "needs --checkpoint or --resume."),
    Misuse(
      "train t -o m --resume c --checkpoint-minutes=-1", "--checkpoint-minutes is -1.0. Give 0"),
    Misuse(
      "train t -o m --resume c --checkpoint-minutes nan", "--checkpoint-minutes is nan. Give 0"),
    Misuse("train t -o m --checkpoint -", "--checkpoint cannot be a stream. Name a file."),
    Misuse("train t -o m --resume -", "--resume cannot be a stream. Name a file."),
    Misuse("train t -o m --checkpoint t", "--checkpoint is t, the same file as the input t."),
    Misuse("train t -o m --resume m", "--resume is m, the same file as --output."),
    Misuse("train t", "Missing expected argument '--output"),
    Misuse("train -o m", "Missing expected argument '<input> ...'"),
    Misuse("evaluate --synthetic s", "Missing expected argument '--train <csv> ...'"),
    Misuse("evaluate --train t", "Missing expected argument '--synthetic <csv> ...'"),
    Misuse("evaluate --train t --synthetic s -o -", "A report cannot go to standard output."),
    Misuse("evaluate --train t --synthetic s -o s", "--output is s, the same file as the input s."),
    Misuse(
      "evaluate --train t --synthetic s -o r --json r", "--json is r, the same file as --output."),
    Misuse("evaluate --train - --synthetic -", "Standard input can be read once only."),
    Misuse("evaluate --train t --synthetic s --threads 0", "The number of threads cannot be 0."),
    Misuse("evaluate --train t --synthetic s --rule a", "'a' is no rule. Name two or more columns"),
    Misuse("evaluate --train t --synthetic s --statistic mean", "'mean' is no statistic. Write"),
    Misuse("evaluate --train t --synthetic s --target =b", "'=b' is no target. Name a column"),
    Misuse("evaluate --train t --synthetic s --violin a", "'a' is no number by groups. Name"),
    Misuse("schema", "Missing expected argument '<input> ...'"),
    Misuse("inspect", "Missing expected argument '<model>'"),
    Misuse("paint", "Unexpected argument 'paint'"),
  ]

  @Test(arguments: misuses)
  func wrongUsageIsExplained(_ misuse: Misuse) async throws {
    let outcome = try await Run(Likeness.path, misuse.arguments).outcome()
    #expect(outcome.status == 64)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errorLines.first?.hasPrefix("Error: ") == true, "\(outcome.errors)")
    #expect(outcome.errors.contains(misuse.message), "\(outcome.errors)")
    #expect(outcome.errors.contains("Usage: likeness "))
  }
}
