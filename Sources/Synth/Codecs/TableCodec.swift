import Tables

/// How a model's codes represent a cell of a table.
public enum CellState: UInt8, Sendable {
  /// The model has a code for the value, or for a range that contains it.
  case known
  /// The cell has no value, and the model has a code for that.
  case missing
  /// The model cannot represent the value, or does not learn the column. The code is the nearest one, that of rare or
  /// missing values, or the first.
  case unknown
}

/// The rows of a table in the codes of a model.
public struct EncodedRows: Sendable {
  public let rowCount: Int
  /// For each column of the table, the state of the cell in each row.
  public let states: [[CellState]]
  /// For each subfield, the code in each row.
  package let codes: [[Int32]]
}

/// Turns rows of a table into codes and back, using only the contents of a model file.
package struct TableCodec {
  private let fields: [Field]
  private let columns: [ColumnEncoder]

  package init(fields: [Field], columns: [ColumnEncoder]) {
    self.fields = fields
    self.columns = columns
  }

  /// The codes of a table's rows. Columns are found by their names and may be in any order. Absent columns count as missing, and
  /// columns that the model does not have are ignored.
  ///
  /// - Throws: Errors of reading.
  package func encode(
    _ source: some RowSource, missingValues: MissingValues
  ) throws -> EncodedRows {
    let names = source.columnNames
    let places = fields.map { field in names.firstIndex(of: field.name) }
    var notations = [NumberNotation?](repeating: nil, count: names.count)
    for (field, place) in zip(fields, places) {
      guard let place else { continue }
      notations[place] =
        field.codec.numberFormat(in: fields, encoders: columns[field.parts])?.notation
    }
    let rows = NormalizedRows(source, missingValues: missingValues, notations: notations)
    let reader = SubfieldReader(fields, columns: places)
    let lookUps = columns.map { CodeLookUp($0) }
    var codes = columns.map { _ in [Int32]() }
    var states = fields.map { _ in [CellState]() }
    var rowCount = 0
    try reader.forEachBatch(of: rows) { batch in
      for (field, columns) in fields.enumerated() {
        states[field] += (0..<batch.rowCount).map { row in
          columns.parts.isEmpty
            ? .unknown : batch.isMissing(row, field: field) ? .missing : .known
        }
        for subfield in columns.parts {
          lookUps[subfield].forEachResult(of: subfield, in: batch) { row, result in
            codes[subfield].append(Int32(result.code))
            if !result.isKnown { states[field][rowCount + row] = .unknown }
          }
        }
      }
      rowCount += batch.rowCount
    }
    for (index, field) in fields.enumerated() {
      // A place is one value in two columns.
      if case .longitude(let codec) = field.coding { states[index] = states[codec.latitudeField] }
    }
    return EncodedRows(rowCount: rowCount, states: states, codes: codes)
  }

  /// The cells of codes, column by column.
  ///
  /// - Parameter seed: the seed of what codes leave open, such as the position in a bin.
  package func decode(_ rows: EncodedRows, seed: UInt64) throws -> Table {
    let decoder = TableDecoder(fields: fields, columns: columns, seed: seed)
    var block = decoder.block()
    var builders = TableBuilder(fields: fields, columns: columns)
    for first in stride(from: 0, to: rows.rowCount, by: Sampler.blockRows) {
      let numbers = first..<min(first + Sampler.blockRows, rows.rowCount)
      let codes = rows.codes.flatMap { codes in
        codes[numbers] + Array(repeating: 0, count: Sampler.blockRows - numbers.count)
      }
      block.decode(codes, rows: numbers, first: first)
      builders.append(block)
    }
    return try builders.table()
  }
}

extension CodeLookUp.Result {
  /// Whether the code represents the value, or its absence.
  fileprivate var isKnown: Bool {
    switch self {
    case .code, .missing: true
    case .nearest, .beyond, .unknown: false
    }
  }
}

extension Generator {
  /// Turns rows of a table into the codes of this model.
  ///
  /// - Parameters:
  ///   - source: the table. Columns are found by their names; absent ones count as missing, unknown ones are ignored.
  ///   - missingValues: the table's spellings of a missing value.
  /// - Throws: `TableError` where the table cannot be read.
  public func encode(
    _ source: some RowSource, missingValues: MissingValues = .standard
  ) throws -> EncodedRows {
    try TableCodec(fields: fields, columns: columns).encode(source, missingValues: missingValues)
  }

  /// The table that codes of this model stand for.
  ///
  /// - Parameters:
  ///   - rows: the result of ``encode(_:missingValues:)`` of the same model.
  ///   - seed: the seed of what codes leave open, such as the position in a bin or the letters of a name.
  public func decode(_ rows: EncodedRows, seed: UInt64 = 1) throws -> Table {
    try TableCodec(fields: fields, columns: columns).decode(rows, seed: seed)
  }
}
