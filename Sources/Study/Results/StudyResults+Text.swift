import Eval
import Foundation

extension StudyResults {
  /// The mean of the main figures over repeats, by size, model size and epochs: a table for people.
  public var text: String {
    let shown: [(figure: StudyFigure, title: String, format: String)] = [
      (.accuracy, "accuracy", "%.4f"), (.discriminatorAUC, "C2ST", "%.3f"),
      (.targetAUC, "TSTR", "%.3f"), (.targetRSquared, "R²", "%.3f"),
      (.closerToTraining, "DCR share", "%.3f"), (.epochs, "epochs", "%.0f"),
      (.trainingSeconds, "seconds", "%.2f"),
    ].filter { figures.contains($0.figure) }
    var rows = [["rows", "model", "limit"] + shown.map(\.title)]
    for summary in summaries {
      rows.append(
        ["\(summary.rowCount)", summary.modelSize.rawValue, "\(summary.epochs)"]
          + shown.map { figure, _, format in
            summary.values[figure].map { String(format: format, $0.mean) } ?? ""
          })
    }
    rows.append(
      ["real rows", "", ""]
        + shown.map { figure, _, format in
          reference.values[figure].map { String(format: format, $0) } ?? ""
        })
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      zip(row, widths).map { String(repeating: " ", count: $1 - $0.count) + $0 }
        .joined(separator: "  ")
    }.joined(separator: "\n")
  }
}
