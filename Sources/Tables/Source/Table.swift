/// A table in memory with typed columns.
public struct Table: RowSource, Equatable {
  /// What messages call the table.
  public var name: String
  /// At least one column, all of one length, their names unique and not empty.
  public let columns: [Column]

  /// - Throws: `TableError` when there is no column, when columns differ in length, or when a name
  ///   is empty or stands twice.
  public init(columns: [Column]) throws {
    try self.init(name: "The table", columns: columns)
  }

  /// Reads all rows, in two passes: one to find out the types, one for the values.
  ///
  /// - Parameters:
  ///   - source: Numbers become `Double`, any other column becomes text.
  ///   - missingValues: The fields that count as missing.
  /// - Throws: What reading throws. A table without rows is no error.
  public init(reading source: some RowSource, missingValues: MissingValues = .standard) throws {
    let profile = try TableProfile(
      scanning: source, missingValues: missingValues,
      limits: ProfileLimits(columnCount: source.columnNames.count))
    var builders = profile.columns.map { ColumnBuilder(profile: $0, rowCount: profile.rowCount) }
    try source.forEachBatch { batch in
      for column in builders.indices {
        builders[column].append(batch, column: column, missingValues: missingValues)
      }
    }
    try self.init(name: source.name, columns: builders.map(\.column))
  }

  /// Reads a CSV file, plain or gzip, with the usual options.
  /// - Throws: `TableError`.
  public init(contentsOf path: String) throws {
    try self.init(reading: CSVFiles(paths: [path]))
  }

  private init(name: String, columns: [Column]) throws {
    guard let first = columns.first else { throw TableError.noColumns }
    try checkColumnNames(columns.map(\.name), table: name)
    for column in columns where column.count != first.count {
      throw TableError.differentLengths(
        firstColumn: first.name, firstCount: first.count, column: column.name, count: column.count)
    }
    self.name = name
    self.columns = columns
  }

  /// The number of rows.
  public var rowCount: Int { columns[0].count }

  /// The names of the columns in table order.
  public var columnNames: [String] { columns.map(\.name) }

  /// The column of a name; nil when there is none.
  public subscript(name: String) -> Column? {
    columns.first { $0.name == name }
  }

  /// Tables are equal when their columns are; names of tables do not count.
  public static func == (left: Table, right: Table) -> Bool {
    left.columns == right.columns
  }
}

/// Collects the values of a column whose type is known.
private struct ColumnBuilder {
  private let profile: ColumnProfile
  private let isNumeric: Bool
  private var numbers: [Double?] = []
  private var texts: [String?] = []

  init(profile: ColumnProfile, rowCount: Int) {
    self.profile = profile
    isNumeric = [.integer, .decimal].contains(profile.type) && profile.wordCount == 0
    if isNumeric { numbers.reserveCapacity(rowCount) } else { texts.reserveCapacity(rowCount) }
  }

  mutating func append(_ batch: ColumnBatch, column: Int, missingValues: MissingValues) {
    for row in 0..<batch.rowCount {
      let field = batch[row, column]
      let isMissing = batch.isMissing(row, column) || missingValues.contains(field)
      if isNumeric {
        numbers.append(isMissing ? nil : profile.numberFormat.parse(field)?.value)
      } else {
        texts.append(isMissing ? nil : String(decoding: field, as: UTF8.self))
      }
    }
  }

  var column: Column {
    Column(
      name: profile.name,
      values: isNumeric ? .numbers(numbers, profile.numberFormat) : .texts(texts),
      missingSpelling: profile.missingSpelling)
  }
}
