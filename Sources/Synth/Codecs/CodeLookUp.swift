import Tables

/// Finds the code of a subfield's value.
struct CodeLookUp {
  /// How a code represents a value.
  enum Result {
    /// The code is that of the value, or of a range that contains it.
    case code(Int)
    /// The code is that of a nearby value.
    case nearest(Int)
    /// The code is that of the lowest or highest numbers, for a number beyond them.
    case beyond(Int)
    case missing(Int)
    /// The model does not know the value. The code is that of rare or missing values, or the first if there is neither.
    case unknown(Int)

    var code: Int {
      switch self {
      case .code(let code), .nearest(let code), .beyond(let code), .missing(let code),
        .unknown(let code):
        code
      }
    }
  }

  private let encoder: ColumnEncoder
  private let tokens: StringInterner
  /// The code of each token.
  private var tokenCodes: [Int] = []
  private var levelCodes: [Int: Int] = [:]
  private let unit: NumberUnit
  private let missingCode: Int
  /// The result for a value without a code.
  private let otherCode: Int

  init(_ encoder: ColumnEncoder) {
    self.encoder = encoder
    var tokens = StringInterner()
    switch encoder.kind {
    case .category(let category):
      for (code, level) in category.levels.enumerated() {
        switch level {
        case .text(var text):
          text.withUTF8 { _ = tokens.insert($0) }
          tokenCodes.append(code)
        case .code(let level): levelCodes[level] = code
        }
      }
      unit = NumberUnit(decimals: 0)
      otherCode = category.rareCode ?? 0
    case .number(let number):
      for (index, var word) in (number.words ?? []).enumerated() {
        word.withUTF8 { _ = tokens.insert($0) }
        tokenCodes.append(number.wordStart + index)
      }
      unit = number.unit
      otherCode = number.missingCode ?? 0
    }
    self.tokens = tokens
    missingCode = encoder.missingCode ?? otherCode
  }

  /// Appends the results of a subfield in all rows of a batch.
  func forEachResult(
    of subfield: Int, in batch: SubfieldBatch, _ body: (_ row: Int, Result) -> Void
  ) {
    switch encoder.kind {
    case .category:
      for row in 0..<batch.rowCount { body(row, category(batch, row, subfield)) }
    case .number(let number):
      for row in 0..<batch.rowCount { body(row, self.number(batch, row, subfield, number)) }
    }
  }

  private func category(_ batch: SubfieldBatch, _ row: Int, _ subfield: Int) -> Result {
    let code: Int?
    switch batch.cell(row, subfield) {
    case .missing: return encoder.missingCode == nil ? .unknown(missingCode) : .missing(missingCode)
    case .rare, .number, .nearest: code = nil
    case .code(let level): code = levelCodes[level]
    case .character(let byte): code = levelCodes[Int(byte)]
    case .cell, .word, .text: code = token(batch, row, subfield)
    }
    return code.map { .code($0) } ?? .unknown(otherCode)
  }

  private func token(_ batch: SubfieldBatch, _ row: Int, _ subfield: Int) -> Int? {
    batch.withBytes(row, subfield, tokens.find).map { tokenCodes[$0] }
  }

  private func number(
    _ batch: SubfieldBatch, _ row: Int, _ subfield: Int, _ encoder: NumberEncoder
  ) -> Result {
    if case .missing = batch.cell(row, subfield) {
      return encoder.hasMissing ? .missing(missingCode) : .unknown(missingCode)
    }
    guard let value = batch.number(row, subfield) else {
      return token(batch, row, subfield).map { .code($0) } ?? .unknown(otherCode)
    }
    let unit = unit.count(value)
    let reference = encoder.delta.flatMap { batch.number(row, $0.column) }
    let code = encoder.code(of: unit, value: value, reference: reference)
    if encoder.binCount == 0, code >= encoder.spikes.count || encoder.spikes[code] != unit {
      return .nearest(code)
    }
    if case .nearest = batch.cell(row, subfield) { return .beyond(code) }
    if code < encoder.rangeCount, !encoder.units(of: code).contains(unit) { return .beyond(code) }
    return .code(code)
  }
}
