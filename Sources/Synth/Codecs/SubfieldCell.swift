import Tables

/// The value of a cell in one subfield of its column.
enum SubfieldCell {
  case missing
  /// A value that is never kept.
  case rare
  case number(ParsedNumber)
  /// The nearest number to one that the column cannot represent.
  case nearest(ParsedNumber)
  /// One of a fixed list, such as a group of levels or a place on a map.
  case code(Int)
  /// A letter or digit of a code.
  case character(UInt8)
  /// The cell of the table itself.
  case cell
  /// The cell of the table itself, a word in place of a number or date.
  case word
  /// A text that the writer holds.
  case text(Range<Int>)

  /// A whole number.
  ///
  /// - Parameter isNearest: whether it is the nearest number to one that the column cannot represent.
  static func integer(_ value: Int, isNearest: Bool = false) -> SubfieldCell {
    let number = ParsedNumber(integer: value)
    return isNearest ? .nearest(number) : .number(number)
  }
}

/// The subfields of one column for a batch of rows, row after row.
struct SubfieldWriter {
  private(set) var cells: [SubfieldCell] = []
  private var bytes: [UInt8] = []

  mutating func append(_ cell: SubfieldCell) { cells.append(cell) }

  mutating func append(text: [UInt8]) {
    cells.append(.text(bytes.count..<bytes.count + text.count))
    bytes += text
  }

  mutating func append(_ cell: SubfieldCell, count: Int) {
    for _ in 0..<count { cells.append(cell) }
  }

  mutating func removeAll() {
    cells.removeAll(keepingCapacity: true)
    bytes.removeAll(keepingCapacity: true)
  }

  /// Calls `body` with a text that was appended.
  func withText<Result>(
    _ range: Range<Int>, _ body: (UnsafeBufferPointer<UInt8>) -> Result
  ) -> Result {
    bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[range])) }
  }
}

/// The cells of one row that a codec reads: the cell of its own field and of the fields that it depends on.
struct RowCells {
  let batch: ColumnBatch
  var row = 0
  /// The column of the batch for each field; nil for a field that the table does not have.
  let columns: [Int?]

  /// Whether a field has no value in the row.
  func isMissing(_ field: Int) -> Bool {
    guard let column = columns[field] else { return true }
    return batch.isMissing(row, column)
  }

  /// The bytes of a field, empty where it is missing.
  subscript(field: Int) -> UnsafeBufferPointer<UInt8> {
    guard let column = columns[field] else { return UnsafeBufferPointer(start: nil, count: 0) }
    return batch[row, column]
  }
}

/// The subfields of all fields for a batch of rows.
struct SubfieldBatch {
  private let cells: RowCells
  private let fields: [Field]
  private let writers: [SubfieldWriter]
  /// For each subfield its field and its place in it.
  private let places: [(field: Int, index: Int)]

  fileprivate init(
    cells: RowCells, fields: [Field], writers: [SubfieldWriter],
    places: [(field: Int, index: Int)]
  ) {
    self.cells = cells
    self.fields = fields
    self.writers = writers
    self.places = places
  }

  var rowCount: Int { cells.batch.rowCount }
  var firstRow: Int { cells.batch.firstRow }

  /// Whether a field has no value in a row.
  func isMissing(_ row: Int, field: Int) -> Bool {
    guard let column = cells.columns[field] else { return true }
    return cells.batch.isMissing(row, column)
  }

  /// A subfield in a row.
  func cell(_ row: Int, _ subfield: Int) -> SubfieldCell {
    let place = places[subfield]
    return writers[place.field].cells[row * fields[place.field].parts.count + place.index]
  }

  /// Calls `body` with the bytes of a subfield that is a cell of the table, a word or a text.
  func withBytes<Result>(
    _ row: Int, _ subfield: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result
  ) -> Result {
    let field = places[subfield].field
    if case .text(let range) = cell(row, subfield) {
      return writers[field].withText(range, body)
    }
    guard let column = cells.columns[field] else {
      return body(UnsafeBufferPointer(start: nil, count: 0))
    }
    return body(cells.batch[row, column])
  }

  /// The number of a subfield; nil if it is not a number.
  func number(_ row: Int, _ subfield: Int) -> Double? {
    switch cell(row, subfield) {
    case .number(let number), .nearest(let number): number.value
    case .cell: withBytes(row, subfield) { tableNumber($0)?.value }
    case .character(let byte): SubfieldCell.digit(byte)
    case .missing, .rare, .code, .word, .text: nil
    }
  }
}

extension SubfieldCell {
  /// The value of a digit; nil for letters.
  static func digit(_ byte: UInt8) -> Double? {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      ? Double(byte - UInt8(ascii: "0")) : nil
  }
}

/// Splits the cells of a table into subfields, batch by batch.
struct SubfieldReader {
  private let fields: [Field]
  private let encoders: [any CellEncoder]
  private let columns: [Int?]
  private let places: [(field: Int, index: Int)]

  /// - Parameter columns: the column of the table for each field; nil for absent ones.
  init(_ fields: [Field], columns: [Int?]) {
    self.fields = fields
    self.columns = columns
    encoders = fields.map { $0.codec.encoder }
    places = fields.enumerated().flatMap { index, field in
      field.parts.indices.map { (index, $0 - field.parts.lowerBound) }
    }
  }

  /// Calls `body` with the subfields of every batch.
  ///
  /// - Parameter source: rows with marked missing cells and plain numbers.
  func forEachBatch(of source: some RowSource, _ body: (SubfieldBatch) throws -> Void) throws {
    var writers = fields.map { _ in SubfieldWriter() }
    try source.forEachBatch { batch in
      let cells = RowCells(batch: batch, columns: columns)
      for index in fields.indices {
        writers[index].removeAll()
        encoders[index].encode(
          cells, field: index, count: fields[index].parts.count, into: &writers[index])
      }
      try body(SubfieldBatch(cells: cells, fields: fields, writers: writers, places: places))
    }
  }
}
