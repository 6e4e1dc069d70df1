/// A number of bytes in the largest unit that divides it.
private func byteText(_ count: Int) -> String {
  if count.isMultiple(of: 1 << 20) { return "\(count >> 20) MiB" }
  return count.isMultiple(of: 1 << 10) ? "\(count >> 10) KiB" : "\(count) bytes"
}

extension TableError: CustomStringConvertible {
  /// The place, the error and the remedy in one or two sentences.
  public var description: String {
    switch self {
    case .fileNotFound(let file):
      return "\(file): there is no such file. Check the path."
    case .inputIsDirectory(let file):
      return "\(file) is a folder. Name the CSV files inside it."
    case .unreadable(let file, let reason):
      return "\(file) cannot be read: \(reason). Check its permissions and the disk."
    case .standardInputTwice:
      return "Standard input can be read once only. Name files for the other inputs."
    case .truncatedGzip(let file):
      return "\(file): the compressed data ends too early. Copy or download the file again."
    case .damagedGzip(let file):
      return "\(file): the compressed data is damaged. Copy or download the file again."
    case .emptyFile(let file):
      return "\(file) is empty. A table needs a header line with the column names."
    case .notCSV(let file, let format):
      return "\(file) is \(format.rawValue), not CSV. \(format.remedy)"
    case .utf16(let file, let encoding):
      return "\(file) looks like UTF-16. Use --encoding \(encoding.rawValue), or save it as UTF-8."

    case .emptyColumnName(let table, let number):
      return "\(table): column \(number) has no name in the header. Give it one."
    case .duplicateColumnName(let table, let name, let first, let second):
      return
        "\(table): columns \(first) and \(second) are both named '\(name)'. Rename one of them."
    case .equivalentColumnNames(let table, let name, let first, let second):
      return "\(table): columns \(first) and \(second) are both named '\(name)'."
        + " Their bytes differ, but names are compared in Unicode's canonical form."
        + " Rename one of them."
    case .tooManyColumns(let place, let limit):
      return "\(place): the header has more than \(limit) columns."
        + " Check the separator, or raise the limit with --max-columns."
    case .headerTooLong(let place, let limit):
      return "\(place): the header is longer than \(byteText(limit))."
        + " Check for a missing line break or an unclosed quote, or raise the limit of 1 KiB"
        + " a column with --max-columns."
    case .differentHeader(let file, let firstFile, let number, let expected, let found):
      let expectation = expected.map { "is '\($0)'" } ?? "does not exist"
      let finding = found.map { "is '\($0)'" } ?? "does not exist"
      return "\(file): column \(number) \(finding), but in \(firstFile) it \(expectation)."
        + " Give all files the same columns in the same order."
    case .invalidSeparator(let byte):
      return "The byte \(byte) cannot separate fields."
        + " Choose a character that is neither a quote nor a line break."

    case .raggedRow(let place, let fieldCount, let columnCount):
      let fields = fieldCount == 1 ? "1 field" : "\(fieldCount) fields"
      return "\(place): \(fields), but the header has \(columnCount)."
        + " Check for an unquoted separator or a missing field."
    case .blankLine(let place, let columnCount):
      return "\(place): a blank line, but the header has \(columnCount) columns. Remove the line."
    case .unclosedQuote(let place):
      return "\(place): the quote that opens here is never closed."
        + " Close it, or double the quotes inside the field."
    case .textAfterQuote(let place):
      return "\(place): text follows the closing quote. Double the quotes inside the field."
    case .loneCarriageReturn(let place):
      return "\(place): a carriage return without a line feed."
        + " Save the file with LF or CRLF line ends, or quote the field."
    case .nulByte(let place):
      return "\(place): a zero byte, so this is not UTF-8 text. Save the table as UTF-8 CSV."
    case .invalidText(let place, .utf8):
      return "\(place): the text is not valid UTF-8. It may be Latin-1 (Windows-1252): then use"
        + " --encoding latin-1. Otherwise save the file as UTF-8."
    case .invalidText(let place, let encoding):
      return "\(place): the text is not valid \(encoding.rawValue.uppercased())."
        + " Check --encoding, or save the file as UTF-8."
    case .fieldTooLong(let place, let limit):
      return "\(place): the field is longer than \(byteText(limit))."
        + " Check for an unclosed quote or a missing line break,"
        + " or raise the limit with --max-field-bytes."
    case .rowTooLong(let place, let limit):
      return "\(place): the row is longer than \(byteText(limit)), four of the largest fields."
        + " Check for a missing line break, or raise the limit with --max-field-bytes."
    case .noRows(let table):
      return "\(table) has a header but no rows. Give a table with at least one row."

    case .noColumns:
      return "The table has no columns. Give it at least one."
    case .differentLengths(let firstColumn, let firstCount, let column, let count):
      return "Column '\(column)' has \(count) values, but '\(firstColumn)' has \(firstCount)."
        + " Give all columns the same number of values."

    case .schema(let file, let reason):
      return "\(file) is not a schema: \(reason). Compare it with the output of `likeness schema`."
    case .unknownColumn(let table, let name, let nearest):
      let hint = nearest.map { " Do you mean '\($0)'?" } ?? " Look at its header."
      return "\(table) has no column '\(name)'.\(hint)"
    case .columnDescribedTwice(let name):
      return "The schema describes the column '\(name)' twice. Remove one of them."
    case .unknownKind(let name, let column, let nearest):
      let hint = nearest.map { " Do you mean '\($0)'?" } ?? ""
      return "Column '\(column)': there is no kind '\(name)'.\(hint)"
        + " Kinds are \(ColumnKind.allCases.map(\.rawValue).joined(separator: ", "))."
    case .kindDoesNotFit(let column, let kind, let reason, let detected):
      return "Column '\(column)' cannot be read as \(kind.rawValue): \(reason)."
        + " It looks like \(detected.rawValue): keep that, or choose category or text."
    case .allColumnsExcluded(let table):
      return "\(table): all columns are excluded. Leave at least one."

    case .outputIsDirectory(let path):
      return "\(path) is a folder. Give the name of a file to write."
    case .outputFolderMissing(let path, let folder):
      return "\(path) cannot be written: there is no folder \(folder). Create it first."
    case .outputNotWritable(let path, let number):
      return "\(path) cannot be written: \(systemMessage(number)). \(outputRemedy(number))"
    case .writeFailed(let path, let number):
      return "\(path): writing failed: \(systemMessage(number)). \(outputRemedy(number))"
    }
  }
}
