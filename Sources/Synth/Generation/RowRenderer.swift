import Tables

/// From codes to the bytes of CSV rows.
struct RowRenderer: Sendable {
  private struct ColumnRenderer: Sendable {
    let decoder: CellDecoder
    let format: NumberFormat?
    /// The finished bytes of codes that always give the same field.
    let fixed: [[UInt8]?]
  }

  private let columns: [ColumnRenderer]
  private let separator: UInt8

  init(_ generator: Generator, seed: UInt64, separator: UInt8) {
    self.separator = separator
    let isOnlyColumn = generator.columns.count == 1
    columns = generator.columns.enumerated().map { index, encoder in
      let decoder = CellDecoder(encoder, column: index, seed: seed)
      let format: NumberFormat? =
        if case .number(let number) = encoder.kind { number.format } else { nil }
      let fixed = decoder.cells.map { cell -> [UInt8]? in
        var bytes: [UInt8] = []
        switch cell {
        case .missing:
          appendField(
            encoder.missingSpelling, separator: separator, isOnlyColumn: isOnlyColumn, to: &bytes)
        case .text(let text):
          appendField(text, separator: separator, isOnlyColumn: isOnlyColumn, to: &bytes)
        case .units(let lower, 1, let spikes):
          let value = decoder.number(lower: lower, count: 1, spikes: spikes, row: 0)
          format!.append(value, to: &bytes)
        case .units: return nil
        }
        return bytes
      }
      return ColumnRenderer(decoder: decoder, format: format, fixed: fixed)
    }
  }

  /// Appends one row, its line end included.
  ///
  /// - Parameters:
  ///   - codes: the row's codes, `stride` apart, from `offset`.
  ///   - row: the row's number, which positions are drawn by.
  func append(
    _ codes: [Int32], offset: Int, stride: Int, row: Int, to bytes: inout [UInt8]
  ) {
    for index in columns.indices {
      if index > 0 { bytes.append(separator) }
      let code = Int(codes[offset + index * stride])
      let column = columns[index]
      if let fixed = column.fixed[code] {
        bytes.append(contentsOf: fixed)
      } else if case .units(let lower, let count, let spikes) = column.decoder.cells[code] {
        let value = column.decoder.number(lower: lower, count: count, spikes: spikes, row: row)
        column.format!.append(value, to: &bytes)
      }
    }
    bytes.append(UInt8(ascii: "\n"))
  }
}
