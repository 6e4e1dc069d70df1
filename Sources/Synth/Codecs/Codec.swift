import Tables

/// Everything about one kind of column: the subfields that the model learns in its place, how cells become subfields, how drawn
/// subfields become cells, and what a model file must satisfy.
///
/// The initialiser of a codec fits it to a table. ``FieldFitter`` chooses the codec of each column.
protocol Codec: Codable, Equatable, Sendable {
  /// The number of subfields: columns of the model that stand for the column.
  var subfieldCount: Int { get }

  /// Takes cells apart.
  var encoder: any CellEncoder { get }

  /// Decodes the drawn subfields of a block's rows into cells.
  func decode(field: Int, in block: inout DecodedBlock)

  /// The fields that must be decoded before this one.
  func operands(in fields: [Field]) -> [Int]

  /// Whether the codes of rare values are drawn: the codec makes up a value. Otherwise frequent values are drawn in their place.
  var drawsRareCodes: Bool { get }

  /// How the column's numbers are written; nil for a column of texts.
  ///
  /// - Parameter encoders: those of the subfields.
  func numberFormat(in fields: [Field], encoders: ArraySlice<ColumnEncoder>) -> NumberFormat?

  /// Whether a codec from a model file is valid and needs no further check.
  func isConsistent(at index: Int, of fields: [Field]) -> Bool
}

/// Splits the cells of one column into subfields.
protocol CellEncoder {
  /// Appends the subfields of every row of a batch.
  func encode(_ cells: RowCells, field: Int, count: Int, into subfields: inout SubfieldWriter)
}

/// A codec, or a part of one, that splits one cell at a time.
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

/// A codec that decodes one cell at a time.
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

  var drawsRareCodes: Bool { false }

  func numberFormat(
    in fields: [Field], encoders: ArraySlice<ColumnEncoder>
  ) -> NumberFormat? { nil }

  func isConsistent(at index: Int, of fields: [Field]) -> Bool { true }
}
