import Eval
import Tables

/// Writes the results of a study: tables, figures, the report and its charts.
struct StudyOutputs {
  let results: StudyResults
  let rows: RealRows
  let folder: StudyFolder

  func write() throws {
    try writeFigures()
    try writeCombinedTable()
    try AtomicFile.write(results.json(), to: folder.file("results.json"))
    let report = StudyReport(results)
    for (name, svg) in report.charts {
      try AtomicFile.write(svg.utf8, to: folder.file("charts/\(name).svg"))
    }
    try AtomicFile.write(report.html.utf8, to: folder.file("study.html"))
  }

  // MARK: results.csv

  /// One row for each cell; measurements that another run or machine does not repeat are in the last columns.
  private func writeFigures() throws {
    let columns = FigureColumn.all(results)
    let writer = try CSVWriter(
      path: folder.file("results.csv"),
      columnNames: ["rows", "model_size", "epoch_limit", "repeat", "seed"] + columns.map(\.name)
        + ["processor", "threads", "blas", "revision"])
    let machine = results.machine
    var lines: [UInt8] = []
    for cell in results.cells {
      let key = cell.key
      let texts =
        ["\(key.rowCount)", key.modelSize.rawValue, "\(key.epochs)", "\(key.repetition)"]
        + ["\(cell.seed)"] + columns.map { $0.value(cell, results).map { spelled($0) } ?? "" }
        + [machine.processor, "\(machine.threadCount)", machine.blas, machine.revision ?? ""]
      lines.appendRow(texts)
    }
    try writer.write(lines)
    try writer.finish()
  }

  // MARK: combined.csv.gz

  /// Training rows, holdout and all synthetic tables, one after another, with the name of each row's table in a first column.
  private func writeCombinedTable() throws {
    let writer = try CSVWriter(
      path: folder.file("combined.csv.gz"), columnNames: [splitName] + results.columns)
    try append(rows.training, split: "training", to: writer)
    try append(rows.holdout, split: "holdout", to: writer)
    for cell in results.cells {
      let table = try CSVFiles(paths: [folder.syntheticFile(cell.key)], options: .ownFiles)
      try append(table, split: cell.key.id, to: writer)
    }
    try writer.finish()
  }

  /// `split`, or that with a number where the table has such a column itself.
  private var splitName: String {
    var name = "split"
    var number = 1
    while results.columns.contains(name) {
      number += 1
      name = "split_\(number)"
    }
    return name
  }

  private func append(_ table: any RowSource, split: String, to writer: CSVWriter) throws {
    // The holdout may be a file with the columns in another order.
    let places = results.columns.map { table.columnNames.firstIndex(of: $0)! }
    var lines: [UInt8] = []
    try table.forEachBatch { batch in
      lines.removeAll(keepingCapacity: true)
      for row in 0..<batch.rowCount {
        lines.append(contentsOf: split.utf8)
        for place in places {
          lines.append(UInt8(ascii: ","))
          appendField(batch.spelling(row, place), separator: UInt8(ascii: ","), to: &lines)
        }
        lines.append(UInt8(ascii: "\n"))
      }
      try writer.write(lines)
    }
  }
}

/// A column of figures in `results.csv`.
private struct FigureColumn {
  let name: String
  let value: (StudyCell, StudyResults) -> Double?

  /// After each figure, the expected value and the value of real rows, where they are known.
  static func all(_ results: StudyResults) -> [FigureColumn] {
    results.figures.flatMap { figure in
      var columns = [FigureColumn(name: figure.rawValue) { cell, _ in cell.values[figure] }]
      if results.cells.contains(where: { $0.expected[figure] != nil }) {
        columns.append(
          FigureColumn(name: figure.rawValue + "_expected") { cell, _ in cell.expected[figure] })
      }
      if results.reference.values[figure] != nil {
        columns.append(
          FigureColumn(name: figure.rawValue + "_real") { $1.reference.values[figure] })
      }
      return columns
    }
  }
}

extension [UInt8] {
  fileprivate mutating func appendRow(_ fields: [String]) {
    for (index, field) in fields.enumerated() {
      if index > 0 { append(UInt8(ascii: ",")) }
      appendField(field, separator: UInt8(ascii: ","), to: &self)
    }
    append(UInt8(ascii: "\n"))
  }
}
