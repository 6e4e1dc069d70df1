import Tables

extension Evaluation {
  /// The figures as a text table, with those of real rows beside them and verdicts in words.
  public var text: String {
    var blocks = [heading, figureTable]
    for figures in synthetic {
      let verdicts = figures.verdicts(holdoutCount: holdout?.rowCount)
      let width = verdicts.map { displayWidth($0.topic) }.max() ?? 0
      let lines = verdicts.map {
        "  \($0.verdict.level.sign) \(padded($0.topic, to: width))  \($0.verdict.words)"
      }
      blocks.append(([Self.tableName(figures.table)] + lines).joined(separator: "\n"))
    }
    return blocks.joined(separator: "\n\n")
  }

  private var heading: String {
    let held = holdout.map { " and \(NumberText.count($0.rowCount)) holdout" } ?? ""
    return "\(NumberText.count(training.rowCount)) training\(held) rows of"
      + " \(columns.count) column\(columns.count == 1 ? "" : "s"), seed \(seed)"
  }

  private var figureTable: String {
    let header = [""] + synthetic.map { Self.tableName($0.table) } + ["real rows"]
    let counts = ["Rows"] + synthetic.map { NumberText.count($0.table.rowCount) } + [""]
    var rows = [header, counts]
    for figure in KeyFigure.all {
      let values = synthetic.map(figure.value)
      if values.allSatisfy({ $0 == nil }) { continue }
      let real = synthetic.lazy.compactMap(figure.real).first
      rows.append([name(of: figure)] + (values + [real]).map { $0 == nil ? "" : figure.text($0) })
      if let note = note(on: figure) { rows.append(note) }
    }
    rows += definedRows
    return Self.aligned(rows)
  }

  /// A line that belongs to a figure.
  private func note(on figure: KeyFigure) -> [String]? {
    switch figure.definition {
    case .accuracy:
      ["  expected of real rows"] + synthetic.map { figure.text($0.accuracy.overall.expected) }
        + [""]
    case .closerToTraining:
      ["  95 % interval"]
        + synthetic.map {
          $0.privacy?.closerToTraining?.text { NumberText.percent($0) } ?? ""
        } + [""]
    case .discriminator:
      ["  95 % interval"] + synthetic.map { interval($0.similarity?.discriminator.auc) }
        + [interval(synthetic.lazy.compactMap(\.similarity).first?.discriminator.holdoutAUC)]
    case .utility:
      ["  real less synthetic, 95 % interval"] + synthetic.map { interval($0.utility?.lost) } + [""]
    default: nil
    }
  }

  private func interval(_ interval: ConfidenceInterval?) -> String {
    interval?.text { NumberText.fixed($0, digits: 3) } ?? ""
  }

  private func name(of figure: KeyFigure) -> String {
    guard figure.definition == .utility, let utility = synthetic.lazy.compactMap(\.utility).first
    else { return figure.definition.name }
    let measure = utility.task == .regression ? "R²" : "AUC"
    return "Utility, \(measure) of \(shortened(utility.target.printable, to: 24))"
  }

  /// One row for each rule and statistic that the user has defined; all tables have the same.
  private var definedRows: [[String]] {
    guard let first = synthetic.first else { return [] }
    func row(
      _ name: String, _ text: (Double?) -> String, _ measured: (SyntheticEvaluation) -> Measured
    ) -> [String] {
      [shortened(name.printable, to: 48)] + synthetic.map { text(measured($0).value) }
        + [measured(first).holdout.map(text) ?? ""]
    }
    return relationRows
      + first.rules.enumerated().map { index, rule in
        row("Rule \(rule.columns.joined(separator: ","))", { NumberText.percent($0, digits: 2) }) {
          $0.rules[index].share
        }
      }
      + first.statistics.enumerated().map { index, statistic in
        row("Deviation of \(statistic.definition)", { NumberText.number($0, significant: 3) }) {
          $0.statistics[index].deviation
        }
      }
  }

  /// Relations that are shown; the others are in the report and the figures.
  private static let relationLimit = 8

  /// A row for each of the relations that are kept worst by the first table; all tables have the same.
  private var relationRows: [[String]] {
    let shown = synthetic.first?.relations?.relations.prefix(Self.relationLimit) ?? []
    let percent: (Double?) -> String = { NumberText.percent($0, digits: 2) }
    return shown.map { figures in
      let shares = synthetic.map { table in
        table.relations?.relations.first { $0.relation == figures.relation }?.synthetic?.value
      }
      return [shortened("Relation \(figures.relation.text.printable)", to: 48)]
        + shares.map { $0 == nil ? "" : percent($0) }
        + [percent(figures.holdout?.value ?? figures.training)]
    }
  }

  /// The name of a table without the folders of its path.
  private static func tableName(_ table: TableSize) -> String {
    let file = table.name.split(separator: "/").last.map(String.init) ?? table.name
    return shortened(file.printable, to: 28)
  }

  /// Lines of equally wide columns, all but the first to the right; a last one without figures is left out.
  private static func aligned(_ rows: [[String]]) -> String {
    // Terminals and what comes after them take a non-breaking space for a letter.
    let rows = rows.map { $0.map { $0.replacing("\u{A0}", with: " ") } }
    let hasLast = rows.dropFirst().contains { $0.last != "" }
    let columns = (rows.first?.indices.dropLast(hasLast ? 0 : 1)) ?? []
    let widths = columns.map { column in rows.map { displayWidth($0[column]) }.max() ?? 0 }
    return rows.map { row in
      let cells = zip(columns, widths).map { column, width in
        column == 0
          ? padded(row[column], to: width)
          : String(repeating: " ", count: width - displayWidth(row[column])) + row[column]
      }
      let line = cells.joined(separator: "  ")
      return String(
        line[..<(line.lastIndex { $0 != " " }.map(line.index(after:)) ?? line.startIndex)])
    }.joined(separator: "\n")
  }
}

/// The text with spaces after it.
private func padded(_ text: String, to width: Int) -> String {
  text + String(repeating: " ", count: max(0, width - displayWidth(text)))
}
