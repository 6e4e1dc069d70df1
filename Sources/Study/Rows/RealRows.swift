import NN
import Synth
import Tables

/// The real rows of a study: the training part and the holdout.
package struct RealRows: Sendable {
  package let training: any RowSource
  package let holdout: any RowSource
  package let trainingCount: Int
  package let holdoutCount: Int
  /// Distinguishes the tables from others.
  let checksum: String
  /// The columns that are compared.
  let columns: LearntColumns
  private let source: any RowSource
  private let sourceCount: Int
  /// The numbers of the training rows in the source.
  private let trainingRows: [Int]
  private let random: Philox

  /// Reads the table and holds back some of its rows, or takes another table as the holdout.
  package init(_ source: any RowSource, holdout: (any RowSource)?, options: StudyOptions) throws {
    self.source = source
    random = Philox(seed: options.seed, purpose: .study)
    let contents = try TableContents(of: source)
    sourceCount = contents.rowCount
    var rows = Array(0..<contents.rowCount)
    if let holdout {
      let held = try TableContents(of: holdout)
      if held.rowCount == 0 { throw TableError.noRows(table: holdout.name) }
      training = source
      self.holdout = holdout
      holdoutCount = held.rowCount
      checksum = "\(contents.checksum), \(held.checksum)"
    } else {
      random.shuffle(&rows, stream: 0)
      holdoutCount = Int((options.holdoutShare * Double(rows.count)).rounded())
      if holdoutCount == 0 {
        throw StudyError.noHoldout(table: source.name, count: contents.rowCount)
      }
      let isHeldOut = Self.membership(rows.prefix(holdoutCount), of: rows.count)
      rows.removeFirst(holdoutCount)
      rows.sort()
      training = selected(source, "Training rows of \(source.name)") { !isHeldOut[$0] }
      self.holdout = selected(source, "Holdout of \(source.name)") { isHeldOut[$0] }
      checksum = contents.checksum
    }
    trainingRows = rows
    trainingCount = rows.count
    if trainingCount < DisclosurePolicy.minimumTableRows {
      throw SynthError.tooFewRows(name: training.name, count: trainingCount)
    }
    columns = try LearntColumns(of: training, missingValues: options.missingValues)
  }

  /// Some of the training rows in the order of the table. In one repetition, smaller samples are part of larger ones.
  package func sample(_ rowCount: Int, repetition: Int) -> any RowSource {
    if rowCount == trainingCount { return training }
    var rows = trainingRows
    random.shuffle(&rows, stream: UInt64(repetition))
    let isChosen = Self.membership(rows.prefix(rowCount), of: sourceCount)
    return selected(source, "\(rowCount) rows of \(source.name)") { isChosen[$0] }
  }

  /// For each of the rows, whether it is selected.
  private static func membership(_ rows: some Sequence<Int>, of count: Int) -> [Bool] {
    var isMember = Array(repeating: false, count: count)
    for row in rows { isMember[row] = true }
    return isMember
  }
}

/// `SelectedRows` of a table whose type is not known.
private func selected(
  _ source: some RowSource, _ name: String, where isSelected: @escaping @Sendable (Int) -> Bool
) -> any RowSource {
  SelectedRows(source, name: name, where: isSelected)
}

/// The number of rows of a table and the checksum of its fields.
struct TableContents {
  private(set) var rowCount = 0
  private var sum = Checksum()

  /// Reads the table once.
  init(of source: any RowSource) throws {
    for name in source.columnNames { Array(name.utf8).withUnsafeBufferPointer { add($0) } }
    try source.forEachBatch { batch in
      for row in 0..<batch.rowCount {
        for column in 0..<batch.columnCount { add(batch.spelling(row, column)) }
      }
      rowCount += batch.rowCount
    }
  }

  /// CRC-32 of all fields, and their number.
  var checksum: String { "\(rowCount) rows with checksum \(String(sum.value, radix: 16))" }

  private mutating func add(_ field: UnsafeBufferPointer<UInt8>) {
    sum.add(UnsafeRawBufferPointer(field))
    // A byte that no text has, so that fields do not run together.
    withUnsafeBytes(of: UInt8.max) { sum.add($0) }
  }
}

/// What this library draws random numbers for; the number decides every study, so it never changes.
package enum StudyPurpose: UInt32, CaseIterable {
  case study = 11
}

extension Philox {
  init(seed: UInt64, purpose: StudyPurpose) { self.init(seed: seed, purpose: purpose.rawValue) }
}
