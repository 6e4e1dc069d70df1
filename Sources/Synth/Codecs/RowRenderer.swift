import Tables

/// Renders the codes of blocks as CSV rows. Each thread has its own copy.
struct RowRenderer {
  /// A field of a category or number that no other field depends on. It is a class, so that access counts one reference, not
  /// one for each property.
  private final class PlainField: Sendable {
    let subfield: Int
    let decoder: CellDecoder
    let format: NumberFormat?
    /// The finished bytes of codes that always give the same field.
    let fixed: [[UInt8]?]

    init(subfield: Int, decoder: CellDecoder, format: NumberFormat?, fixed: [[UInt8]?]) {
      self.subfield = subfield
      self.decoder = decoder
      self.format = format
      self.fixed = fixed
    }
  }

  /// The fields of a block that are not plain.
  private var decoded: DecodedBlock
  /// nil for fields that the decoder decodes.
  private let plainFields: [PlainField?]
  /// For each field, the format of its numbers and the spelling of a missing value.
  private let formats: [NumberFormat?]
  private let missing: [[UInt8]]
  private let separator: UInt8
  private let isOnlyColumn: Bool
  /// Room for a number.
  private var content: [UInt8] = []
  /// Bytes of the last block.
  private var byteCount = 0

  init(_ generator: Generator, seed: UInt64, separator: UInt8) {
    self.separator = separator
    let decoder = TableDecoder(fields: generator.fields, columns: generator.columns, seed: seed)
    let isOnlyColumn = generator.fields.count == 1
    func content(_ text: String) -> [UInt8] {
      var bytes: [UInt8] = []
      appendField(text, separator: separator, isOnlyColumn: isOnlyColumn, to: &bytes)
      return bytes
    }
    let references = Set(decoder.decoders.compactMap(\.referenceColumn))
    let plainFields = generator.fields.enumerated().map { index, field -> PlainField? in
      let subfield = field.parts.lowerBound
      guard case .column = field.coding, !decoder.isOperand(index),
        !decoder.makesUpRareValues(index),
        !references.contains(subfield), decoder.decoders[subfield].referenceColumn == nil
      else { return nil }
      let format = generator.numberFormat(of: field)
      let cells = decoder.decoders[subfield]
      let fixed = cells.cells.indices.map { code -> [UInt8]? in
        switch cells.cells[code] {
        case .missing, .code: return content(field.missingSpelling)
        case .text(let text), .word(let text): return content(text)
        case .rare: return content(CategoryEncoder.rareToken)
        case .value:
          var bytes: [UInt8] = []
          format!.append(cells.number(of: code, row: 0), to: &bytes)
          return content(String(decoding: bytes, as: UTF8.self))
        case .pieces, .delta: return nil
        }
      }
      return PlainField(subfield: subfield, decoder: cells, format: format, fixed: fixed)
    }
    formats = generator.fields.map(generator.numberFormat)
    missing = generator.fields.map { content($0.missingSpelling) }
    self.plainFields = plainFields
    decoded = decoder.block { plainFields[$0] == nil }
    self.isOnlyColumn = isOnlyColumn
  }

  /// The bytes of the rows of a block that were asked for, including line ends.
  mutating func bytes(_ drawn: DrawnBlock) -> [UInt8] {
    decoded.decode(drawn.codes, rows: drawn.rows, first: drawn.firstRow)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(byteCount + byteCount / 8)
    drawn.codes.withUnsafeBufferPointer { codes in
      for row in drawn.rows {
        for index in plainFields.indices {
          if index > 0 { bytes.append(separator) }
          if let field = plainFields[index] {
            let code = Int(codes[field.subfield * Sampler.blockRows + row - drawn.firstRow])
            append(field, code: code, row: row, to: &bytes)
          } else {
            append(index, row: row, to: &bytes)
          }
        }
        bytes.append(UInt8(ascii: "\n"))
      }
    }
    byteCount = bytes.count
    return bytes
  }

  /// Appends a plain field.
  @inline(__always)
  private mutating func append(
    _ field: PlainField, code: Int, row: Int, to bytes: inout [UInt8]
  ) {
    if let fixed = field.fixed[code] {
      bytes.append(contentsOf: fixed)
    } else {
      append(field.decoder.number(of: code, row: row), field.format!, to: &bytes)
    }
  }

  /// Appends a field that the block holds.
  private mutating func append(_ field: Int, row: Int, to bytes: inout [UInt8]) {
    switch decoded.value(field: field, row: row) {
    case .missing: bytes.append(contentsOf: missing[field])
    case .number(let number): append(number, formats[field]!, to: &bytes)
    case .text(let range):
      decoded.withText(range) {
        appendField($0, separator: separator, isOnlyColumn: isOnlyColumn, to: &bytes)
      }
    }
  }

  /// Appends a number, in quotes if its notation requires them.
  @inline(__always)
  private mutating func append(
    _ number: Double, _ format: NumberFormat, to bytes: inout [UInt8]
  ) {
    if format.notation == nil { return format.append(number, to: &bytes) }
    content.removeAll(keepingCapacity: true)
    format.append(number, to: &content)
    content.withUnsafeBufferPointer {
      appendField($0, separator: separator, isOnlyColumn: isOnlyColumn, to: &bytes)
    }
  }
}
