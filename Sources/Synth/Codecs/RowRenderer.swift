import Tables

/// Renders the codes of a block as CSV rows.
struct RowRenderer: Sendable {
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

  private let decoder: TableDecoder
  /// nil for fields that the decoder decodes.
  private let plainFields: [PlainField?]
  /// For each field, the format of its numbers and the spelling of a missing value.
  private let formats: [NumberFormat?]
  private let missing: [[UInt8]]
  private let separator: UInt8
  private let isOnlyColumn: Bool

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
    plainFields = generator.fields.enumerated().map { index, field in
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
    self.decoder = decoder
    self.isOnlyColumn = isOnlyColumn
  }

  /// The bytes of some rows of a block, including line ends.
  ///
  /// - Parameters:
  ///   - codes: the codes of the block, ``Sampler/blockRows`` for each subfield.
  ///   - rows: the numbers of the rows.
  ///   - first: the number of the block's first row.
  func bytes(_ codes: [Int32], rows: Range<Int>, first: Int) -> [UInt8] {
    var block = decoder.block { plainFields[$0] == nil }
    block.decode(codes, rows: rows, first: first)
    var bytes: [UInt8] = []
    var content: [UInt8] = []
    for row in rows {
      for index in plainFields.indices {
        if index > 0 { bytes.append(separator) }
        guard let field = plainFields[index] else {
          append(block, index, row: row, content: &content, to: &bytes)
          continue
        }
        let code = Int(codes[field.subfield * Sampler.blockRows + row - first])
        if let fixed = field.fixed[code] {
          bytes.append(contentsOf: fixed)
        } else {
          let number = field.decoder.number(of: code, row: row)
          append(number, field.format!, content: &content, to: &bytes)
        }
      }
      bytes.append(UInt8(ascii: "\n"))
    }
    return bytes
  }

  /// Appends a field that the block holds.
  private func append(
    _ block: DecodedBlock, _ field: Int, row: Int, content: inout [UInt8],
    to bytes: inout [UInt8]
  ) {
    switch block.value(field: field, row: row) {
    case .missing: bytes.append(contentsOf: missing[field])
    case .number(let number): append(number, formats[field]!, content: &content, to: &bytes)
    case .text(let range):
      block.withText(range) {
        appendField($0, separator: separator, isOnlyColumn: isOnlyColumn, to: &bytes)
      }
    }
  }

  /// Appends a number, in quotes if its notation requires them.
  @inline(__always)
  private func append(
    _ number: Double, _ format: NumberFormat, content: inout [UInt8], to bytes: inout [UInt8]
  ) {
    if format.notation == nil { return format.append(number, to: &bytes) }
    content.removeAll(keepingCapacity: true)
    format.append(number, to: &content)
    content.withUnsafeBufferPointer {
      appendField($0, separator: separator, isOnlyColumn: isOnlyColumn, to: &bytes)
    }
  }
}
