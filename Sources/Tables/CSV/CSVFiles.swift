/// How CSV files are written, and how large their parts may be.
public struct CSVOptions: Sendable {
  /// The byte between fields; nil detects comma, semicolon, tab or bar.
  public var separator: UInt8?
  /// The encoding of files without a byte order mark; nil is UTF-8. A byte order mark decides for itself.
  public var encoding: TextEncoding?
  /// How large their parts may be.
  public var limits: CSVLimits

  /// - Parameters:
  ///   - separator: The byte between fields; nil detects it.
  ///   - encoding: The encoding of files without a byte order mark; nil is UTF-8.
  ///   - limits: How large the parts of a file may be.
  public init(
    separator: UInt8? = nil, encoding: TextEncoding? = nil, limits: CSVLimits = CSVLimits()
  ) {
    self.separator = separator
    self.encoding = encoding
    self.limits = limits
  }
}

/// One or several CSV files with the same header, read as one table.
///
/// Files are plain or gzip; their names do not matter. The text is UTF-8, or UTF-16 with a byte order mark, or has the encoding
/// of ``CSVOptions/encoding``; fields come as UTF-8. Lines end with LF or CRLF; fields are quoted as in RFC 4180. Blank lines at
/// the end are ignored. Files are streamed: memory does not depend on their size, see ``CSVLimits``.
public struct CSVFiles: RowSource {
  /// The name of the first file.
  public let name: String
  /// The header of the files.
  public let columnNames: [String]
  /// The byte between fields, given or detected.
  public let separator: UInt8

  private let files: [InputFile]
  private let encoding: TextEncoding?
  private let limits: CSVLimits

  /// Opens the files and reads their headers.
  ///
  /// - Parameters:
  ///   - paths: One or more files; `-` is standard input. Standard input and pipes are copied to an
  ///     unlinked temporary file while they are read, so that they can be read more than once.
  ///   - options: How the files are written.
  /// - Throws: `TableError` when a file cannot be read or has no proper header, or when the header
  ///   of a further file differs from the first.
  public init(paths: [String], options: CSVOptions = CSVOptions()) throws {
    precondition(!paths.isEmpty, "A table needs at least one file.")
    if let separator = options.separator { try checkSeparator(separator) }
    if paths.count(where: { $0 == "-" }) > 1 { throw TableError.standardInputTwice }
    encoding = options.encoding
    limits = options.limits
    files = try paths.map(InputFile.init(path:))
    let first = try CSVReader(
      files[0], separator: options.separator, encoding: encoding, limits: limits)
    name = files[0].label
    columnNames = first.columnNames
    separator = first.separator
    for file in files.dropFirst() {
      let reader = try CSVReader(file, separator: separator, encoding: encoding, limits: limits)
      try checkHeader(of: file, reader.columnNames)
    }
  }

  /// Reads the files one after another from their start.
  /// - Throws: `TableError` with the place of the error, and errors of `body`.
  public func forEachBatch(_ body: (ColumnBatch) throws -> Void) throws {
    var rowCount = 0
    for file in files {
      let reader = try CSVReader(
        file, separator: separator, encoding: encoding, limits: limits, firstRow: rowCount)
      try checkHeader(of: file, reader.columnNames)
      while let batch = try reader.nextBatch() {
        try body(batch)
        rowCount += batch.rowCount
      }
    }
  }

  private func checkHeader(of file: InputFile, _ names: [String]) throws {
    for index in 0..<max(names.count, columnNames.count) {
      let expected = index < columnNames.count ? columnNames[index] : nil
      let found = index < names.count ? names[index] : nil
      if expected != found {
        throw TableError.differentHeader(
          file: file.label, firstFile: name, number: index + 1, expected: expected, found: found)
      }
    }
  }
}

/// Throws if the byte has another meaning in CSV.
func checkSeparator(_ separator: UInt8) throws {
  let reserved = [CSVByte.quote, CSVByte.lineFeed, CSVByte.carriageReturn, 0]
  if reserved.contains(separator) || separator >= 0x80 {
    throw TableError.invalidSeparator(separator)
  }
}
