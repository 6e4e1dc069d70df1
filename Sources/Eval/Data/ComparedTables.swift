import Tables

/// Tables to compare column by column.
///
/// The training table defines the columns, their order, and which of them are numeric.
public struct ComparedTables: Sendable {
  /// The columns of every table.
  public let columns: [ComparedColumn]
  /// The real rows that the synthetic ones were made from.
  public let training: ComparedTable
  /// Real rows that the synthetic ones were not made from.
  public let holdout: ComparedTable?
  /// At least one.
  public let synthetic: [ComparedTable]
  /// Columns left out of all tables because every row has its own identifier in them.
  public let identifiers: [String]
  /// Fields that count as missing because a number is expected.
  public let unreadableFields: [UnreadableFields]
}

/// The fields of a numeric column that are not numbers, in one table.
public struct UnreadableFields: Sendable, Equatable {
  /// The table.
  public let table: String
  /// The column.
  public let column: String
  /// The number of rows.
  public let count: Int
  /// The first of the fields.
  public let example: String
}

/// A column that all tables have in common.
public struct ComparedColumn: Sendable, Equatable {
  /// Its name in the header.
  public let name: String
  /// The texts of a category, the most frequent of the real rows first, then those of synthetic rows alone; nil for numbers.
  public let levels: [String]?

  /// Whether it holds numbers.
  public var isNumeric: Bool { levels == nil }
}

/// The rows of one table.
public struct ComparedTable: Sendable {
  /// Its name in messages and reports.
  public let name: String
  /// The number of rows.
  public let rowCount: Int
  /// One for each column, in the order of ``ComparedTables/columns``.
  public let values: [ComparedValues]
}

/// The values of one column of one table.
public enum ComparedValues: Sendable, Equatable {
  /// NaN is a missing value.
  case numbers([Double])
  /// Indices into ``ComparedColumn/levels``; -1 is a missing value.
  case codes([Int32])
}

extension ComparedValues {
  /// The numbers; none for a category.
  package var numbers: [Double] {
    if case .numbers(let numbers) = self { numbers } else { [] }
  }

  /// The indices of the levels; none for numbers.
  package var codes: [Int32] {
    if case .codes(let codes) = self { codes } else { [] }
  }
}
