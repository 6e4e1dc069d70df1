import CommandSupport
import Eval
import Study
import Synth

/// Rules as text.
struct RuleTarget: FuzzTarget {
  private static let seeds = [
    "fixed(education, education_num)", "start <= end", "price in 0...100", "age >= 18",
    "onehot(red, green, blue)", "color: atmostone(red, green, blue)", "'a b' < 5",
    "\"my rule\": \"a \"\"b\"\"\" > c.d-e", "date in 2024-01-31...'2024-02-29 10:00'",
  ]

  init(folder: String) {}

  func input(using random: inout InputRandom) -> [UInt8] {
    Mutator.text.mutated(Array(Self.seeds.randomElement(using: &random)!.utf8), using: &random)
  }

  func read(_ input: [UInt8], path: String) throws {
    let rule = try Constraint(parsing: String(decoding: input, as: UTF8.self))
    let copy = try? Constraint(parsing: rule.description)
    try Finding.check(copy == rule, "'\(rule)' is read back as another rule")
  }
}

/// Formulas as text.
struct FormulaTarget: FuzzTarget {
  private static let seeds = [
    "total = price * quantity", "x = (gross - net) / net", "n = \"check out\" - \"check in\"",
    "y = -(a + 2.5e-3) * -b / (c - 1e5)", "z = a - (b - c) - d / (e * f)",
  ]

  init(folder: String) {}

  func input(using random: inout InputRandom) -> [UInt8] {
    Mutator.text.mutated(Array(Self.seeds.randomElement(using: &random)!.utf8), using: &random)
  }

  func read(_ input: [UInt8], path: String) throws {
    let derivation = try Derivation(parsing: String(decoding: input, as: UTF8.self))
    let copy = try? Derivation(parsing: derivation.description)
    try Finding.check(copy == derivation, "'\(derivation)' is read back as another formula")
  }
}

/// Statistics, targets, violins, rules of evaluations, and other values of options.
struct DefinitionTarget: FuzzTarget {
  private static let seeds = [
    "mean(hours_per_week) by sex", "median(age) by a, 'b, c'", "quantile(age,0.9) by \"x by y\"",
    "share(income='>50K') by sex", "count by a", "income='>50K'", "age by income",
    "education,education_num", "5000..<6000", "100,200,all", "1,5,auto",
  ]

  init(folder: String) {}

  func input(using random: inout InputRandom) -> [UInt8] {
    Mutator.text.mutated(Array(Self.seeds.randomElement(using: &random)!.utf8), using: &random)
  }

  func read(_ input: [UInt8], path: String) throws {
    let text = String(decoding: input, as: UTF8.self)
    if let rows = RowsRange(argument: text)?.rows {
      try Finding.check(rows.lowerBound >= 0 && !rows.isEmpty, "\(rows) are no rows")
    }
    _ = (CommaList<Int>(argument: text), StudySize(text), StudyEpochs(text))
    _ = (try? Statistic(parsing: text), try? GroupedNumber(parsing: text))
    _ = (try? Rule(parsing: text), try Target(parsing: text))
  }
}
