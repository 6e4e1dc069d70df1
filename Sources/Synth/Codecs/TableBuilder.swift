import Tables

/// A drawn table, block after block.
struct TableBuilder {
  private var columns: [ColumnBuilder]

  init(fields: [Field], columns encoders: [ColumnEncoder]) {
    columns = fields.map { field in
      ColumnBuilder(
        field, format: field.codec.numberFormat(in: fields, encoders: encoders[field.parts]),
        hasWords: field.hasWords(encoders[field.parts]))
    }
  }

  mutating func append(_ block: DecodedBlock) {
    for index in columns.indices {
      for row in block.rows { columns[index].append(block.value(field: index, row: row), block) }
    }
  }

  func table() throws -> Table { try Table(columns: columns.map(\.column)) }

  /// The rows that were appended since the last batch, as one.
  mutating func batch(firstRow: Int) -> ColumnBatch {
    let batch = ColumnBatch(firstRow: firstRow, columns: columns.map(\.column))
    for index in columns.indices { columns[index].removeAll() }
    return batch
  }
}

/// A column of a drawn table, cell after cell.
private struct ColumnBuilder {
  private let field: Field
  private let format: NumberFormat?
  /// Whether numbers are texts, because words are between them.
  private let areTexts: Bool
  private var numbers: [Double?] = []
  private var texts: [String?] = []

  /// - Parameter format: the format of the field's numbers; nil for texts.
  init(_ field: Field, format: NumberFormat?, hasWords: Bool) {
    self.field = field
    self.format = format
    areTexts = format == nil || hasWords
  }

  mutating func append(_ value: CellValue, _ block: DecodedBlock) {
    switch value {
    case .number(let number) where areTexts:
      var bytes: [UInt8] = []
      format?.append(number, to: &bytes)
      texts.append(String(decoding: bytes, as: UTF8.self))
    case .number(let number): numbers.append(number)
    case .text(let range):
      texts.append(block.withText(range) { String(decoding: $0, as: UTF8.self) })
    case .missing: if areTexts { texts.append(nil) } else { numbers.append(nil) }
    }
  }

  mutating func removeAll() {
    numbers.removeAll(keepingCapacity: true)
    texts.removeAll(keepingCapacity: true)
  }

  var column: Column {
    let values: Column.Values =
      if let format, !areTexts { .numbers(numbers, format) } else { .texts(texts) }
    return Column(name: field.name, values: values, missingSpelling: field.missingSpelling)
  }
}

extension Field {
  /// Whether rows have words in place of its numbers.
  fileprivate func hasWords(_ encoders: ArraySlice<ColumnEncoder>) -> Bool {
    if case .number(let number)? = encoders.first?.kind { number.words != nil } else { false }
  }
}
