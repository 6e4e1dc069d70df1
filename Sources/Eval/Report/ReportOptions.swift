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
