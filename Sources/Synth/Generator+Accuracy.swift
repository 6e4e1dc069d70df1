extension Generator {
  /// How closely drawn rows agree with real ones, from 0 to 1: what a judge found out after training.
  ///
  /// Accuracies are means over columns, pairs and triples of 1 - the total variation distance of their distributions.
  public struct Accuracy: Codable, Equatable, Sendable {
    /// The mean of the three below.
    public var overall: Double
    public var univariate: Double
    /// nil for a table of one column.
    public var bivariate: Double?
    /// nil for a table of one or two columns.
    public var trivariate: Double?
    /// What an independent sample of as many real rows is expected to score overall.
    public var expected: Double
    /// The overall accuracy of held-out rows against trained rows; nil if no rows were held out.
    public var heldOut: Double?
    /// The drawn rows that were judged.
    public var rows: Int

    /// Figures from elsewhere.
    public init(
      overall: Double, univariate: Double, bivariate: Double?, trivariate: Double?,
      expected: Double, heldOut: Double?, rows: Int
    ) {
      self.overall = overall
      self.univariate = univariate
      self.bivariate = bivariate
      self.trivariate = trivariate
      self.expected = expected
      self.heldOut = heldOut
      self.rows = rows
    }

    /// Whether every figure is one that can be.
    var isConsistent: Bool {
      [overall, univariate, bivariate, trivariate, expected, heldOut].allSatisfy {
        $0.map((-1...1).contains) ?? true
      } && rows > 0
    }
  }

  /// The columns whose drawn values can be compared with those of the table: all but identifiers, which are written anew; where
  /// there are no others, these.
  public var comparableColumns: [String] {
    let learnt = fields.filter { $0.kind != .identifier }.map(\.name)
    return learnt.isEmpty ? columnNames : learnt
  }

  /// The rows of the training data that the weights were not trained on, from 0 in ascending order.
  public var heldOutRows: [Int] {
    report.rows.refitLosses.isEmpty
      ? RowSplit(rowCount: rowCount, plan: plan).heldOut.map(Int.init) : []
  }
}
