import Eval
import Foundation
import Synth
import Tables

extension Generator {
  /// Draws up to 10,000 rows and compares them with those of the table that the model was trained on, or with a part of a large
  /// one: what `likeness train` prints at the end. Assign it to `report.accuracy` to keep it in the model file.
  ///
  /// - Parameters:
  ///   - source: the training data.
  ///   - options: the options of the training; seed, threads and missing values are used.
  /// - Throws: `TableError` where the table cannot be read again, `EvalError` where it has nothing to compare.
  public func judged(on source: some RowSource, options: TrainingOptions) async throws -> Accuracy {
    let drawn = min(rowCount, Judging.mostDrawnRows)
    let tables = try await comparedTables(source, drawn: drawn, options: options)
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

  /// The rows that were trained on, the held-out rows if any, and as many new rows.
  private func comparedTables(
    _ source: some RowSource, drawn: Int, options: TrainingOptions
  ) async throws -> ComparedTables {
    let columns = Set(comparableColumns)
    let source = SelectedColumns(source) { columns.contains($0) }
    // Evenly spaced: a table may be sorted.
    let step = max(1, rowCount / Judging.leastRealRows)
    let heldOut = Set(heldOutRows)
    let synthetic = SelectedColumns(
      try await generate(rows: drawn, seed: options.seed, threadCount: options.threadCount)
    ) { columns.contains($0) }
    return try ComparedTables(
      training: SelectedRows(source, name: "Trained rows") {
        $0 % step == 0 && !heldOut.contains($0)
      },
      holdout: heldOut.isEmpty
        ? nil : SelectedRows(source, name: "Held-out rows") { heldOut.contains($0) },
      synthetic: [synthetic], missingValues: options.reading.missingValues)
  }
}

private enum Judging {
  static let mostDrawnRows = 10_000
  /// Of a larger table a part is compared: from this many rows to twice as many.
  static let leastRealRows = 25_000
}
