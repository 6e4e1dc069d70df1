import Eval

/// Every figure of every generator.
struct CellsSection: StudySection {
  static let id = "cells"
  static let title = "All generators"
  let subject: StudySubject

  var body: Markup {
    let figures = subject.results.figures
    let rows = subject.results.cells.map { cell -> [FigureTable.Cell] in
      let key = cell.key
      return [
        .init("\(NumberText.count(key.rowCount)) rows", order: Double(key.rowCount)),
        .init("\(key.modelSize.rawValue)"), .init("\(key.epochs.description)"),
        .init("\(key.repetition)", order: Double(key.repetition)),
      ] + figures.map { .init("\($0.text(cell.values[$0]))", order: cell.values[$0]) }
    }
    guard !rows.isEmpty else { return absence("No generator is finished.") }
    let table = FigureTable(
      "All generators",
      columns: [
        .init("trained on", isNumeric: false), .init("model", isNumeric: false),
        .init("epochs", isNumeric: false), .init("repeat"),
      ] + figures.map { .init("\(shortened($0.name, to: 48))") }, rows: rows, isSortable: true)
    return table.markup
  }
}
