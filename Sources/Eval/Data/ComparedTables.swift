import Tables

/// Tables that are judged together, column by column, with values that can be compared.
///
/// The training table says which columns there are, in which order, and which of them hold numbers.
public struct ComparedTables: Sendable {
  /// The columns of every table.
  public let columns: [ComparedColumn]
  /// The real rows that the synthetic ones were made from.
  public let training: ComparedTable
  /// Real rows that the synthetic ones were not made from.
  public let holdout: ComparedTable?
  /// At least one.
  public let synthetic: [ComparedTable]
  /// Columns that were left out of all tables, because every row has its own identifier there.
  public let identifiers: [String]
  /// Fields that are taken for missing because a number is expected there.
  public let unreadableFields: [UnreadableFields]
}

/// The fields of a column of numbers that are no numbers, in one table.
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

/// What all tables have in common in one column.
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
  /// What messages and reports call it.
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
  /// The numbers; of a category none.
  package var numbers: [Double] {
    if case .numbers(let numbers) = self { numbers } else { [] }
  }

  /// The indices of the levels; of numbers none.
  package var codes: [Int32] {
    if case .codes(let codes) = self { codes } else { [] }
  }
}
