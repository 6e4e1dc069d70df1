/// The report on synthetic tables: one HTML page that needs no other file and no network.
///
/// The same figures and tables give the same bytes.
public struct QualityReport: Sendable {
  private let title: String
  private let subjects: [Subject]

  /// - Parameters:
  ///   - evaluation: The figures.
  ///   - tables: The tables that they were found in, for the pictures of distributions.
  ///   - options: What the report shows beside the figures.
  /// - Throws: `EvalError` when a violin chart is asked for of columns that are not there.
  public init(
    _ evaluation: Evaluation, tables: ComparedTables, options: ReportOptions = ReportOptions()
  ) throws(EvalError) {
    precondition(
      evaluation.columns == tables.columns.map(\.name)
        && evaluation.synthetic.count == tables.synthetic.count,
      "The figures are of \(evaluation.columns.count) other columns, not of \(tables.columns.count)."
    )
    var violins: [(number: Int, group: Int)] = []
    for violin in options.violins { violins.append(try violin.indices(in: tables)) }
    title = options.title
    let selection = ColumnSelection(evaluation)
    subjects = tables.synthetic.indices.map { [violins] in
      Subject(
        evaluation: evaluation, tables: tables, index: $0, violins: violins,
        showsSampleRows: options.showsSampleRows, selection: selection)
    }
  }

  /// The page.
  public var html: String { QualityPage(title: title, subjects: subjects).html }
}

/// What a report shows beside the figures.
public struct ReportOptions: Sendable, Equatable {
  /// The heading of the page.
  public var title = "Synthetic data report"
  /// Numbers shown by groups, a violin chart each; empty: the report chooses.
  public var violins: [GroupedNumber] = []
  /// Whether a few rows of each table are printed, those of real people too.
  public var showsSampleRows = true

  public init() {}
}
