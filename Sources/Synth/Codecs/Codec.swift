import Tables

/// Everything about one kind of column, in one file: what the model learns in the column's place, how cells become subfields
/// and drawn subfields cells again, and what a model file must satisfy.
///
/// How a codec is fitted to a table is its initialiser's business; ``FieldFitter`` chooses the codec of each column.
protocol Codec: Codable, Equatable, Sendable {
  /// The number of subfields: columns of the model that stand for the column.
  var subfieldCount: Int { get }

  /// Takes cells apart.
  var encoder: any CellEncoder { get }

  /// Puts the drawn subfields of a block's rows together.
  func decode(field: Int, in block: inout DecodedBlock)

  /// The fields that must be decoded before this one.
  func operands(in fields: [Field]) -> [Int]

  /// How the column's numbers are written; nil for a column of texts.
  ///
  /// - Parameter encoders: those of the subfields.
  func numberFormat(in fields: [Field], encoders: ArraySlice<ColumnEncoder>) -> NumberFormat?

  /// Whether a codec of a model file can be used without another check.
  func isConsistent(at index: Int, of fields: [Field]) -> Bool
}

/// Takes the cells of one column apart into subfields.
protocol CellEncoder {
  /// Appends the subfields of every row of a batch.
  func encode(_ cells: RowCells, field: Int, count: Int, into subfields: inout SubfieldWriter)
}

/// A codec, or a part of one, that takes one cell apart after another.
protocol ValueEncoder: CellEncoder {
  /// Appends the subfields of a cell that has a value.
  func encode(_ cells: RowCells, field: Int, into subfields: inout SubfieldWriter)
}

extension ValueEncoder {
  func encode(
    _ cells: RowCells, field: Int, count: Int, into subfields: inout SubfieldWriter
  ) {
    var cells = cells
    for row in 0..<cells.batch.rowCount {
      cells.row = row
      if cells.isMissing(field) {
        subfields.append(.missing, count: count)
      } else {
        encode(cells, field: field, into: &subfields)
      }
    }
  }
}

/// A codec that puts one cell together after another.
protocol ValueDecoder: Codec {
  /// Appends the cell of a row to the field's column of the block.
  func decode(field: Int, row: Int, in block: inout DecodedBlock)
}

extension ValueDecoder {
  func decode(field: Int, in block: inout DecodedBlock) {
    for row in block.rows {
      if let word = block.word(field: field, row: row) {
        block.append(text: word.utf8, field: field)
      } else {
        decode(field: field, row: row, in: &block)
      }
    }
  }
}

extension Codec where Self: CellEncoder {
  var encoder: any CellEncoder { self }
}

extension Codec {
  func operands(in fields: [Field]) -> [Int] { [] }

  func numberFormat(
    in fields: [Field], encoders: ArraySlice<ColumnEncoder>
  ) -> NumberFormat? { nil }

  func isConsistent(at index: Int, of fields: [Field]) -> Bool { true }
}
