import NN

/// A few rows of each table.
struct SamplesSection: ReportSection {
  static let id = "samples"
  static let title = "Sample rows"
  static let rowCount = 3
  /// Columns that are shown.
  static let columnLimit = 60
  let subject: Subject

  var body: Markup {
    guard subject.showsSampleRows else {
      return absence("Sample rows were not asked for.")
    }
    let columns = Array(subject.tables.columns.indices.prefix(Self.columnLimit))
    let tables: [(String, ComparedTable?)] = [
      ("synthetic", subject.synthetic), ("training", subject.tables.training),
      ("holdout", subject.tables.holdout),
    ]
    let rows = tables.enumerated().flatMap { stream, entry -> [[FigureTable.Cell]] in
      guard let table = entry.1 else { return [] }
      return sample(table, stream: UInt64(stream)).map { row in
        [.init("<i class=\"key \(entry.0)\"></i> \(entry.0)")]
          + columns.map { .init(valueTag(text(table, $0, row), width: 20)) }
      }
    }
    let left = subject.tables.columns.count - columns.count
    let omission = left > 0 ? " The last \(NumberText.count(left)) columns are left out." : ""
    return """
      <p>Drawn at random. The training and holdout rows are real: give this page to nobody who may not see \
      them.\(omission)</p>\
      \(FigureTable(
        "Sample rows",
        columns: [.init("table", isNumeric: false)]
          + columns.map { .init(nameTag(subject.name($0), width: 20), isNumeric: subject.tables.columns[$0].isNumeric) },
        rows: rows).markup)
      """
  }

  /// Different rows, in the order of the table.
  private func sample(_ table: ComparedTable, stream: UInt64) -> [Int] {
    Philox(seed: subject.evaluation.seed, purpose: .choice)
      .choose(Self.rowCount, below: table.rowCount, stream: stream)
  }

  private func text(_ table: ComparedTable, _ column: Int, _ row: Int) -> String? {
    switch table.values[column] {
    case .numbers(let numbers):
      numbers[row].isNaN ? nil : NumberText.exact(numbers[row])
    case .codes(let codes):
      codes[row] < 0 ? nil : subject.tables.columns[column].levels?[Int(codes[row])]
    }
  }
}

/// What every figure means.
struct MethodSection {
  let evaluation: Evaluation

  var markup: Markup {
    """
    <section id="method"><h2>Method</h2><p>All samples were drawn with the seed \(String(evaluation.seed)); the same \
    tables and the same seed give the same figures.</p>\
    <p>Verdicts compare with the holdout where there is one: “as close” is within half a percentage point of its \
    accuracy, “nearly” within two, “less” within five; copies are to be looked for past half of the way from the expected \
    accuracy to 100 %. The discriminator’s words change at an AUC of 0.02, 0.08 and \
    0.2 above 0.5, or above the lower end of the holdout’s interval; those of utility at 2, 8 and 20 % of what the model of \
    the real rows has learnt. Both are good only if the whole 95 % interval is, and too few rows are said to be too few.</p>\
    \(Definition.list(Definition.allCases))</section>
    """
  }
}
