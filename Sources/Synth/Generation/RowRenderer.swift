import Tables

/// From codes to the bytes of CSV rows.
struct RowRenderer: Sendable {
  /// A class, so that looking at a column counts one reference, not those of all that it holds.
  private final class ColumnRenderer: Sendable {
    let decoder: CellDecoder
    let format: NumberFormat?
    /// The finished bytes of codes that always give the same field.
    let fixed: [[UInt8]?]
    /// Whether a later column follows this one's numbers.
    let isFollowed: Bool

    init(_ decoder: CellDecoder, format: NumberFormat?, fixed: [[UInt8]?], isFollowed: Bool) {
      self.decoder = decoder
      self.format = format
      self.fixed = fixed
      self.isFollowed = isFollowed
    }
  }

  private let columns: [ColumnRenderer]
  private let separator: UInt8

  init(_ generator: Generator, seed: UInt64, separator: UInt8) {
    self.separator = separator
    let followed = Set(
      generator.columns.indices.compactMap {
        CellDecoder(generator.columns[$0], column: $0, seed: seed).followedColumn
      })
    let isOnlyColumn = generator.columns.count == 1
    columns = generator.columns.enumerated().map { index, encoder in
      let decoder = CellDecoder(encoder, column: index, seed: seed)
      let format: NumberFormat? =
        if case .number(let number) = encoder.kind { number.format } else { nil }
      let fixed = decoder.cells.indices.map { code -> [UInt8]? in
        var bytes: [UInt8] = []
        switch decoder.cells[code] {
        case .missing:
          appendField(
            encoder.missingSpelling, separator: separator, isOnlyColumn: isOnlyColumn, to: &bytes)
        case .text(let text):
          appendField(text, separator: separator, isOnlyColumn: isOnlyColumn, to: &bytes)
        case .value: format!.append(decoder.number(of: code, row: 0), to: &bytes)
        case .pieces, .following: return nil
        }
        return bytes
      }
      return ColumnRenderer(
        decoder, format: format, fixed: fixed, isFollowed: followed.contains(index))
    }
  }

  /// Room for the numbers of a row that others may follow.
  var scratch: [Double] { Array(repeating: .nan, count: columns.count) }

  /// Appends one row, its line end included.
  ///
  /// - Parameters:
  ///   - codes: the row's codes, `stride` apart, from `offset`.
  ///   - row: the row's number, which positions are drawn by.
  ///   - numbers: ``scratch`` that is used for row after row.
  func append(
    _ codes: [Int32], offset: Int, stride: Int, row: Int, numbers: inout [Double],
    to bytes: inout [UInt8]
  ) {
    for index in columns.indices {
      if index > 0 { bytes.append(separator) }
      let code = Int(codes[offset + index * stride])
      let column = columns[index]
      if let fixed = column.fixed[code] {
        bytes.append(contentsOf: fixed)
        if column.isFollowed { numbers[index] = column.decoder.number(of: code, row: row) }
      } else {
        let followed = column.decoder.followedColumn.map { numbers[$0] } ?? .nan
        numbers[index] = column.decoder.number(of: code, row: row, followed: followed)
        column.format!.append(numbers[index], to: &bytes)
      }
    }
    bytes.append(UInt8(ascii: "\n"))
  }
}
