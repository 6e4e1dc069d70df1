/// One synthetic table beside the real ones: what the sections of the report are about.
struct Subject: Sendable {
  let evaluation: Evaluation
  let tables: ComparedTables
  /// Which of the synthetic tables.
  let index: Int
  /// The charts of numbers by groups that were asked for.
  let violins: [(number: Int, group: Int)]
  let showsSampleRows: Bool
  let selection: ColumnSelection

  var figures: SyntheticEvaluation { evaluation.synthetic[index] }
  var synthetic: ComparedTable { tables.synthetic[index] }
  var hasHoldout: Bool { evaluation.holdout != nil }

  /// The anchor of a section of this table.
  func anchor(_ section: String) -> String { "t\(index + 1)-\(section)" }

  /// The name of a column, given its position.
  func name(_ column: Int) -> String { tables.columns[column].name }
}

/// The columns that charts are drawn of, so that the page of a wide table stays small: those of the lowest accuracy.
struct ColumnSelection: Sendable {
  /// Columns with a chart of their own.
  static let chartLimit = 30
  /// Columns in matrices and pairs.
  static let matrixLimit = 24

  /// Positions in the table, ascending.
  let charts: [Int]
  let matrix: [Int]
  let columnCount: Int

  init(_ evaluation: Evaluation) {
    columnCount = evaluation.columns.count
    var lowest = [Double](repeating: .infinity, count: columnCount)
    for synthetic in evaluation.synthetic {
      for (index, column) in synthetic.accuracy.columns.enumerated() where index < columnCount {
        lowest[index] = min(lowest[index], (column.bivariate ?? column.univariate).value)
      }
    }
    // A target is always shown.
    let targets = Set(evaluation.synthetic.compactMap(\.utility?.target))
    let ranking = (0..<columnCount).sorted { left, right in
      let leftIsTarget = targets.contains(evaluation.columns[left])
      if leftIsTarget != targets.contains(evaluation.columns[right]) { return leftIsTarget }
      return (lowest[left], left) < (lowest[right], right)
    }
    charts = ranking.prefix(Self.chartLimit).sorted()
    matrix = ranking.prefix(Self.matrixLimit).sorted()
  }

  /// A sentence about the columns that are not shown; nil if all are.
  func omission(_ shown: [Int], of things: String) -> String? {
    guard shown.count < columnCount else { return nil }
    return """
      The \(shown.count) columns of the lowest accuracy are shown here, of \(NumberText.count(columnCount)); \
      the \(things) of the others are left out to keep the page small.
      """
  }
}
