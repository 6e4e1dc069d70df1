/// A format of files that are given in place of CSV by mistake.
public enum FileFormat: String, Sendable, CaseIterable {
  case arrow = "an Arrow or Feather file"
  case avro = "an Avro file"
  case hdf5 = "an HDF5 file"
  case json = "a JSON file"
  case legacyExcel = "an Excel workbook (.xls)"
  case excel = "an Excel workbook (.xlsx)"
  case openDocument = "an OpenDocument spreadsheet (.ods)"
  case orc = "an ORC file"
  case parquet = "a Parquet file"
  case pickle = "a Python pickle"
  case r = "a file of R objects"
  case sas = "a SAS data set"
  case spss = "an SPSS data file"
  case sqlite = "a SQLite database"
  case stata = "a Stata data file"
  case html = "a web page"
  case pdf = "a PDF document"
  case xml = "an XML file"
  case bzip2 = "a bzip2 archive"
  case sevenZip = "a 7-Zip archive"
  case xz = "an xz archive"
  case zip = "a zip archive"
  case zstandard = "a Zstandard archive"

  /// What to do with such a file.
  var remedy: String {
    switch self {
    case .bzip2, .sevenZip, .xz, .zip, .zstandard:
      "Unpack it and give the CSV file inside; a single CSV file may be compressed with gzip."
    case .html, .pdf, .xml: "Get the table that it shows as CSV."
    case .excel, .legacyExcel, .openDocument: "Save the sheet as CSV (UTF-8)."
    case .sqlite: "Export a table as CSV: sqlite3 -csv -header FILE 'select * from TABLE'."
    default: "Export the table as CSV."
    }
  }

  /// The format that the first bytes of a file show; nil if they may be text of a table.
  init?(of head: [UInt8]) {
    let known = Self.signatures.first { head.starts(with: $0.bytes) }
    // A header may begin with such letters: "PAR1,PAR2".
    if let known, Self.isBinary(known.format), !head.contains(where: Self.isControl) { return nil }
    guard var format = known?.format ?? Self.markup(head) else { return nil }
    if format == .zip { format = Self.inZip(head) }
    self = format
  }

  private static func isBinary(_ format: FileFormat) -> Bool {
    [.parquet, .arrow, .r, .spss].contains(format)
  }

  /// Whether a byte is a control character that texts do not have.
  private static func isControl(_ byte: UInt8) -> Bool {
    byte < 0x20 && ![UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r")].contains(byte)
  }

  private static let signatures: [(bytes: [UInt8], format: FileFormat)] =
    [
      (Array("PAR1".utf8), .parquet), (Array("ARROW1".utf8), .arrow), (Array("FEA1".utf8), .arrow),
      (Array("Obj\u{1}".utf8), .avro), (Array("ORC\u{8}".utf8), .orc),
      ([0x89] + Array("HDF\r\n".utf8), .hdf5), (Array("SQLite format 3\0".utf8), .sqlite),
      ([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], .legacyExcel),
      (Array("PK\u{3}\u{4}".utf8), .zip), (Array("PK\u{5}\u{6}".utf8), .zip),
      ([0x80, 0x03], .pickle), ([0x80, 0x04], .pickle), ([0x80, 0x05], .pickle),
      (Array("RDX2\n".utf8), .r), (Array("RDX3\n".utf8), .r), (Array("X\n\0\0".utf8), .r),
      (Array("$FL2".utf8), .spss), (Array("$FL3".utf8), .spss),
      (Array("<stata_dta>".utf8), .stata),
      (Array(repeating: 0, count: 12) + [0xc2, 0xea, 0x81, 0x60], .sas),
      (Array("%PDF-".utf8), .pdf), (Array("7z".utf8) + [0xbc, 0xaf, 0x27, 0x1c], .sevenZip),
      ([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], .xz), ([0x28, 0xb5, 0x2f, 0xfd], .zstandard),
    ] + (1...9).map { (Array("BZh\($0)1AY&SY".utf8), .bzip2) }

  /// What kind of zip archive begins with these bytes: spreadsheets name their parts in the first ones.
  private static func inZip(_ head: [UInt8]) -> FileFormat {
    let text = String(decoding: head, as: UTF8.self)
    if text.contains("opendocument.spreadsheet") { return .openDocument }
    return ["[Content_Types].xml", "xl/", "_rels/.rels", "docProps/"].contains { text.contains($0) }
      ? .excel : .zip
  }

  /// The markup language of a text; nil for other texts. A table's header hardly begins like one.
  private static func markup(_ head: [UInt8]) -> FileFormat? {
    let marked = TextEncoding.marked(head)
    let text = String(decoding: head.dropFirst(marked?.byteCount ?? 0), as: UTF8.self)
      .lowercased()
    let dense = text.prefix(512).filter { !$0.isWhitespace }
    if dense.hasPrefix("<!doctypehtml") || dense.hasPrefix("<html") { return .html }
    if dense.hasPrefix("<?xml") { return .xml }
    let starts = ["{\"", "[{", "[["]
    return starts.contains { dense.hasPrefix($0) } ? .json : nil
  }
}
