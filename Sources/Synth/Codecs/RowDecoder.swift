import NN
import Tables

/// From the codes of a row to the values of its fields.
struct RowDecoder: Sendable {
  /// What a field has in a row.
  enum Value {
    case missing
    case number(Double)
    /// Its content is in ``Scratch/content``.
    case text
  }

  /// What is kept while the fields of a row are decoded one after another.
  struct Scratch {
    /// The numbers of the parts; NaN for what is none.
    var numbers: [Double]
    /// The bytes of a text.
    var content: [UInt8] = []
    fileprivate var parts: [SubfieldValue] = []
    /// What fields have that others are bound by or derived from.
    fileprivate var ordered: [OrderedValue]
  }

  let fields: [Field]
  let decoders: [CellDecoder]
  /// The fields that others are bound by or derived from.
  let referenced: Set<Int>
  /// For each field that is derived, those of its formula.
  private let operands: [Int: [Int]]
  /// Fields that are decoded before the first of a row is written, because one that is derived stands before them.
  private let prepared: [Int]
  private let composition: Philox
  /// For each field that is one, what writes its identifiers.
  private let identifiers: [IdentifierWriter?]

  init(_ generator: Generator, seed: UInt64) {
    fields = generator.fields
    decoders = generator.columns.enumerated().map { CellDecoder($1, column: $0, seed: seed) }
    let operands = generator.fields.operands ?? [:]
    self.operands = operands
    referenced = Set(
      generator.fields.flatMap { field -> [Int] in
        guard case .bound(let coding) = field.coding else { return [] }
        return (coding.lower + coding.upper).map(\.field)
      } + operands.values.joined())
    prepared = RowDecoder.prepared(operands)
    let composition = Philox(seed: seed, purpose: .composition)
    self.composition = composition
    identifiers = generator.fields.enumerated().map { index, field in
      guard case .identifier(let coding) = field.coding else { return nil }
      let words = composition.words(.max, UInt64(index))
      return IdentifierWriter(coding.format, key: UInt64(words[0]) << 32 | UInt64(words[1]))
    }
  }

  private static func prepared(_ operands: [Int: [Int]]) -> [Int] {
    let isEarly = operands.contains { field, operands in operands.contains { $0 > field } }
    guard isEarly, let last = operands.values.joined().max(),
      case .columns(let derived) = DerivationSet.order(operands)
    else { return [] }
    return (0...last).filter { operands[$0] == nil } + derived
  }

  var scratch: Scratch {
    Scratch(
      numbers: Array(repeating: .nan, count: decoders.count),
      ordered: Array(repeating: .none, count: fields.count))
  }

  /// Decodes what fields of the row are derived from, where these stand before it; to be called before the row's first field is
  /// decoded.
  func prepare(row: Int, scratch: inout Scratch, code: (_ part: Int) -> Int) {
    for index in prepared { _ = value(ofField: index, row: row, scratch: &scratch, code: code) }
  }

  /// The value of a field; those before it must have been decoded.
  ///
  /// - Parameters:
  ///   - code: the code of each part in the row.
  ///   - row: the row's number, which all else is drawn by.
  func value(
    ofField index: Int, row: Int, scratch: inout Scratch, code: (_ part: Int) -> Int
  ) -> Value {
    let field = fields[index]
    let random = RowRandom(philox: composition, row: row, field: index)
    scratch.content.removeAll(keepingCapacity: true)
    if let part = field.parts.first, case .word(let word) = decoders[part].cells[code(part)] {
      scratch.ordered[index] = .none
      scratch.numbers[part] = .nan
      if field.coding == .column {
        scratch.content.append(contentsOf: word.utf8)
      } else {
        scratch.content.append(contentsOf: SubfieldWord.text(of: word))
      }
      return .text
    }
    switch field.coding {
    case .masked: return .missing
    case .column:
      let value = value(ofPart: field.parts.lowerBound, row: row, scratch: &scratch, code: code)
      if case .number(let number) = value {
        scratch.ordered[index] = .number(number)
      } else {
        scratch.ordered[index] = .none
      }
      return value
    case .bound(let coding):
      read(field.parts, row: row, scratch: &scratch, code: code)
      let value = coding.compose(scratch.parts[...], values: scratch.ordered, random: random)
      return write(value, ofField: index, to: &scratch)
    case .derived(let coding):
      let operands = operands[index]!
      let number = coding.number { scratch.ordered[operands[$0]].number }
      return write(number.isNaN ? .none : .number(number), ofField: index, to: &scratch)
    case .longitude(let latitude):
      guard case .latitude(let coding) = fields[latitude].coding else { return .missing }
      let cell = text(ofPart: fields[latitude].parts.lowerBound, code: code)
      let random = RowRandom(philox: composition, row: row, field: latitude)
      let place = coding.place(cell, random: random)
      return write(
        place.map { .number($0.longitude) } ?? .none, ofField: index, to: &scratch)
    case .latitude(let coding):
      let cell = text(ofPart: field.parts.lowerBound, code: code)
      let place = coding.place(cell, random: random)
      return write(
        place.map { .number($0.latitude) } ?? .none, ofField: index, to: &scratch)
    case .template(let coding):
      let template = text(ofPart: field.parts.lowerBound, code: code)
      let isThere = coding.compose(template, random: random, to: &scratch.content)
      return isThere ? .text : .missing
    case .dateTime(let coding):
      read(field.parts, row: row, scratch: &scratch, code: code)
      let dateTime = coding.dateTime(scratch.parts[...], random: random)
      return write(
        dateTime.map { .dateTime($0, coding.format) } ?? .none, ofField: index, to: &scratch)
    case .vocabulary(let coding):
      read(field.parts, row: row, scratch: &scratch, code: code)
      return coding.compose(scratch.parts[...], to: &scratch.content) ? .text : .missing
    case .characters(let coding):
      read(field.parts, row: row, scratch: &scratch, code: code)
      let parts = scratch.parts[...]
      return coding.compose(parts, random: random, to: &scratch.content) ? .text : .missing
    case .identifier:
      if let part = field.parts.first, case .missing = decoders[part].cells[code(part)] {
        return .missing
      }
      identifiers[index]!.append(row: row, to: &scratch.content)
      return .text
    }
  }

  /// Keeps the value of a field for others, and writes the bytes of a date.
  private func write(
    _ value: OrderedValue, ofField index: Int, to scratch: inout Scratch
  ) -> Value {
    scratch.ordered[index] = value
    switch value {
    case .none: return .missing
    case .number(let number): return .number(number)
    case .dateTime(let dateTime, let format):
      format.append(dateTime, to: &scratch.content)
      return .text
    }
  }

  private func value(
    ofPart part: Int, row: Int, scratch: inout Scratch, code: (Int) -> Int
  ) -> Value {
    let decoder = decoders[part]
    let code = code(part)
    switch decoder.cells[code] {
    case .missing:
      scratch.numbers[part] = .nan
      return .missing
    case .text(let text), .word(let text):
      scratch.content.append(contentsOf: text.utf8)
      return .text
    case .rare:
      scratch.content.append(contentsOf: CategoryEncoder.rareToken.utf8)
      return .text
    case .value, .pieces, .delta:
      let reference = decoder.referenceColumn.map { scratch.numbers[$0] } ?? .nan
      let number = decoder.number(of: code, row: row, reference: reference)
      scratch.numbers[part] = number
      return .number(number)
    }
  }

  private func text(ofPart part: Int, code: (Int) -> Int) -> SubfieldValue {
    switch decoders[part].cells[code(part)] {
    case .text(let text): .text(text)
    case .rare: .rare
    default: .missing
    }
  }

  /// Reads parts into the scratch's.
  private func read(
    _ parts: Range<Int>, row: Int, scratch: inout Scratch, code: (Int) -> Int
  ) {
    scratch.parts.removeAll(keepingCapacity: true)
    for part in parts {
      let value: SubfieldValue
      switch self.value(ofPart: part, row: row, scratch: &scratch, code: code) {
      case .missing: value = .missing
      case .number(let number): value = .number(number)
      case .text: value = text(ofPart: part, code: code)
      }
      scratch.content.removeAll(keepingCapacity: true)
      scratch.parts.append(value)
    }
  }
}
