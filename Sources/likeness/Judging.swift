import Eval
import Foundation
import Synth
import Tables

extension Generator {
  /// Draws rows and judges them against those of the table that it was trained on, or a part of a large one.
  ///
  /// - Throws: `TableError` where the table cannot be read again.
  func judged(on source: CSVFiles, options: TrainingOptions) throws -> Accuracy {
    let drawn = min(rowCount, Judging.mostDrawnRows)
    let tables = try comparedTables(source, drawn: drawn, options: options)
    var evaluating = EvaluationOptions()
    evaluating.parts = []
    evaluating.seed = options.seed
    if let threadCount = options.threadCount { evaluating.threadCount = threadCount }
    let figures = try Evaluation(of: tables, options: evaluating).synthetic[0].accuracy
    return Accuracy(
      overall: figures.overall.value, univariate: figures.univariate.value,
      bivariate: figures.bivariate?.value, trivariate: figures.trivariate?.value,
      expected: figures.overall.expected, heldOut: figures.overall.holdout, rows: drawn)
  }

  /// The rows that were trained on, those that were held out, if any, and as many new ones.
  private func comparedTables(
    _ source: CSVFiles, drawn: Int, options: TrainingOptions
  ) throws -> ComparedTables {
    // Identifiers are others than the table's by design.
    let columns = summary.columns
    let judged = columns.filter { $0.type != ColumnKind.identifier.rawValue }
    let names = Set((judged.isEmpty ? columns : judged).map(\.name))
    let source = SelectedColumns(source, where: names.contains)
    // Evenly spaced: a table may be sorted.
    let step = max(1, rowCount / Judging.leastRealRows)
    let heldOut = Set(heldOutRows)
    let synthetic = SelectedColumns(
      try generate(rows: drawn, seed: options.seed, threadCount: options.threadCount),
      where: names.contains)
    return try ComparedTables(
      training: SelectedRows(source, name: "Trained rows") {
        $0 % step == 0 && !heldOut.contains($0)
      },
      holdout: heldOut.isEmpty
        ? nil : SelectedRows(source, name: "Held-out rows") { heldOut.contains($0) },
      synthetic: [synthetic], missingValues: options.missingValues)
  }
}

private enum Judging {
  static let mostDrawnRows = 10_000
  /// Of a larger table a part is compared, of so many rows up to twice as many.
  static let leastRealRows = 25_000
}
