import Tables

/// Renders the codes of blocks as CSV rows. Each thread has its own copy.
struct RowRenderer {
  /// A field of a category or number that no other field depends on. Without references, so that its cells count none.
  private struct PlainField {
    let subfield: Int
    /// The place of its first code in ``fixedRanges``.
    let firstRange: Int
  }

  /// The fields of a block that are not plain.
  private var decoded: DecodedBlock
  /// nil for fields that ``decoded`` has.
  private let plainFields: [PlainField?]
  private let decoders: [CellDecoder]
  /// The finished bytes of codes that always give the same field, and the range of each code of each plain field; nil for codes
  /// whose bytes depend on the row.
  private let fixedBytes: [UInt8]
  private let fixedRanges: [Range<Int>?]
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
    var (fixedBytes, fixedRanges): ([UInt8], [Range<Int>?]) = ([], [])
    let references = Set(decoder.decoders.compactMap(\.referenceColumn))
    let plainFields = generator.fields.enumerated().map { index, field -> PlainField? in
      let subfield = field.parts.lowerBound
      guard case .column = field.coding, !decoder.isOperand(index),
        !decoder.makesUpRareValues(index),
        !references.contains(subfield), decoder.decoders[subfield].referenceColumn == nil
      else { return nil }
      let format = generator.numberFormat(of: field)
      let cells = decoder.decoders[subfield]
      let firstRange = fixedRanges.count
      func fixed(_ code: Int) -> [UInt8]? {
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
      for code in cells.cells.indices {
        let bytes = fixed(code)
        fixedRanges.append(bytes.map { fixedBytes.count..<fixedBytes.count + $0.count })
        fixedBytes += bytes ?? []
      }
      return PlainField(subfield: subfield, firstRange: firstRange)
    }
    formats = generator.fields.map(generator.numberFormat)
    missing = generator.fields.map { content($0.missingSpelling) }
    self.plainFields = plainFields
    decoders = decoder.decoders
    self.fixedBytes = fixedBytes
    self.fixedRanges = fixedRanges
    decoded = decoder.block { plainFields[$0] == nil }
    self.isOnlyColumn = isOnlyColumn
  }

  /// The bytes of the rows of a block that were asked for, including line ends.
  mutating func bytes(_ drawn: DrawnBlock) -> [UInt8] {
    decoded.decode(drawn.codes, rows: drawn.rows, first: drawn.firstRow)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(byteCount + byteCount / 8)
    // Pointers, so that no cell counts references to the arrays.
    drawn.codes.withUnsafeBufferPointer { codes in
      fixedRanges.withUnsafeBufferPointer { ranges in
        fixedBytes.withUnsafeBufferPointer { fixed in
          for row in drawn.rows {
            for index in plainFields.indices {
              if index > 0 { bytes.append(separator) }
              guard let field = plainFields[index] else {
                append(index, row: row, to: &bytes)
                continue
              }
              let code = Int(codes[field.subfield * Sampler.blockRows + row - drawn.firstRow])
              if let range = ranges[field.firstRange + code] {
                bytes.append(contentsOf: UnsafeBufferPointer(rebasing: fixed[range]))
              } else {
                let number = decoders[field.subfield].number(of: code, row: row)
                append(number, formats[index]!, to: &bytes)
              }
            }
            bytes.append(UInt8(ascii: "\n"))
          }
        }
      }
    }
    byteCount = bytes.count
    return bytes
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
