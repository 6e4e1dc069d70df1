import Eval
import Tables

/// The measurements of one synthetic table of a study.
struct Judgement {
  let evaluation: SyntheticEvaluation
  let figures: FigureValues
  let statistics: [StatisticOutcome]
  let violins: [[StudyDensity?]]

  /// Evaluates rows against the whole training part and the holdout; distances are measured to the rows that were trained on.
  ///
  /// - Parameters:
  ///   - synthetic: The rows.
  ///   - sample: The rows that the generator was trained on; nil for the whole training part.
  init(
    of synthetic: any RowSource, madeFrom sample: (any RowSource)?, rows: RealRows,
    reference: StudyReference, options: StudyOptions
  ) throws {
    let synthetic = rows.columns.selected(from: synthetic)
    let holdout = rows.columns.selected(from: rows.holdout)
    let tables = try ComparedTables(
      training: rows.columns.selected(from: rows.training), holdout: holdout,
      synthetic: [synthetic], missingValues: options.missingValues,
      identifiers: rows.columns.identifiers)
    var asked = options.evaluationOptions(
      parts: sample == nil ? [.similarity, .privacy] : [.similarity])
    asked.target = options.target
    asked.rules = options.rules
    asked.statistics = options.statistics
    evaluation = try Evaluation(of: tables, options: asked).synthetic[0]
    try Task.checkCancellation()

    var privacy = evaluation.privacy
    if let sample {
      let tables = try ComparedTables(
        training: rows.columns.selected(from: sample), holdout: holdout, synthetic: [synthetic],
        missingValues: options.missingValues)
      let asked = options.evaluationOptions(parts: [.privacy])
      privacy = try Evaluation(of: tables, options: asked).synthetic[0].privacy
    }
    figures = FigureValues(evaluation, privacy: privacy, options: options)
    statistics = zip(evaluation.statistics, reference.statistics).map {
      StatisticOutcome($0, beside: $1)
    }
    violins = try options.violins.map {
      try ViolinGroups($0, of: tables).densities(tables.synthetic[0])
    }
  }
}

extension StatisticOutcome {
  fileprivate init(_ figures: StatisticFigures, beside reference: StatisticReference) {
    values = figures.groups.map(\.synthetic)
    areWithin = zip(values, reference.groups).map { value, group in
      value.flatMap { value in group.interval.map { $0.contains(value) } }
    }
    deviation = figures.deviation.value
    isWithin = deviation <= reference.deviationLimit
  }
}
