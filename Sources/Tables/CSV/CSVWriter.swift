/// Writes rendered rows to a CSV file, gzip when its name ends in `.gz`.
///
/// A file is replaced atomically: it stands under its name only after `finish()`.
public final class CSVWriter: RowSink {
  private enum Destination {
    case file(AtomicFile)
    case standardOutput
  }

  private let destination: Destination
  /// nil for a plain file.
  private var gzip: GzipStream?
  /// Compresses what is not compressed when it is written.
  private lazy var deflater = Deflater()
  private var isInsidePiece = false
  private let separator: UInt8

  /// Opens the output and writes the header.
  ///
  /// - Parameters:
  ///   - path: The file; nil or `-` is standard output.
  ///   - columnNames: The header.
  ///   - separator: The byte between fields.
  /// - Throws: `TableError` when the output cannot be written or the separator is a quote, a line
  ///   break or no ASCII character.
  public init(
    path: String?, columnNames: [String], separator: UInt8 = UInt8(ascii: ",")
  ) throws {
    try checkSeparator(separator)
    self.separator = separator
    if let path, path != "-" {
      destination = .file(try AtomicFile(path: path))
      gzip = path.hasSuffix(".gz") ? GzipStream() : nil
    } else {
      destination = .standardOutput
      gzip = nil
    }
    if gzip != nil { try writeRaw(GzipStream.header) }
    var header: [UInt8] = []
    for (index, name) in columnNames.enumerated() {
      if index > 0 { header.append(separator) }
      appendField(name, separator: separator, to: &header)
    }
    header.append(CSVByte.lineFeed)
    // What looks like a byte order mark, but belongs to the first name, stands behind one: readers skip that.
    if header.starts(with: CSVByte.byteOrderMark) { header = CSVByte.byteOrderMark + header }
    try write(header)
  }

  /// Appends complete rows, each ending with a line feed, its fields rendered by `appendField`.
  /// - Throws: `TableError.writeFailed`.
  public func write(_ renderedRows: UnsafeRawBufferPointer) throws {
    if isCompressed {
      try add(deflater.compress(renderedRows, endsPiece: false))
      isInsidePiece = true
    } else {
      try writeRaw(renderedRows)
    }
  }

  /// Whether the file is gzip: it then also takes rows that another thread has compressed.
  package var isCompressed: Bool { gzip != nil }

  /// Appends a part of a piece of compressed rows to a gzip file. Pieces follow each other whole.
  /// - Throws: `TableError.writeFailed`.
  package func write(_ compressedRows: DeflatedBytes) throws {
    try endPiece()
    try add(compressedRows)
  }

  /// Appends complete rows, each ending with a line feed, its fields rendered by `appendField`.
  /// - Throws: `TableError.writeFailed`.
  public func write(_ renderedRows: [UInt8]) throws {
    try renderedRows.withUnsafeBytes(write)
  }

  /// Appends the rows of a batch.
  /// - Throws: `TableError.writeFailed`.
  public func write(_ batch: ColumnBatch) throws {
    var rows: [UInt8] = []
    for row in 0..<batch.rowCount {
      for column in 0..<batch.columnCount {
        if column > 0 { rows.append(separator) }
        appendField(
          batch.spelling(row, column), separator: separator, isOnlyColumn: batch.columnCount == 1,
          to: &rows)
      }
      rows.append(CSVByte.lineFeed)
    }
    try write(rows)
  }

  /// Completes the file and puts it under its name. Nothing can be written afterwards.
  /// - Throws: `TableError.writeFailed`; nothing new then stands under the name.
  public func finish() throws {
    try endPiece()
    if let gzip { try writeRaw(gzip.end) }
    if case .file(let file) = destination { try file.finish() }
  }

  private func endPiece() throws {
    guard isInsidePiece else { return }
    isInsidePiece = false
    try add(deflater.compress(UnsafeRawBufferPointer(start: nil, count: 0), endsPiece: true))
  }

  private func add(_ part: DeflatedBytes) throws {
    precondition(isCompressed, "the file is not gzip")
    gzip?.add(part)
    try writeRaw(part.bytes)
  }

  private func writeRaw(_ bytes: [UInt8]) throws { try bytes.withUnsafeBytes(writeRaw) }

  private func writeRaw(_ bytes: UnsafeRawBufferPointer) throws {
    switch destination {
    case .file(let file): try file.write(bytes)
    case .standardOutput: try StandardOutput.write(bytes)
    }
  }
}

/// Appends a field, quoted where RFC 4180 asks for it: around separators, quotes and line breaks.
///
/// - Parameters:
///   - field: The content.
///   - separator: The byte between fields.
///   - isOnlyColumn: The table has a single column. An empty field is then quoted, because a blank
///     line at the end of a file is no row.
///   - output: Where the field goes.
public func appendField(
  _ field: UnsafeBufferPointer<UInt8>, separator: UInt8, isOnlyColumn: Bool = false,
  to output: inout [UInt8]
) {
  let needsQuotes = field.contains { byte in
    byte == separator || byte == CSVByte.quote || byte == CSVByte.lineFeed
      || byte == CSVByte.carriageReturn
  }
  guard needsQuotes || (isOnlyColumn && field.isEmpty) else {
    output.append(contentsOf: field)
    return
  }
  output.append(CSVByte.quote)
  for byte in field {
    if byte == CSVByte.quote { output.append(CSVByte.quote) }
    output.append(byte)
  }
  output.append(CSVByte.quote)
}

/// Appends a field, quoted where needed. See the version for bytes.
public func appendField(
  _ field: String, separator: UInt8, isOnlyColumn: Bool = false, to output: inout [UInt8]
) {
  var field = field
  field.withUTF8 {
    appendField($0, separator: separator, isOnlyColumn: isOnlyColumn, to: &output)
  }
}
