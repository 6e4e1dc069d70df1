import Eval
import NN
import Synth
import Tables

/// How accurate synthetic rows are, and how long they take, against the number of training rows.
///
/// Some rows are held back, and samples of growing size are drawn from the others. For each sample, model size, number of epochs
/// and repeat, a generator is trained and its rows are evaluated: this is a cell of the study.
///
/// The same table, options and seed give the same figures, except times and memory.
public struct Study: Sendable {
  /// The cells.
  public let plan: StudyPlan
  /// Number of rows that samples are drawn from.
  public var trainingRowCount: Int { rows.trainingCount }
  /// Number of rows that are held back.
  public var holdoutRowCount: Int { rows.holdoutCount }

  private let source: any RowSource
  private let holdout: (any RowSource)?
  private let options: StudyOptions
  private let rows: RealRows
  private let machine: Machine

  /// Reads the table and divides its rows.
  ///
  /// - Parameters:
  ///   - source: A `Table` in memory or `CSVFiles`.
  ///   - holdout: Rows to judge by that are not in `source`, with the same columns in any order; nil holds back some of `source`.
  ///   - options: What to compare and measure.
  /// - Throws: `TableError` for a table that cannot be read, ``StudyError`` and `SynthError` for one that is too small and for
  ///   options that cannot be.
  public init(
    of source: any RowSource, holdout: (any RowSource)? = nil,
    options: StudyOptions = StudyOptions()
  ) throws {
    try options.validate()
    self.source = source
    self.holdout = holdout
    self.options = options
    rows = try RealRows(source, holdout: holdout, options: options)
    plan = StudyPlan(options, trainingCount: rows.trainingCount)
    machine = Machine(threadCount: options.threadCount, revision: options.revision)
  }

  /// Runs all cells that the folder does not hold yet, and writes the results.
  ///
  /// The folder then holds `results.json`, everything that was found out; `results.csv`, a row for each cell; `study.html`, the
  /// report, and its `charts`; the `synthetic` tables; and `combined.csv.gz`, all rows with the name of their table in the column
  /// `split`. It contains real rows: treat it as you treat the table.
  ///
  /// When the surrounding task is cancelled, the study ends and the finished cells are written: ``StudyResults/isComplete`` is
  /// then false. Run once more with the same folder, it goes on.
  ///
  /// - Parameters:
  ///   - directory: A new folder, or one of the same study, to which sizes, model sizes, epochs and repeats may be added.
  ///   - progress: Called several times per second, on any thread.
  /// - Throws: ``StudyError`` for a folder of something else, `EvalError` for a target, rule, statistic or chart that does not
  ///   fit the table, `SynthError` for training that fails, `TableError` for what cannot be read or written,
  ///   `CancellationError` when cancelled before the first cell is finished.
  public func run(
    in directory: String, progress: @escaping @Sendable (StudyProgress) -> Void = { _ in }
  ) async throws -> StudyResults {
    let folder = try StudyFolder(directory)
    var cells: [StudyCell.Key: StudyCell] = [:]
    for key in plan.keys { cells[key] = folder.cell(key) }
    let unfinished = plan.keys.filter { cells[$0] == nil }
    let reporter = ProgressReporter(plan, unfinished: unfinished, report: progress)
    reporter.show(.reference)
    let reference = try self.reference(in: folder)
    try folder.prepare()
    let run = CellRun(rows: rows, reference: reference, options: options, reporter: reporter)
    do {
      for key in unfinished {
        try Task.checkCancellation()
        let cell = try await run.run(key, writingTo: folder.syntheticFile(key))
        try folder.save(cell)
        cells[key] = cell
        reporter.finish(cell)
      }
    } catch let error as CancellationError {
      // Report the finished cells.
      if cells.isEmpty { throw error }
    }
    reporter.show(.writing)
    let results = results(plan.keys.compactMap { cells[$0] }, beside: reference)
    try StudyOutputs(results: results, rows: rows, folder: folder).write()
    return results
  }

  /// What real rows get, as it was found out before or now.
  private func reference(in folder: StudyFolder) throws -> StudyReference {
    let terms = StudyTerms(
      options, rows: rows, hasOwnHoldout: holdout != nil, machine: machine)
    if let manifest = try folder.manifest() {
      try terms.check(against: manifest.terms, path: folder.path)
      return manifest.reference
    }
    let reference = try StudyReference(of: rows, options: options)
    try folder.save(StudyManifest(terms: terms, reference: reference))
    return reference
  }

  private func results(_ cells: [StudyCell], beside reference: StudyReference) -> StudyResults {
    StudyResults(
      table: source.name, holdoutTable: holdout?.name, columns: source.columnNames,
      trainingRowCount: rows.trainingCount, holdoutRowCount: rows.holdoutCount, machine: machine,
      seed: options.seed, plan: plan, target: options.target?.text,
      figures: StudyFigure.all(options).filter { figure in
        cells.contains { $0.values[figure] != nil }
      },
      reference: reference, cells: cells,
      summaries: StudyResults.summaries(of: cells, plan: plan),
      runtimes: StudyResults.runtimes(of: cells, plan: plan),
      frontier: StudyResults.frontier(of: cells))
  }
}

extension Target {
  /// As a user would write it.
  var text: String { value.map { "\(column)=\($0)" } ?? column }
}
