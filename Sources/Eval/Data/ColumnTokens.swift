import Foundation
import NN
import Tables

/// The distinct fields of one column of several tables, and the field of every row.
///
/// The training rows are read first, then those of the holdout, then synthetic ones: tokens are numbered in the order of
/// their appearance, so those of real rows come before all others.
struct ColumnTokens {
  private let missingValues: MissingValues
  private var tokens = StringInterner()
  /// For each table, the token of every row.
  private var rows: [[Int32]] = []
  /// The number of distinct tokens after each table.
  private var ends: [Int] = []

  /// Stands for the cells that are marked as missing: no text in UTF-8 has this byte.
  private static let markedCell: [UInt8] = [0xff]

  init(missingValues: MissingValues) {
    self.missingValues = missingValues
  }

  /// Begins a further table.
  mutating func beginTable() {
    rows.append([])
    ends.append(tokens.count)
  }

  /// Adds rows to the table that was begun last.
  mutating func append(_ batch: ColumnBatch, column: Int) {
    let table = rows.count - 1
    for row in 0..<batch.rowCount {
      let token =
        batch.isMissing(row, column)
        ? Self.markedCell.withUnsafeBufferPointer { tokens.insert($0) }
        : tokens.insert(batch[row, column])
      rows[table].append(Int32(truncatingIfNeeded: token))
    }
    ends[table] = tokens.count
  }

  /// The column's values in each of the tables; the first `realTableCount` are real.
  func column(named name: String, realTableCount: Int) -> ComparedColumnValues {
    let isMissing = (0..<tokens.count).map {
      tokens.withToken($0) { missingValues.contains($0) || $0.elementsEqual(Self.markedCell) }
    }
    let trained = (0..<ends[0]).filter { !isMissing[$0] }
    var counts = Array(repeating: 0, count: tokens.count)
    for token in rows[0] { counts[Int(token)] += 1 }
    if !trained.isEmpty,
      let reading = NumberReading(detecting: trained, of: tokens, rows: { counts[$0] })
    {
      return numbers(named: name, isMissing: isMissing, reading: reading)
    }
    return categories(named: name, isMissing: isMissing, realTableCount: realTableCount)
  }
}

/// One column of several tables.
struct ComparedColumnValues {
  let column: ComparedColumn
  /// One for each table.
  let values: [ComparedValues]
  /// For each table, the fields of a column of numbers that are none: how many, and the first.
  var unreadable: [(count: Int, example: String)?]
}

// MARK: - Numbers

extension ColumnTokens {
  private func numbers(
    named name: String, isMissing: [Bool], reading: NumberReading
  ) -> ComparedColumnValues {
    let numbers = isMissing.indices.map { token in
      isMissing[token]
        ? nil
        : tokens.withToken(token) {
          reading.notation?.parse($0).map { $0.value + 0 } ?? laxNumber($0)
        }
    }
    // Words that the training rows have are known not to be numbers.
    let isUnreadable = isMissing.indices.map {
      numbers[$0] == nil && !isMissing[$0] && $0 >= ends[0]
    }
    let unreadable = rows.map { rows -> (count: Int, example: String)? in
      guard let first = rows.first(where: { isUnreadable[Int($0)] }) else { return nil }
      return (rows.count { isUnreadable[Int($0)] }, tokens.text(Int(first)))
    }
    return ComparedColumnValues(
      column: ComparedColumn(name: name, levels: nil),
      values: rows.map { .numbers($0.map { numbers[Int($0)] ?? .nan }) },
      unreadable: unreadable)
  }
}

/// The number in a field of a column of numbers, also with a plus sign, leading zeros or spaces around it.
private func laxNumber(_ field: UnsafeBufferPointer<UInt8>) -> Double? {
  // A negative zero is zero.
  if let number = parseNumber(field) { return number.value + 0 }
  let text = String(decoding: field, as: UTF8.self).trimmingCharacters(in: .whitespaces)
  guard text.utf8.allSatisfy("+-.0123456789eE".utf8.contains), let number = Double(text),
    number.isFinite
  else { return nil }
  return number + 0
}

// MARK: - Categories

extension ColumnTokens {
  private func categories(
    named name: String, isMissing: [Bool], realTableCount: Int
  ) -> ComparedColumnValues {
    let realEnd = ends[realTableCount - 1]
    var counts = Array(repeating: 0, count: tokens.count)
    for (table, rows) in rows.enumerated() {
      for token in rows where table < realTableCount || token >= realEnd {
        counts[Int(token)] += 1
      }
    }
    let ranked = counts.indices.filter { !isMissing[$0] }.sorted { left, right in
      if (left < realEnd) != (right < realEnd) { return left < realEnd }
      return counts[left] != counts[right]
        ? counts[left] > counts[right] : tokens.areInOrder(left, right)
    }
    var codes = Array(repeating: Int32(-1), count: tokens.count)
    for (code, token) in ranked.enumerated() { codes[token] = Int32(truncatingIfNeeded: code) }
    return ComparedColumnValues(
      column: ComparedColumn(name: name, levels: ranked.map(tokens.text)),
      values: rows.map { .codes($0.map { codes[Int($0)] }) },
      unreadable: rows.map { _ in nil })
  }
}

/// Some rows of a table.
struct RowSample: Sendable {
  let table: ComparedTable
  let rows: [Int]

  init(table: ComparedTable, rows: [Int]) {
    self.table = table
    self.rows = rows
  }

  /// At most the given number of rows, in random order.
  init(of table: ComparedTable, most: Int, _ philox: Philox, stream: UInt64) {
    var rows = Array(0..<table.rowCount)
    philox.shuffle(&rows, stream: stream)
    self.init(table: table, rows: Array(rows.prefix(most)))
  }
}
