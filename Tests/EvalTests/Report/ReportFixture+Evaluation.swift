import Eval
import Foundation
import NN

extension ReportFixture {
  static func evaluate(_ tables: ComparedTables) throws -> Evaluation {
    let pool = WorkerPool(threadCount: 2)
    let accuracy = AccuracyFigures.figures(of: tables, seed: 1, pool: pool)
    let space = FeatureSpace(of: tables, seed: 1, pool: pool)
    let privacy = PrivacyEvaluator(of: tables, in: space, pool: pool)
    let shapes = ColumnShape.shapes(of: tables, pool: pool)
    let columns = tables.columns.map(\.name)
    let category = tables.columns.firstIndex { !$0.isNumeric } ?? 0
    let rules =
      columns.count > 2
      ? try RuleFigures.figures(
        of: tables,
        rules: [Rule(parsing: columns[0...1].map { "\"\($0)\"" }.joined(separator: ","))])
      : tables.synthetic.map { _ in [] }
    func json<T: Encodable>(_ x: T) -> Any {
      try! JSONSerialization.jsonObject(
        with: try! JSONEncoder().encode(x), options: [.fragmentsAllowed])
    }
    let matrix = columns.indices.map { i in
      columns.indices.map { j in i == j ? 1.0 : Double((i * j) % 7) / 10 }
    }
    let curve = (0...100).map { ["x": Double($0) / 100, "y": pow(Double($0) / 100, 0.75)] }
    let synthetic: [[String: Any]] = tables.synthetic.indices.map { i in
      [
        "table": ["name": tables.synthetic[i].name, "rowCount": tables.synthetic[i].rowCount],
        "accuracy": json(accuracy[i]), "privacy": json(privacy.figures(ofSynthetic: i)),
        "rules": json(rules[i]), "statistics": [],
        "similarity": [
          "discriminator": [
            "auc": ["value": 0.59, "holdout": 0.503], "curve": curve,
            "tells": columns.map { ["column": $0, "share": 0.1] as [String: Any] },
          ] as [String: Any],
          "centroidCosine": ["value": 0.9987, "holdout": 0.9999],
          "shapes": json(shapes[i]), "shape": ["value": 0.98, "holdout": 0.99], "trends": [],
          "trend": ["value": 0.95, "holdout": 0.97],
          "associations": ["training": matrix, "synthetic": matrix],
        ] as [String: Any],
        "utility": [
          "target": columns[category],
          "task": ["binary": ["positive": tables.columns[category].levels?.first ?? "x"]],
          "synthetic": ["auc": 0.911, "curve": curve], "real": ["auc": 0.928, "curve": curve],
          "importance": columns.map {
            ["column": $0, "real": 0.1, "synthetic": 0.2] as [String: Any]
          },
        ] as [String: Any],
      ]
    }
    var all: [String: Any] = [
      "columns": columns, "synthetic": synthetic, "seed": 1,
      "training": ["name": tables.training.name, "rowCount": tables.training.rowCount],
    ]
    if let holdout = tables.holdout {
      all["holdout"] = ["name": holdout.name, "rowCount": holdout.rowCount]
    }
    return try JSONDecoder().decode(
      Evaluation.self, from: JSONSerialization.data(withJSONObject: all))
  }
}
