import Tables

/// The codec of categories and numbers, which have a single subfield.
package struct ValueCodec: Codec {
  var subfieldCount: Int { 1 }

  func numberFormat(
    in fields: [Field], encoders: ArraySlice<ColumnEncoder>
  ) -> NumberFormat? {
    if case .number(let number)? = encoders.first?.kind { number.format } else { nil }
  }
}

extension ValueCodec: CellEncoder {
  func encode(_ cells: RowCells, field: Int, count: Int, into subfields: inout SubfieldWriter) {
    var cells = cells
    for row in 0..<cells.batch.rowCount {
      cells.row = row
      subfields.append(cells.isMissing(field) ? .missing : .cell)
    }
  }
}

extension ValueCodec: ValueDecoder {
  func decode(field: Int, row: Int, in block: inout DecodedBlock) {
    switch block.subfield(block.subfields(of: field).lowerBound, row: row) {
    case .missing, .code: block.appendMissing(field: field)
    case .rare: block.appendRare(field: field, row: row)
    case .number(let number): block.append(number: number, field: field)
    case .text(let text): block.append(text: text.utf8, field: field)
    }
  }
}

/// The codec of a column without publishable values: all cells are missing.
package struct MaskedCodec: Codec, CellEncoder {
  var subfieldCount: Int { 0 }

  func encode(_ cells: RowCells, field: Int, count: Int, into subfields: inout SubfieldWriter) {}

  func decode(field: Int, in block: inout DecodedBlock) {
    for _ in block.rows { block.appendMissing(field: field) }
  }
}
