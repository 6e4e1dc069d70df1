import Tables

/// From the bytes of a field to its code.
struct CodeLookUp {
  private let encoder: ColumnEncoder
  private let tokens: StringInterner
  private let unit: NumberUnit
  /// What a field gets that no code describes.
  private let otherCode: UInt16

  init(_ encoder: ColumnEncoder) {
    self.encoder = encoder
    var tokens = StringInterner()
    switch encoder.kind {
    case .category(let category):
      for level in category.levels {
        var level = level
        level.withUTF8 { _ = tokens.insert($0) }
      }
      unit = NumberUnit(decimals: 0)
      otherCode = UInt16(category.rareCode ?? 0)
    case .number(let number):
      for var word in number.words ?? [] { word.withUTF8 { _ = tokens.insert($0) } }
      unit = number.unit
      otherCode = UInt16(number.missingCode ?? 0)
    }
    self.tokens = tokens
  }

  private func number(_ batch: FieldBatch, _ row: Int, _ column: Int) -> Double? {
    batch.isMissing(row, column) ? nil : tableNumber(batch[row, column])?.value
  }

  /// Appends the codes of a column's cells, of which missing ones are marked, and to `inexactRows` the rows whose number has that of another; counts the rows with words
  /// that have no code.
  func append(
    _ batch: FieldBatch, column: Int, to codes: inout [UInt16], inexactRows: inout [Int32],
    hiddenRows: inout Int
  ) {
    // What depends on the column alone is looked at once, not for every field.
    let missingCode = encoder.missingCode.map { UInt16($0) } ?? otherCode
    switch encoder.kind {
    case .category:
      for row in 0..<batch.rowCount {
        if batch.isMissing(row, column) {
          codes.append(missingCode)
        } else {
          codes.append(tokens.find(batch[row, column]).map { UInt16($0) } ?? otherCode)
        }
      }
    case .number(let number):
      for row in 0..<batch.rowCount {
        let field = batch[row, column]
        if batch.isMissing(row, column) {
          codes.append(missingCode)
        } else if let parsed = tableNumber(field) {
          let unit = unit.count(parsed.value)
          let reference = number.delta.flatMap { self.number(batch, row, $0.column) }
          let code = number.code(of: unit, value: parsed.value, reference: reference)
          if number.binCount == 0, code >= number.spikes.count || number.spikes[code] != unit {
            inexactRows.append(Int32(batch.firstRow + row))
          }
          codes.append(UInt16(code))
        } else if let word = tokens.find(field) {
          codes.append(UInt16(number.wordStart + word))
        } else {
          codes.append(otherCode)
          hiddenRows += 1
        }
      }
    }
  }
}
