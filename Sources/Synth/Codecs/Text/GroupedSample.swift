import Tables

/// A sample of rows, with the values of each column in a few groups.
struct GroupedSample {
  /// The privacy unit of each row.
  let keys: [UInt16]
  /// By column; nil for those that are left out.
  private let columns: [ColumnGroups?]
  /// The texts of some columns; nil for missing values.
  private let texts: [Int: [String?]]

  /// - Parameters:
  ///   - kinds: the columns' kinds; nil for those that are left out.
  ///   - texts: the columns whose texts are kept.
  init(
    _ sample: some RowSource, kinds: [KindDetection?], texts textColumns: [Int], keys: PrivacyUnits
  ) throws {
    var rowKeys: [UInt16] = []
    var numbers: [[Double?]] = kinds.map { _ in [] }
    var texts: [[String?]] = numbers.map { _ in [] }
    try sample.forEachBatch { batch in
      for row in 0..<batch.rowCount {
        rowKeys.append(keys.key(ofRow: batch.firstRow + row))
        for (column, kind) in kinds.enumerated() {
          guard let kind else { continue }
          let isMissing = batch.isMissing(row, column)
          if kind.quantity != nil {
            numbers[column].append(isMissing ? nil : kind.number(batch[row, column]))
          } else {
            texts[column].append(
              isMissing ? nil : String(decoding: batch[row, column], as: UTF8.self))
          }
        }
      }
    }
    self.keys = rowKeys
    self.texts = Dictionary(uniqueKeysWithValues: textColumns.map { ($0, texts[$0]) })
    columns = kinds.enumerated().map { column, kind in
      kind.map {
        $0.quantity != nil
          ? ColumnGroups(numbers: numbers[column]) : ColumnGroups(texts: texts[column])
      }
    }
  }

  /// The texts of a column; nil for missing values.
  func texts(of column: Int) -> [String?] { texts[column] ?? [] }

  /// The values of the other columns.
  func groups(without column: Int) -> [ColumnGroups] {
    columns.enumerated().compactMap { $0.offset == column ? nil : $0.element }
  }
}

/// The values of a column in a sample of rows, in a few groups: numbers and dates by size, other values by frequency.
package struct ColumnGroups {
  /// The group of each row.
  package private(set) var groups: [UInt8]
  /// The number of groups.
  let count: Int

  /// Groups of numbers, and values with a group of their own.
  private static let (mostRanges, mostValues) = (8, 15)

  /// - Parameter numbers: nil for missing values.
  package init(numbers: [Double?]) {
    let ascending = numbers.compactMap { $0 }.sorted()
    let bounds = (1..<Self.mostRanges).compactMap { part in
      ascending.isEmpty ? nil : ascending[part * ascending.count / Self.mostRanges]
    }
    groups = numbers.map { number in
      number.map { number in UInt8(1 + bounds.partitioningIndex { $0 > number }) } ?? 0
    }
    count = Self.mostRanges + 1
  }

  /// - Parameter texts: nil for missing values.
  package init(texts: [String?]) {
    var counts: [String: Int] = [:]
    for case let text? in texts { counts[text, default: 0] += 1 }
    let frequent = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .prefix(Self.mostValues).map(\.key)
    let places = Dictionary(uniqueKeysWithValues: zip(frequent, frequent.indices))
    groups = texts.map { text in
      text.map { UInt8(1 + (places[$0] ?? Self.mostValues)) } ?? 0
    }
    count = Self.mostValues + 2
  }
}
