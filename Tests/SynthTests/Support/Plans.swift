import Foundation
import Synth

extension TrainingPlan {
  /// The plan of a table with some of its parts changed, by the names that they have in a file.
  static func changed(
    rowCount: Int, _ options: TrainingOptions, _ changes: [String: Any]
  ) throws -> TrainingPlan {
    let plan = try JSONEncoder().encode(
      TrainingPlan(rowCount: rowCount, columnCount: 4, options: options))
    var parts = try JSONSerialization.jsonObject(with: plan) as? [String: Any] ?? [:]
    for (name, value) in changes { parts[name] = value }
    return try JSONDecoder().decode(
      TrainingPlan.self, from: JSONSerialization.data(withJSONObject: parts))
  }

  /// A plan as large tables have it: some rows are held out from first to last, and the best epoch is kept.
  static func withoutRefit(
    rowCount: Int, heldOut: Int, _ options: TrainingOptions
  ) throws -> TrainingPlan {
    try changed(
      rowCount: rowCount, options,
      ["refits": false, "foldCount": 1, "heldOutCount": heldOut])
  }
}
