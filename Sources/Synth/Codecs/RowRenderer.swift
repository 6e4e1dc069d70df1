import Tables

/// From codes to the bytes of CSV rows.
struct RowRenderer: Sendable {
  /// A field that is its only part. A class, so that looking at one counts one reference, not those of all that it holds.
  private final class PlainField: Sendable {
    let part: Int
    let decoder: CellDecoder
    let format: NumberFormat?
    /// The finished bytes of codes that always give the same field.
    let fixed: [[UInt8]?]
    /// Whether a later column follows this one's numbers.
    let isReference: Bool

    init(
      part: Int, decoder: CellDecoder, format: NumberFormat?, fixed: [[UInt8]?], isReference: Bool
    ) {
      self.part = part
      self.decoder = decoder
      self.format = format
      self.fixed = fixed
      self.isReference = isReference
    }
  }

  private let decoder: RowDecoder
  /// nil for fields that are composed.
  private let plainFields: [PlainField?]
  /// For each field, the format of its numbers and how a missing value is written.
  private let formats: [NumberFormat?]
  private let missing: [[UInt8]]
  private let separator: UInt8
  private let isOnlyColumn: Bool

  init(_ generator: Generator, seed: UInt64, separator: UInt8) {
    self.separator = separator
    let decoder = RowDecoder(generator, seed: seed)
    let isOnlyColumn = generator.fields.count == 1
    func content(_ text: String) -> [UInt8] {
      var bytes: [UInt8] = []
      appendField(text, separator: separator, isOnlyColumn: isOnlyColumn, to: &bytes)
      return bytes
    }
    let reference = Set(decoder.decoders.compactMap(\.referenceColumn))
    plainFields = generator.fields.enumerated().map { index, field in
      guard case .column = field.coding, !decoder.referenced.contains(index) else { return nil }
      let part = field.parts.lowerBound
      let format = generator.numberFormat(of: field)
      let cells = decoder.decoders[part]
      let fixed = cells.cells.indices.map { code -> [UInt8]? in
        switch cells.cells[code] {
        case .missing: return content(field.missingSpelling)
        case .text(let text), .word(let text): return content(text)
        case .rare: return content(CategoryEncoder.rareToken)
        case .value:
          var bytes: [UInt8] = []
          format!.append(cells.number(of: code, row: 0), to: &bytes)
          return content(String(decoding: bytes, as: UTF8.self))
        case .pieces, .delta: return nil
        }
      }
      return PlainField(
        part: part, decoder: cells, format: format, fixed: fixed,
        isReference: reference.contains(part))
    }
    formats = generator.fields.map(generator.numberFormat)
    missing = generator.fields.map { content($0.missingSpelling) }
    self.decoder = decoder
    self.isOnlyColumn = isOnlyColumn
  }

  /// Room for what the fields of a row share.
  var scratch: RowDecoder.Scratch { decoder.scratch }

  /// Appends one row, its line end included.
  ///
  /// - Parameters:
  ///   - codes: the row's codes, `stride` apart, from `offset`.
  ///   - row: the row's number, which positions are drawn by.
  ///   - scratch: ``scratch`` that is used for row after row.
  func append(
    _ codes: [Int32], offset: Int, stride: Int, row: Int, scratch: inout RowDecoder.Scratch,
    to bytes: inout [UInt8]
  ) {
    let code = { part in Int(codes[offset + part * stride]) }
    decoder.prepare(row: row, scratch: &scratch, code: code)
    for index in plainFields.indices {
      if index > 0 { bytes.append(separator) }
      guard let field = plainFields[index] else {
        appendComposed(index, row: row, scratch: &scratch, to: &bytes, code: code)
        continue
      }
      let code = Int(codes[offset + field.part * stride])
      if let fixed = field.fixed[code] {
        bytes.append(contentsOf: fixed)
        if field.isReference {
          scratch.numbers[field.part] = field.decoder.number(of: code, row: row)
        }
      } else {
        let reference = field.decoder.referenceColumn.map { scratch.numbers[$0] } ?? .nan
        let number = field.decoder.number(of: code, row: row, reference: reference)
        scratch.numbers[field.part] = number
        append(number, field.format!, scratch: &scratch, to: &bytes)
      }
    }
    bytes.append(UInt8(ascii: "\n"))
  }

  /// Appends a field that has several parts, or another than itself.
  private func appendComposed(
    _ index: Int, row: Int, scratch: inout RowDecoder.Scratch, to bytes: inout [UInt8],
    code: (Int) -> Int
  ) {
    switch decoder.value(ofField: index, row: row, scratch: &scratch, code: code) {
    case .missing: bytes.append(contentsOf: missing[index])
    case .number(let number): append(number, formats[index]!, scratch: &scratch, to: &bytes)
    case .text: append(scratch.content, to: &bytes)
    }
  }

  /// Appends a number, in quotes where its notation asks for them.
  @inline(__always)
  private func append(
    _ number: Double, _ format: NumberFormat, scratch: inout RowDecoder.Scratch,
    to bytes: inout [UInt8]
  ) {
    if format.notation == nil { return format.append(number, to: &bytes) }
    scratch.content.removeAll(keepingCapacity: true)
    format.append(number, to: &scratch.content)
    append(scratch.content, to: &bytes)
  }

  private func append(_ content: [UInt8], to bytes: inout [UInt8]) {
    content.withUnsafeBufferPointer {
      appendField($0, separator: separator, isOnlyColumn: isOnlyColumn, to: &bytes)
    }
  }
}
