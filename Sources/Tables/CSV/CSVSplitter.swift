/// An error in the format of a CSV file: its kind, its offset in the buffer, and the field of its row, from 0.
struct CSVFault: Error {
  enum Kind {
    case raggedRow(fieldCount: Int)
    /// The number of blank lines before the row at the offset.
    case blankLines(count: Int)
    case unclosedQuote
    case textAfterQuote
    case loneCarriageReturn
    case fieldTooLong(limit: Int)
    /// A header with too many columns; the field is the first beyond the limit.
    case tooManyColumns(limit: Int)
  }

  var kind: Kind
  var offset: Int
  var field = 0
}

/// Splits bytes into fields: the spans of all complete rows in a buffer.
///
/// An incomplete row at the end of the buffer is left for the next call, which sees it again from its start.
/// Therefore doubled quotes stay unchanged until ``unescape(_:)``.
struct CSVSplitter {
  /// The fields of the rows of the last `split`, row-major.
  let spans: UnsafeMutablePointer<FieldSpan>
  private(set) var rowCount = 0
  private(set) var spanCount = 0

  private let capacity: Int
  private let separator: UInt8
  /// The number of fields a row must have; nil reads a single row, a header, of as many as the spans hold.
  private let columnCount: Int?
  private let fieldByteLimit: Int
  /// Indices of the spans with doubled quotes.
  private var escapedSpans: [Int] = []
  /// Blank lines, which are errors only if another row follows.
  private var blankLineCount = 0

  /// A splitter that writes its results to `spans`, which the caller has allocated with `capacity`.
  init(
    separator: UInt8, columnCount: Int?, fieldByteLimit: Int,
    spans: UnsafeMutablePointer<FieldSpan>, capacity: Int
  ) {
    precondition(capacity >= columnCount ?? 1, "The spans of a row must fit the capacity.")
    self.separator = separator
    self.columnCount = columnCount
    self.fieldByteLimit = fieldByteLimit
    self.spans = spans
    self.capacity = capacity
  }

  /// Fills `spans` with the complete rows of `base[start..<end]`, as many as fit.
  ///
  /// - Parameters:
  ///   - base: The buffer; at least eight more bytes than `end` can be read.
  ///   - isLast: No more bytes follow; the last byte is then a line feed.
  /// - Returns: The offset behind the last complete row.
  mutating func split(
    _ base: UnsafePointer<UInt8>, from start: Int, to end: Int, isLast: Bool
  ) throws(CSVFault) -> Int {
    rowCount = 0
    spanCount = 0
    escapedSpans.removeAll(keepingCapacity: true)
    var position = start
    while position < end {
      if base[position] == CSVByte.lineFeed {
        blankLineCount += 1
        position += 1
        continue
      }
      if base[position] == CSVByte.carriageReturn {
        if position + 1 == end { break }
        if base[position + 1] == CSVByte.lineFeed {
          blankLineCount += 1
          position += 2
          continue
        }
      }
      guard try flushBlankLines(before: position) else { break }
      guard spanCount + (columnCount ?? 0) <= capacity,
        let next = try splitRow(base, from: position, to: end, isLast: isLast)
      else { break }
      position = next
      if columnCount == nil { break }
    }
    return position
  }

  /// Replaces doubled quotes by single quotes in place, in the rows of the last `split`.
  func unescape(_ base: UnsafeMutablePointer<UInt8>) {
    for index in escapedSpans {
      // SAFETY: the span lies in the buffer, and writing never overtakes reading.
      let content = base + Int(spans[index].offset)
      let length = spans[index].length
      var read = 0
      var written = 0
      while read < length {
        let byte = content[read]
        content[written] = byte
        written += 1
        read += byte == CSVByte.quote ? 2 : 1
      }
      spans[index] = FieldSpan(offset: Int(spans[index].offset), length: written)
    }
  }

  /// Turns the blank lines before a row into empty fields if the table has a single column.
  /// - Returns: false when the spans are full.
  private mutating func flushBlankLines(before offset: Int) throws(CSVFault) -> Bool {
    guard blankLineCount > 0 else { return true }
    guard let columnCount else {
      blankLineCount = 0
      return true
    }
    guard columnCount == 1 else {
      throw CSVFault(kind: .blankLines(count: blankLineCount), offset: offset)
    }
    let emptyCount = min(blankLineCount, capacity - spanCount)
    (spans + spanCount).update(repeating: FieldSpan(offset: 0, length: 0), count: emptyCount)
    spanCount += emptyCount
    rowCount += emptyCount
    blankLineCount -= emptyCount
    return blankLineCount == 0
  }

  /// Splits one row; nil if the buffer ends before the row does.
  private mutating func splitRow(
    _ base: UnsafePointer<UInt8>, from start: Int, to end: Int, isLast: Bool
  ) throws(CSVFault) -> Int? {
    // SAFETY: `offset` stays below `end`, the scanner reads at most seven bytes beyond it, and a
    // span is written only while the row has fewer than `limit` fields, which fit the capacity.
    let limit = columnCount ?? capacity
    let row = spans + spanCount
    let escapedCount = escapedSpans.count
    var scanner = StructureScanner(base, from: start, to: end, separator: separator)
    var field = 0
    var fieldStart = start
    while true {
      let span: FieldSpan
      let offset: Int
      if fieldStart < end && base[fieldStart] == CSVByte.quote {
        var hasEscapes = false
        guard
          let close = closingQuote(base, from: fieldStart + 1, to: end, hasEscapes: &hasEscapes)
        else {
          try checkLength(end - fieldStart - 1, ofField: field, at: fieldStart)
          if isLast { throw CSVFault(kind: .unclosedQuote, offset: fieldStart, field: field) }
          break
        }
        span = FieldSpan(offset: fieldStart + 1, length: close - fieldStart - 1)
        if hasEscapes { escapedSpans.append(spanCount + field) }
        scanner.restart(at: close + 1)
        offset = scanner.next()
        if offset != close + 1 {
          if close + 1 >= end { break }
          throw CSVFault(kind: .textAfterQuote, offset: close, field: field)
        }
      } else {
        offset = scanner.next()
        span = FieldSpan(offset: fieldStart, length: min(offset, end) - fieldStart)
      }
      try checkLength(Int(span.length), ofField: field, at: fieldStart)
      if offset >= end { break }
      if columnCount == nil && field == capacity {
        throw CSVFault(kind: .tooManyColumns(limit: capacity), offset: fieldStart, field: field)
      }

      if field < limit { row[field] = span }
      field += 1
      if base[offset] == separator {
        fieldStart = offset + 1
        continue
      }
      guard let next = try lineEnd(base, at: offset, to: end, field: field - 1) else { break }
      if let columnCount, field != columnCount {
        throw CSVFault(kind: .raggedRow(fieldCount: field), offset: start)
      }
      spanCount += field
      rowCount += 1
      return next
    }
    escapedSpans.removeLast(escapedSpans.count - escapedCount)
    return nil
  }

  /// What follows the line end at an offset; nil when the buffer ends within it.
  @inline(__always)
  private func lineEnd(
    _ base: UnsafePointer<UInt8>, at offset: Int, to end: Int, field: Int
  ) throws(CSVFault) -> Int? {
    guard base[offset] == CSVByte.carriageReturn else { return offset + 1 }
    if offset + 1 == end { return nil }
    guard base[offset + 1] == CSVByte.lineFeed else {
      throw CSVFault(kind: .loneCarriageReturn, offset: offset, field: field)
    }
    return offset + 2
  }

  /// Refuses a field of too many bytes, even if the buffer does not hold all of it.
  @inline(__always)
  private func checkLength(
    _ count: Int, ofField field: Int, at offset: Int
  ) throws(CSVFault) {
    if count > fieldByteLimit {
      throw CSVFault(kind: .fieldTooLong(limit: fieldByteLimit), offset: offset, field: field)
    }
  }
}
