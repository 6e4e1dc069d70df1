/// An error in a table or a file, with its place and remedy.
///
/// `description` is the message for the user: the place, the error and the remedy.
public enum TableError: Error, Sendable, Equatable {
  /// A place in a text file. Lines and columns count from 1; the header is line 1.
  public struct Place: Sendable, Equatable {
    /// The file as the user named it.
    public var file: String
    /// The physical line, counting line breaks inside quotes.
    public var line: Int
    /// The number of the column; nil if no column is at fault.
    public var columnNumber: Int?
    /// The name of that column; nil if the header has none for it.
    public var columnName: String?

    /// A place; lines and columns count from 1.
    public init(file: String, line: Int, columnNumber: Int? = nil, columnName: String? = nil) {
      self.file = file
      self.line = line
      self.columnNumber = columnNumber
      self.columnName = columnName
    }
  }

  // MARK: Input files

  /// There is no file of this name.
  case fileNotFound(file: String)
  /// An input is a folder.
  case inputIsDirectory(file: String)
  /// The system refused to open or read the file; `reason` is the system's message.
  case unreadable(file: String, reason: String)
  /// Standard input is named for several inputs, but can be read only once.
  case standardInputTwice
  /// A compressed file ends before its data does.
  case truncatedGzip(file: String)
  /// Compressed data that does not decompress or does not match its checksum.
  case damagedGzip(file: String)
  /// A file without bytes or with blank lines only.
  case emptyFile(file: String)
  /// A file of a well-known format other than CSV.
  case notCSV(file: String, format: FileFormat)
  /// A file that looks like UTF-16 but has no byte order mark, and is read as UTF-8.
  case utf16(file: String, encoding: TextEncoding)

  // MARK: Headers

  /// A column without a name; `number` counts from 1.
  case emptyColumnName(table: String, number: Int)
  /// Two columns of one name; their numbers count from 1.
  case duplicateColumnName(table: String, name: String, first: Int, second: Int)
  /// Two columns whose names have different bytes and one canonical form in Unicode; their numbers count from 1.
  case equivalentColumnNames(table: String, name: String, first: Int, second: Int)
  /// A header of more than `limit` columns; the place is that of the first column too many.
  case tooManyColumns(Place, limit: Int)
  /// A header of more than `limit` bytes.
  case headerTooLong(Place, limit: Int)
  /// A further file whose header differs from that of `firstFile`, first at column `number`.
  /// A side that has no such column is nil.
  case differentHeader(
    file: String, firstFile: String, number: Int, expected: String?, found: String?)
  /// A separator that CSV uses for quotes or line breaks.
  case invalidSeparator(UInt8)

  // MARK: Rows

  /// A row with more or fewer fields than the header.
  case raggedRow(Place, fieldCount: Int, columnCount: Int)
  /// A blank line between the rows of a table of several columns.
  case blankLine(Place, columnCount: Int)
  /// A quoted field that is not closed; the place is that of its opening quote.
  case unclosedQuote(Place)
  /// Text other than a separator or a line end after a closing quote.
  case textAfterQuote(Place)
  /// A carriage return outside quotes without a line feed.
  case loneCarriageReturn(Place)
  /// A zero byte, as in UTF-16 and binary files.
  case nulByte(Place)
  /// Bytes that are not text of the encoding.
  case invalidText(Place, encoding: TextEncoding)
  /// A field of more than `limit` bytes; the place is that of its first byte.
  case fieldTooLong(Place, limit: Int)
  /// A row of more than `limit` bytes.
  case rowTooLong(Place, limit: Int)
  /// A table that has columns but no rows, where rows are needed.
  case noRows(table: String)

  // MARK: Tables in memory

  /// A table without columns.
  case noColumns
  /// A column that is longer or shorter than the first.
  case differentLengths(firstColumn: String, firstCount: Int, column: String, count: Int)

  // MARK: Schemas

  /// A file that is not a schema; `reason` is a clause without a full stop.
  case schema(file: String, reason: String)
  /// A column of a schema or an option that the table does not have; `nearest` is a similar name.
  case unknownColumn(table: String, name: String, nearest: String?)
  /// A column that a schema describes twice.
  case columnDescribedTwice(name: String)
  /// An unknown kind of column; `nearest` is a similar name.
  case unknownKind(name: String, column: String, nearest: String?)
  /// A column whose values are not of the given kind; `reason` is a clause without a full stop.
  case kindDoesNotFit(column: String, kind: ColumnKind, reason: String, detected: ColumnKind)
  /// No column is left to learn from.
  case allColumnsExcluded(table: String)

  // MARK: Output files

  /// An output is a folder.
  case outputIsDirectory(path: String)
  /// The folder of an output does not exist.
  case outputFolderMissing(path: String, folder: String)
  /// The system refused to create the file, with an error number of `errno`.
  case outputNotWritable(path: String, errorNumber: Int32)
  /// Writing, syncing or renaming failed, with an error number of `errno`.
  case writeFailed(path: String, errorNumber: Int32)
}

extension TableError.Place: CustomStringConvertible {
  /// For example `data.csv, line 812, column 'age'`.
  public var description: String {
    if let columnName { return "\(file), line \(line), column '\(columnName)'" }
    if let columnNumber { return "\(file), line \(line), column \(columnNumber)" }
    return "\(file), line \(line)"
  }
}
