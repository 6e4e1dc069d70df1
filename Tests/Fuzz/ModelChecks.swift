import Foundation
import Synth
import Tables

/// Trains for a moment, writes the model and reads it again: what the program writes it must not refuse.
func checkTraining(
  on source: some RowSource, folder: String, _ change: (inout TrainingOptions) -> Void = { _ in }
) throws {
  let options = quickOptions(change)
  let run = try TrainingRun(source, options: options, cancellation: Cancellation())
  let path = folder + "/trained.likeness"
  try run.train(progress: { _ in }).write(to: path)
  let generator: Generator
  do {
    generator = try Generator(contentsOf: path)
  } catch {
    throw Finding(description: "the program's own model is refused: \(error)")
  }
  try generator.checkRows(folder: folder)
}

/// Options for a model that is trained in a moment.
func quickOptions(_ change: (inout TrainingOptions) -> Void = { _ in }) -> TrainingOptions {
  var options = TrainingOptions(modelSize: .small, epochs: 1, batchSize: 64, threadCount: 1)
  change(&options)
  return options
}

extension Generator {
  /// Draws some rows, into memory and into a file, and looks at every cell.
  func checkRows(folder: String) throws {
    let rowCount = 70
    for column in try drawTable(rows: rowCount, threadCount: 1).columns {
      try Finding.check(column.count == rowCount, "'\(column.name)' has \(column.count) rows")
      if case .numbers(let numbers, _) = column.values {
        try Finding.check(
          numbers.allSatisfy { $0?.isFinite ?? true }, "'\(column.name)' has what is no number")
      }
    }
    let path = folder + "/rows.csv"
    try drawFile(0..<rowCount, to: path, threadCount: 1)
    // Texts of tables in memory, and so of models, may have zero bytes, which files of tables must not.
    if try Data(contentsOf: URL(fileURLWithPath: path)).contains(0) { return }
    let comma = CSVOptions(separator: UInt8(ascii: ","))
    let drawn: CSVFiles
    do {
      drawn = try CSVFiles(paths: [path], options: comma)
      try Finding.check(drawn.columnNames == columnNames, "the header has other columns")
      var count = 0
      try drawn.forEachBatch { batch in
        count += batch.rowCount
        for row in 0..<batch.rowCount {
          for index in fields.indices { try check(batch[row, index], of: fields[index]) }
        }
      }
      try Finding.check(count == rowCount, "\(count) rows were written for \(rowCount)")
    } catch let error as TableError {
      throw Finding(description: "the drawn rows cannot be read: \(error)")
    }
  }

  /// Refuses what is no number in a column of numbers and no moment in one of dates or times.
  private func check(_ cell: UnsafeBufferPointer<UInt8>, of field: Field) throws {
    let text = String(decoding: cell, as: UTF8.self)
    if text == field.missingSpelling || words(of: field).contains(text) { return }
    let isValid =
      switch field.coding {
      case .dateTime(let coding): coding.format.parse(cell) != nil
      default: numberFormat(of: field).map { $0.parse(cell) != nil } ?? true
      }
    try Finding.check(isValid, "'\(field.name)' has '\(text)'")
  }

  /// What a field may have in place of numbers or moments.
  private func words(of field: Field) -> [String] {
    guard let part = field.parts.first, case .number(let number) = columns[part].kind else {
      return []
    }
    return number.words ?? []
  }
}
