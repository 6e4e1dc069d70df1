import NN
import Tables

/// Turns the codes of drawn rows into the cells of their columns.
struct TableDecoder: Sendable {
  let fields: [Field]
  let decoders: [CellDecoder]
  fileprivate let codecs: [any Codec]
  /// The fields in an order in which each comes after those that it depends on.
  private let order: [Int]
  /// Whether another field depends on a field.
  fileprivate let isOperand: [Bool]
  /// The fields that each field depends on.
  fileprivate let operands: [[Int]]
  fileprivate let composition: Philox
  /// For each field that is an identifier, what writes new ones.
  fileprivate let identifiers: [IdentifierWriter?]
  /// For each field whose rare values are replaced by made-up ones, what writes them.
  fileprivate let rareValues: [RareValueWriter?]

  init(fields: [Field], columns: [ColumnEncoder], seed: UInt64) {
    self.fields = fields
    decoders = columns.enumerated().map { CellDecoder($1, column: $0, seed: seed) }
    codecs = fields.map(\.codec)
    let operands = codecs.map { $0.operands(in: fields) }
    self.operands = operands
    var isOperand = fields.map { _ in false }
    for field in operands.joined() { isOperand[field] = true }
    self.isOperand = isOperand
    let derived = fields.operands ?? [:]
    if case .columns(let last) = DerivationSet.order(derived) {
      order = fields.indices.filter { derived[$0] == nil } + last
    } else {
      order = Array(fields.indices)
    }
    let composition = Philox(seed: seed, purpose: .composition)
    self.composition = composition
    identifiers = fields.enumerated().map { index, field in
      guard case .identifier(let codec) = field.coding else { return nil }
      return IdentifierWriter(codec.format, key: composition.key(ofField: index))
    }
    rareValues = fields.enumerated().map { index, field in
      RareValueWriter(field, columns: columns, key: composition.key(ofField: index))
    }
  }

  /// Whether another field depends on a field.
  func isOperand(_ field: Int) -> Bool { isOperand[field] }

  /// Whether other values are made up in place of a field's rare ones.
  func makesUpRareValues(_ field: Int) -> Bool { rareValues[field] != nil }

  /// Room for the cells of a block.
  ///
  /// - Parameter isDecoded: which fields are wanted; others are left out.
  func block(where isDecoded: (Int) -> Bool = { _ in true }) -> DecodedBlock {
    DecodedBlock(self, fields: order.filter(isDecoded))
  }
}

/// What a field has in a row.
enum CellValue {
  case missing
  case number(Double)
  /// Bytes of the block: see ``DecodedBlock/withText(_:_:)``.
  case text(Range<Int>)
}

/// The cells of some drawn rows, column by column.
struct DecodedBlock {
  private let decoder: TableDecoder
  /// Those that are decoded, in an order in which each comes after those that it depends on.
  private let decodedFields: [Int]
  private(set) var rows = 0..<0
  private var codes: [Int32] = []
  private var offset = 0
  private var values: [[CellValue]]
  /// The values of fields that others depend on.
  private var ordered: [[OrderedValue]]
  /// The numbers of subfields; NaN for values that are not numbers.
  private var numbers: [[Double]]
  /// The texts of the block, one after another.
  private var bytes: [UInt8] = []

  fileprivate init(_ decoder: TableDecoder, fields: [Int]) {
    self.decoder = decoder
    decodedFields = fields
    values = decoder.fields.map { _ in [] }
    ordered = values.map { _ in [] }
    numbers = decoder.decoders.map { _ in Array(repeating: .nan, count: Sampler.blockRows) }
  }

  /// Decodes some rows of a drawn block.
  ///
  /// - Parameters:
  ///   - codes: the codes of the block, ``Sampler/blockRows`` for each subfield.
  ///   - rows: the numbers of the wanted rows.
  ///   - first: the number of the block's first row.
  mutating func decode(_ codes: [Int32], rows: Range<Int>, first: Int) {
    self.codes = codes
    self.rows = rows
    offset = first
    bytes.removeAll(keepingCapacity: true)
    for field in decodedFields {
      values[field].removeAll(keepingCapacity: true)
      ordered[field].removeAll(keepingCapacity: true)
      decoder.codecs[field].decode(field: field, in: &self)
    }
  }

  // MARK: Cells

  /// The value of a field in a row.
  func value(field: Int, row: Int) -> CellValue { values[field][row - rows.lowerBound] }

  /// Calls `body` with a text of the block.
  func withText<Result>(
    _ range: Range<Int>, _ body: (UnsafeBufferPointer<UInt8>) -> Result
  ) -> Result {
    bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[range])) }
  }

  mutating func appendMissing(field: Int) { append(.missing, .none, field) }

  mutating func append(number: Double, field: Int) {
    append(.number(number), .number(number), field)
  }

  mutating func append(text: some Sequence<UInt8>, field: Int) {
    let start = bytes.count
    bytes.append(contentsOf: text)
    append(.text(start..<bytes.count), .none, field)
  }

  /// Appends what stands in place of a rare value.
  mutating func appendRare(field: Int, row: Int) {
    guard let writer = decoder.rareValues[field] else {
      return append(text: CategoryEncoder.rareToken.utf8, field: field)
    }
    let random = random(field: field, row: row)
    appendText(field: field) {
      writer.append(random, to: &$0)
      return true
    }
  }

  /// Appends the text that `write` appends to the given bytes; a missing cell if it returns false.
  mutating func appendText(field: Int, _ write: (inout [UInt8]) -> Bool) {
    let start = bytes.count
    guard write(&bytes) else { return appendMissing(field: field) }
    append(.text(start..<bytes.count), .none, field)
  }

  mutating func append(_ value: OrderedValue, field: Int) {
    switch value {
    case .none: appendMissing(field: field)
    case .number(let number): append(number: number, field: field)
    case .dateTime(let dateTime, let format):
      let start = bytes.count
      format.append(dateTime, to: &bytes)
      append(.text(start..<bytes.count), value, field)
    }
  }

  private mutating func append(_ value: CellValue, _ order: OrderedValue, _ field: Int) {
    values[field].append(value)
    if decoder.isOperand(field) { ordered[field].append(order) }
  }

  /// The fields that a field depends on: see ``Codec/operands(in:)``.
  func operands(of field: Int) -> [Int] { decoder.operands[field] }

  /// The value of a field that this one depends on in a row, for comparison and arithmetic.
  func operand(_ field: Int, row: Int) -> OrderedValue { ordered[field][row - rows.lowerBound] }

  // MARK: Subfields

  func subfields(of field: Int) -> Range<Int> { decoder.fields[field].parts }
  func field(_ index: Int) -> Field { decoder.fields[index] }

  /// The random numbers that a field needs in addition to its subfields.
  func random(field: Int, row: Int) -> RowRandom {
    RowRandom(philox: decoder.composition, row: row, field: field)
  }

  func identifierWriter(of field: Int) -> IdentifierWriter? { decoder.identifiers[field] }

  private func code(_ subfield: Int, row: Int) -> Int {
    Int(codes[subfield * Sampler.blockRows + row - offset])
  }

  private func cell(_ subfield: Int, row: Int) -> CellDecoder.Cell {
    decoder.decoders[subfield].cells[code(subfield, row: row)]
  }

  /// The word in place of a field's value; nil if there is none.
  func word(field: Int, row: Int) -> String? {
    guard let first = subfields(of: field).first, case .word(let word) = cell(first, row: row)
    else { return nil }
    return word
  }

  /// The value of a subfield in a row.
  mutating func subfield(_ subfield: Int, row: Int) -> SubfieldValue {
    numbers[subfield][row - offset] = .nan
    switch cell(subfield, row: row) {
    case .missing: return .missing
    case .rare: return .rare
    case .code(let code): return .code(code)
    case .text(let text), .word(let text): return .text(text)
    case .value, .pieces, .delta:
      let decoder = decoder.decoders[subfield]
      let reference = decoder.referenceColumn.map { numbers[$0][row - offset] } ?? .nan
      let number = decoder.number(of: code(subfield, row: row), row: row, reference: reference)
      numbers[subfield][row - offset] = number
      return .number(number)
    }
  }

  /// The lowest number that a subfield can have; nil if it has no numbers.
  func lowest(_ subfield: Int) -> Double? { decoder.decoders[subfield].lowest }

  /// The values of a field's subfields in a row.
  mutating func subfields(of field: Int, row: Int) -> [SubfieldValue] {
    subfields(of: field).map { subfield($0, row: row) }
  }
}

extension Philox {
  /// A random number for the identifiers of a field.
  fileprivate func key(ofField field: Int) -> UInt64 {
    let words = words(.max, UInt64(field))
    return UInt64(words[0]) << 32 | UInt64(words[1])
  }
}
