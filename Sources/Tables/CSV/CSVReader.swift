/// Reads one CSV file from its start: a header, then batches of rows.
final class CSVReader {
  /// The column names.
  let columnNames: [String]
  /// The byte between fields.
  let separator: UInt8

  private let text: TextBuffer
  private var splitter: CSVSplitter
  /// The index of the next row.
  private var firstRow: Int

  /// Opens the file and reads its header.
  ///
  /// - Parameters:
  ///   - separator: The byte between fields; nil detects it.
  ///   - encoding: The encoding of a file without a byte order mark; nil is UTF-8.
  ///   - firstRow: The index of the first row in a table of several files.
  init(
    _ file: InputFile, separator: UInt8?, encoding: TextEncoding?, limits: CSVLimits,
    firstRow: Int = 0
  ) throws {
    self.firstRow = firstRow
    let stream = try TextStream(file.open(), encoding: encoding, label: file.label)
    text = TextBuffer(stream, label: file.label, capacity: limits.chunkByteCount)
    try text.fill()
    self.separator = try separator ?? text.detectSeparator()
    columnNames = try text.readHeader(
      label: file.label, separator: self.separator, limits: limits)
    text.limit = limits.rowByteCount
    let capacity = max(columnNames.count, 1 << 16)
    splitter = CSVSplitter(
      separator: self.separator, columnCount: columnNames.count,
      fieldByteLimit: limits.fieldByteCount, spans: .allocate(capacity: capacity),
      capacity: capacity)
  }

  deinit { splitter.spans.deallocate() }

  /// The next rows; nil at the end of the file. Valid until the next call.
  func nextBatch() throws -> ColumnBatch? {
    while true {
      if let consumed = try text.split(with: &splitter, columnNames: columnNames) {
        text.consume(to: consumed)
        splitter.unescape(text.bytes)
        defer { firstRow += splitter.rowCount }
        return ColumnBatch(
          bytes: text.bytes, spans: splitter.spans, rowCount: splitter.rowCount,
          columnCount: columnNames.count, firstRow: firstRow)
      }
      if text.isAtEnd { return nil }
      try text.fill()
    }
  }
}

extension TextBuffer {
  /// Cuts the text into rows and checks their encoding.
  ///
  /// - Returns: The offset behind the last row, which is not consumed yet; nil when no row is
  ///   complete, and bytes that are not part of a row are then consumed.
  fileprivate func split(
    with splitter: inout CSVSplitter, columnNames: [String]
  ) throws -> Int? {
    do {
      let consumed = try splitter.split(bytes, from: start, to: end, isLast: isAtEnd)
      guard splitter.rowCount > 0 else {
        consume(to: consumed)
        return nil
      }
      try checkEncoding(to: consumed, splitter, columnNames: columnNames)
      return consumed
    } catch let fault as CSVFault {
      throw error(for: fault, columnNames: columnNames)
    }
  }

  /// Reads the column names and consumes their line.
  fileprivate func readHeader(
    label: String, separator: UInt8, limits: CSVLimits
  ) throws -> [String] {
    let capacity = limits.columnCount
    var splitter = CSVSplitter(
      separator: separator, columnCount: nil, fieldByteLimit: limits.fieldByteCount,
      spans: .allocate(capacity: capacity), capacity: capacity)
    defer { splitter.spans.deallocate() }
    while true {
      let consumed = try split(with: &splitter, columnNames: [])
      if (consumed ?? end) - start > limits.headerByteCount {
        throw TableError.headerTooLong(place(at: start), limit: limits.headerByteCount)
      }
      if let consumed {
        consume(to: consumed)
        splitter.unescape(bytes)
        let names = (0..<splitter.spanCount).map { index in
          let span = splitter.spans[index]
          let field = UnsafeBufferPointer(start: bytes + Int(span.offset), count: Int(span.length))
          return String(decoding: field, as: UTF8.self)
        }
        try checkColumnNames(names, table: label)
        return names
      }
      if isAtEnd { throw TableError.emptyFile(file: label) }
      try fill()
    }
  }

  /// Guesses the separator from the first rows without consuming them.
  fileprivate func detectSeparator() throws -> UInt8 {
    let sampleByteCount = 64 << 10
    while end - start < sampleByteCount && !isAtEnd { try fill() }
    return Tables.detectSeparator(text(to: end), isWhole: isAtEnd)
  }

  private func checkEncoding(
    to offset: Int, _ splitter: CSVSplitter, columnNames: [String]
  ) throws {
    let rows = text(to: offset)
    if let index = firstZero(rows) {
      throw TableError.nulByte(place(at: start + index, splitter, columnNames))
    }
    if let index = firstInvalidUTF8(rows) {
      throw TableError.invalidText(
        place(at: start + index, splitter, columnNames), encoding: encoding)
    }
  }

  private func place(
    at offset: Int, _ splitter: CSVSplitter, _ columnNames: [String]
  ) -> TableError.Place {
    let index = (0..<splitter.spanCount).first { index in
      let span = splitter.spans[index]
      return Int(span.offset) <= offset && offset < span.end
    }
    let column = index.map { columnNames.isEmpty ? $0 : $0 % columnNames.count }
    return place(at: offset, column: column, columnNames)
  }

  private func place(
    at offset: Int, column: Int?, _ columnNames: [String]
  ) -> TableError.Place {
    var place = place(at: offset)
    guard let column else { return place }
    place.columnNumber = column + 1
    if column < columnNames.count { place.columnName = columnNames[column] }
    return place
  }

  private func error(for fault: CSVFault, columnNames: [String]) -> TableError {
    let place = place(at: fault.offset, column: fault.field, columnNames)
    switch fault.kind {
    case .raggedRow(let fieldCount):
      return .raggedRow(
        self.place(at: fault.offset), fieldCount: fieldCount, columnCount: columnNames.count)
    case .blankLines(let count):
      var first = self.place(at: fault.offset)
      first.line -= count
      return .blankLine(first, columnCount: columnNames.count)
    case .unclosedQuote: return .unclosedQuote(place)
    case .textAfterQuote: return .textAfterQuote(place)
    case .loneCarriageReturn: return .loneCarriageReturn(place)
    case .fieldTooLong(let limit): return .fieldTooLong(place, limit: limit)
    case .tooManyColumns(let limit): return .tooManyColumns(place, limit: limit)
    }
  }
}

/// Throws unless every column has a unique name. Names are compared in Unicode's canonical form.
func checkColumnNames(_ names: [String], table: String) throws {
  var numbers: [String: Int] = [:]
  for (index, name) in names.enumerated() {
    if name.isEmpty { throw TableError.emptyColumnName(table: table, number: index + 1) }
    guard let first = numbers.updateValue(index + 1, forKey: name) else { continue }
    guard names[first - 1].utf8.elementsEqual(name.utf8) else {
      throw TableError.equivalentColumnNames(
        table: table, name: name, first: first, second: index + 1)
    }
    throw TableError.duplicateColumnName(
      table: table, name: name, first: first, second: index + 1)
  }
}
