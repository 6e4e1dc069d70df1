import Eval
import Foundation
import NN
import Tables
import TestSupport

/// Small tables and figures of them, for reports.
struct ReportFixture {
  var evaluation: Evaluation
  var tables: ComparedTables

  /// - Parameters:
  ///   - names: Those of the columns; every third one holds numbers.
  ///   - levels: The values of the other columns.
  init(
    names: [String] = ["age", "income", "sex", "hours", "region"],
    levels: [String] = ["low", "high", "none"], rowCount: Int = 200, syntheticCount: Int = 1,
    hasHoldout: Bool = true
  ) throws {
    func table(_ name: String, seed: UInt64) throws -> Table {
      var random = SplitMix64(seed: seed)
      var table = try Table(
        columns: names.enumerated().map { index, name in
          if index % 3 == 0 {
            return Column(name, (0..<rowCount).map { _ in (random.unit() * 60).rounded() + 17 })
          }
          return Column(
            name, (0..<rowCount).map { _ in levels.randomElement(using: &random)! as String? })
        })
      table.name = name
      return table
    }
    tables = try ComparedTables(
      training: table("folder/training.csv", seed: 1),
      holdout: hasHoldout ? table("holdout.csv", seed: 2) : nil,
      synthetic: (0..<syntheticCount).map {
        try table("synthetic-\($0 + 1).csv", seed: 3 + UInt64($0))
      })
    evaluation = try Self.evaluate(tables)
  }

  func html(_ options: ReportOptions = ReportOptions()) throws -> String {
    try QualityReport(evaluation, tables: tables, options: options).html
  }
}

extension ReportFixture {
  /// All figures of the tables, with a rule and a statistic of the first two columns and the first category as the target.
  static func evaluate(_ tables: ComparedTables) throws -> Evaluation {
    var options = EvaluationOptions()
    options.threadCount = 2
    let quoted = tables.columns.prefix(2).map { "\"\($0.name)\"" }
    if quoted.count > 1 {
      options.rules = [try Rule(parsing: quoted.joined(separator: ","))]
      options.statistics = [try Statistic(parsing: "mean(\(quoted[0])) by \(quoted[1])")]
    }
    options.target = tables.columns.first { $0.levels?.count ?? 0 > 1 }
      .map { Target($0.name, value: $0.levels?.first) }
    return try Evaluation(of: tables, options: options)
  }
}
