import Eval
import Foundation
import Tables
import TestSupport
import Testing

/// The program of Eval.docc, on a table of this file.
@Suite struct DocumentationTests {
  /// People whose income depends on their education.
  private func people(_ count: Int, seed: UInt64) -> String {
    var random = SplitMix64(seed: seed)
    let rows = (0..<count).map { _ in
      let education = Int.random(in: 1...3, using: &random)
      let income = Int.random(in: 0..<4, using: &random) < education ? ">50K" : "<=50K"
      let hours = Int.random(in: 20...60, using: &random)
      let sex = Bool.random(using: &random) ? "Female" : "Male"
      return "\(["A", "B", "C"][education - 1]),\(education),\(hours),\(sex),\(income)\n"
    }
    return "education,education_num,hours_per_week,sex,income\n" + rows.joined()
  }

  @Test func theExampleRuns() throws {
    let folder = TemporaryFolder()
    _ = folder.file("people.csv", people(300, seed: 1))
    _ = folder.file("others.csv", people(150, seed: 2))
    _ = folder.file("synthetic.csv", people(300, seed: 3))
    let tables = try ComparedTables(
      training: CSVFiles(paths: [folder.file("people.csv")]),
      holdout: CSVFiles(paths: [folder.file("others.csv")]),
      synthetic: [CSVFiles(paths: [folder.file("synthetic.csv")])])
    var options = EvaluationOptions()
    options.target = try Target(parsing: "income=>50K")
    options.rules = [try Rule(parsing: "education,education_num")]
    options.statistics = [try Statistic(parsing: "mean(hours_per_week) by sex")]
    let evaluation = try Evaluation(of: tables, options: options)

    print(evaluation.text)
    let figures = evaluation.synthetic[0]
    print(figures.accuracy.overall.value, figures.accuracy.overall.holdout ?? .nan)
    if let share = figures.privacy?.closerToTraining {
      print("closer to training: \(share.value), from \(share.lower) to \(share.upper)")
    }

    let html = try QualityReport(evaluation, tables: tables).html
    try html.write(toFile: folder.file("report.html"), atomically: true, encoding: .utf8)
    #expect(html.hasPrefix("<!DOCTYPE html>"))
    #expect(figures.rules[0].share.value == 1)
  }
}
