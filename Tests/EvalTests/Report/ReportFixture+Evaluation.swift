import Eval
import Foundation
import NN

extension ReportFixture {
  /// Figures of the tables: those of accuracy, privacy, rules and statistics are true, the others are made up.
  static func evaluate(_ tables: ComparedTables) throws -> Evaluation {
    let pool = WorkerPool(threadCount: 2)
    let accuracy = AccuracyFigures.figures(of: tables, seed: 1, pool: pool)
    let space = FeatureSpace(of: tables, seed: 1, pool: pool)
    let privacy = PrivacyEvaluator(of: tables, in: space, pool: pool)
    let shapes = ColumnShape.shapes(of: tables, pool: pool)
    let names = tables.columns.map(\.name)
    let quoted = names.prefix(2).map { "\"\($0)\"" }
    let rules =
      names.count > 1
      ? try RuleFigures.figures(
        of: tables, rules: [Rule(parsing: quoted.joined(separator: ","))]) : []
    let statistics =
      names.count > 1
      ? try StatisticFigures.figures(
        of: tables, statistics: [Statistic(parsing: "mean(\(quoted[0])) by \(quoted[1])")]) : []
    let synthetic = try tables.synthetic.enumerated().map { index, table in
      [
        "table": size(table), "accuracy": try json(accuracy[index]),
        "privacy": try json(privacy.figures(ofSynthetic: index)),
        "rules": names.count > 1 ? try json(rules[index]) : [],
        "statistics": names.count > 1 ? try json(statistics[index]) : [],
        "similarity": similarity(names, shapes: try json(shapes[index])),
        "utility": utility(names, tables.columns),
      ]
    }
    var evaluation: [String: Any] = [
      "columns": names, "seed": 1, "training": size(tables.training), "synthetic": synthetic,
    ]
    if let holdout = tables.holdout { evaluation["holdout"] = size(holdout) }
    return try JSONDecoder().decode(
      Evaluation.self, from: JSONSerialization.data(withJSONObject: evaluation))
  }

  private static let curve = (0...100).map { index in
    ["x": Double(index) / 100, "y": (Double(index) / 100).squareRoot()]
  }

  private static func similarity(_ names: [String], shapes: Any) -> [String: Any] {
    let matrix = names.indices.map { row in
      names.indices.map { row == $0 ? 1 : Double(row * $0 % 7) / 10 }
    }
    let discriminator: [String: Any] = [
      "auc": ["value": 0.59, "holdout": 0.503], "curve": curve,
      "tells": names.map { ["column": $0, "share": 0.1] as [String: Any] },
    ]
    return [
      "discriminator": discriminator, "centroidCosine": ["value": 0.9987, "holdout": 0.9999],
      "shapes": shapes, "shape": ["value": 0.98, "holdout": 0.99], "trends": [],
      "trend": ["value": 0.95, "holdout": 0.97],
      "associations": ["training": matrix, "synthetic": matrix],
    ]
  }

  private static func utility(_ names: [String], _ columns: [ComparedColumn]) -> [String: Any] {
    let target = columns.first { !$0.isNumeric } ?? columns[0]
    return [
      "target": target.name, "task": ["binary": ["positive": target.levels?.first ?? "1"]],
      "synthetic": ["auc": 0.911, "curve": curve], "real": ["auc": 0.928, "curve": curve],
      "importance": names.map { ["column": $0, "real": 0.1, "synthetic": 0.2] as [String: Any] },
    ]
  }

  private static func size(_ table: ComparedTable) -> [String: Any] {
    ["name": table.name, "rowCount": table.rowCount]
  }

  private static func json(_ figures: some Encodable) throws -> Any {
    try JSONSerialization.jsonObject(with: JSONEncoder().encode(figures))
  }
}
