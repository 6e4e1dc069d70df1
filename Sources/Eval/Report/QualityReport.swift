/// The report on synthetic tables: one HTML page that needs no other file and no network.
///
/// The same figures and tables give the same bytes.
public struct QualityReport: Sendable {
  private let evaluation: Evaluation
  private let tables: ComparedTables
  private let options: ReportOptions

  /// - Parameters:
  ///   - evaluation: The figures.
  ///   - tables: The tables that they were found in, for the pictures of distributions.
  public init(
    _ evaluation: Evaluation, tables: ComparedTables, options: ReportOptions = ReportOptions()
  ) {
    precondition(
      evaluation.columns == tables.columns.map(\.name)
        && evaluation.synthetic.count == tables.synthetic.count,
      "The figures are of other tables: \(evaluation.columns.count) columns and \(tables.columns.count).")
    self.evaluation = evaluation
    self.tables = tables
    self.options = options
  }

  /// The page.
  public var html: String {
    let selection = ColumnSelection(evaluation)
    let subjects = tables.synthetic.indices.map {
      Subject(
        evaluation: evaluation, tables: tables, index: $0, options: options, selection: selection)
    }
    return Page(title: options.title, subjects: subjects).html
  }
}
