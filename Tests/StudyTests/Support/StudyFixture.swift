import Foundation
import Study
import TestSupport

/// Made-up results of a study, as `results.json` would hold them.
struct StudyFixture {
  var table = "people.csv"
  var columns = ["age", "income", "education", "years"]
  /// Values of all columns, in samples, groups and rules.
  var levels = ["low", "high"]
  var rowCounts = [200, 1_600, 25_600]
  var modelSizes = ["small", "medium"]
  var epochs = ["1", "auto"]
  var repetitions = 3
  /// Cells that are finished; nil: all.
  var finishedCount: Int?
  /// Whether there are rules, a target, statistics and violins.
  var hasDefinitions = true

  func results() throws -> StudyResults {
    try JSONDecoder().decode(
      StudyResults.self, from: JSONSerialization.data(withJSONObject: object))
  }

  private typealias Object = [String: Any]

  private var rule: String { "rule(\(columns.prefix(2).joined(separator: ",")))" }
  private var statistic: String { "mean(\(columns[0])) by \(columns[columns.count - 1])" }

  private var figures: [String] {
    ["accuracy", "univariate", "bivariate", "trivariate", "c2st_auc", "dcr_share"]
      + (hasDefinitions ? ["tstr_auc", rule, "deviation(\(statistic))"] : [])
      + ["identical_share", "epochs", "training_seconds", "rows_per_second", "peak_memory_bytes"]
  }

  private var keys: [Object] {
    rowCounts.flatMap { rowCount in
      modelSizes.flatMap { modelSize in
        epochs.flatMap { epochs in
          (1...repetitions).map {
            [
              "rowCount": rowCount, "modelSize": modelSize, "epochs": epochs, "repetition": $0,
            ] as Object
          }
        }
      }
    }
  }

  /// Better, longer and less revealing with more rows, and a little different each time.
  private func values(_ key: Object, _ random: inout SplitMix64) -> [String: Double] {
    let rows = Double(key["rowCount"] as! Int)
    let scale = key["modelSize"] as! String == "small" ? 0.6 : 1.0
    let isShort = key["epochs"] as! String == "1"
    func noise() -> Double { 0.002 * random.unit() }
    let loss = (isShort ? 2.2 : 1.6) / rows.squareRoot() * (2 - scale)
    var values = [
      "accuracy": 0.977 - loss + noise(), "univariate": 0.99 - 0.5 * loss + noise(),
      "bivariate": 0.98 - loss + noise(), "trivariate": 0.955 - 1.5 * loss + noise(),
      "c2st_auc": 0.505 + 3 * loss + noise(), "dcr_share": 0.5 + 0.4 * loss + noise(),
      "tstr_auc": 0.927 - 0.7 * loss + noise(), rule: 0.9999 - 2 * loss + noise(),
      "deviation(\(statistic))": 0.1 + 9 * loss + noise(), "identical_share": 0.001 + noise(),
      "epochs": isShort ? 1 : 12.5,
      "training_seconds": scale * (isShort ? 0.02 : 0.2) * pow(rows / 200, 0.61) + noise(),
      "peak_memory_bytes": 5.5e7 + 300 * rows,
    ]
    values["rows_per_second"] = rows / values["training_seconds"]!
    return values.filter { figures.contains($0.key) }
  }

  private func cells() -> [Object] {
    var random = SplitMix64(seed: 1)
    return keys.prefix(finishedCount ?? .max).map { key in
      let sample = columns.indices.map { levels[($0 + (key["repetition"] as! Int)) % levels.count] }
      return [
        "key": key, "seed": 7, "values": values(key, &random),
        "expected": [
          "accuracy": 0.9749, "univariate": 0.99, "bivariate": 0.98, "trivariate": 0.955,
        ],
        "violations": hasDefinitions
          ? [[["values": Array(levels.prefix(2)), "count": 31] as Object]] : [],
        "statistics": hasDefinitions
          ? [
            [
              "values": groups.map { 38.5 + Double($0.count % 7) },
              "areWithin": groups.indices.map { $0 % 2 == 0 },
              "deviation": 0.8125, "isWithin": false,
            ] as Object
          ] : [],
        "violins": hasDefinitions ? [groups.map { density($0.count) }] : [],
        "samples": [sample, sample, sample],
      ]
    }
  }

  private var groups: [String] { Array(levels.prefix(8)) }

  private func density(_ shift: Int) -> Object {
    let center = 20 + Double(shift % 9)
    let heights = (0..<64).map { exp(-0.5 * pow((Double($0) - center) / 9, 2)) / 22.5 }
    return [
      "heights": heights, "lowerQuartile": 28.25, "median": 37.0 + Double(shift % 9),
      "upperQuartile": 51.5, "count": 3_517,
    ]
  }

  private func summaries(_ cells: [Object]) -> [Object] {
    let groups = Dictionary(grouping: cells) { cell -> String in
      let key = cell["key"] as! Object
      return "\(key["rowCount"]!) \(key["modelSize"]!) \(key["epochs"]!)"
    }
    return groups.keys.sorted {
      Int($0.split(separator: " ")[0])! < Int($1.split(separator: " ")[0])!
    }
    .map { name in
      let group = groups[name]!
      var key = group[0]["key"] as! Object
      key["repetition"] = nil
      key["values"] = (group[0]["values"] as! [String: Double]).keys.reduce(into: Object()) {
        result, figure in
        result[figure] = spread(group.map { ($0["values"] as! [String: Double])[figure]! })
      }
      return key
    }
  }

  private func spread(_ values: [Double]) -> Object {
    let mean = values.reduce(0, +) / Double(values.count)
    var spread: Object = [
      "count": values.count, "mean": mean, "minimum": values.min()!, "maximum": values.max()!,
    ]
    if values.count > 1 {
      let sum = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      spread["deviation"] = (sum / Double(values.count - 1)).squareRoot()
    }
    return spread
  }

  /// The keys of the cells that are better than all faster ones.
  private func frontier(_ cells: [Object]) -> [Object] {
    let points = cells.map { cell -> (time: Double, accuracy: Double, key: Object) in
      let values = cell["values"] as! [String: Double]
      return (values["training_seconds"]!, values["accuracy"]!, cell["key"] as! Object)
    }.sorted { $0.time < $1.time }
    var best = -Double.infinity
    return points.compactMap { point in
      guard point.accuracy > best else { return nil }
      best = point.accuracy
      return point.key
    }
  }

  private var reference: Object {
    var values = ["accuracy": 0.9741, "univariate": 0.989, "bivariate": 0.979, "trivariate": 0.954]
    values["c2st_auc"] = 0.4993
    values["identical_share"] = 0.00125
    guard hasDefinitions else {
      return ["values": values, "rules": [], "statistics": [], "violins": []]
    }
    values["tstr_auc"] = 0.9277
    values[rule] = 0.99987
    return [
      "values": values,
      "rules": [
        [
          "figure": rule, "columns": Array(columns.prefix(2)), "allowedCount": 1_234,
          "allowed": [["values": Array(levels.prefix(2)), "count": 9_876] as Object],
        ] as Object
      ],
      "statistics": [
        [
          "figure": "deviation(\(statistic))", "definition": statistic, "holdoutDeviation": 0.1875,
          "deviationLimit": 0.4375,
          "groups": groups.map { group -> Object in
            [
              "values": [group], "training": 39.0625, "holdout": 39.5625,
              "interval": [38.125, 40.875],
            ]
          },
        ] as Object
      ],
      "violins": [
        [
          "number": columns[0], "group": columns[columns.count - 1], "groups": groups,
          "domain": [17, 90], "isLogarithmic": false, "training": groups.map { density($0.count) },
          "holdout": groups.map { density($0.count + 1) },
        ] as Object
      ],
    ]
  }

  private var object: Object {
    let cells = cells()
    let hasFits = Set(cells.map { ($0["key"] as! Object)["rowCount"] as! Int }).count > 1
    return [
      "table": table, "columns": columns, "trainingRowCount": 31_258, "holdoutRowCount": 7_815,
      "machine": [
        "processor": "Abacus 9", "processorCount": 2, "blas": "OpenBLAS 0.3.21", "threadCount": 2,
        "revision": "4e058b3",
      ] as Object,
      "seed": 5,
      "plan": [
        "rowCounts": rowCounts, "oversized": [40_000], "modelSizes": modelSizes, "epochs": epochs,
        "repetitions": repetitions, "drawnRowCount": 10_000,
      ] as Object,
      "figures": figures, "reference": reference, "cells": cells, "summaries": summaries(cells),
      "runtimes": hasFits
        ? modelSizes.flatMap { size in
          epochs.map {
            ["modelSize": size, "epochs": $0, "exponent": 0.613, "factor": 0.0125] as Object
          }
        } : [],
      "frontier": frontier(cells),
    ].merging(hasDefinitions ? ["target": "income=>50K"] : [:]) { $1 }
  }
}
