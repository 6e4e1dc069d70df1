import ArgumentParser
import Tables

/// The user's corrections of what the columns of a table hold.
struct SchemaOptions: ParsableArguments {
  @Option(
    name: .customLong("schema"),
    help: "The kinds of the columns: a file that `likeness schema` wrote, edited or not.",
    completion: .file())
  var path: String?

  @Option(
    name: .customLong("column"), parsing: .singleValue,
    help: ArgumentHelp(
      "The kind of a column, whatever its values look like; repeat for several. Kinds: \(kinds).",
      valueName: "name=kind"))
  var columns: [String] = []

  @Option(
    name: .customLong("exclude"), parsing: .singleValue,
    help: ArgumentHelp("A column to leave out; repeat for several.", valueName: "name"))
  var excluded: [String] = []

  private static var kinds: String {
    ColumnKind.allCases.map(\.rawValue).joined(separator: ", ")
  }

  func validate() throws { _ = try corrections() }

  /// The schema of the file with the corrections; nil if neither was given.
  func schema() throws -> TableSchema? {
    if path == nil && columns.isEmpty && excluded.isEmpty { return nil }
    var schema = try path.map { try TableSchema(contentsOf: $0) } ?? TableSchema()
    for (name, kind) in try corrections() { schema.setKind(kind, ofColumn: name) }
    for name in excluded { schema.exclude(name) }
    return schema
  }

  private func corrections() throws -> [(name: String, kind: ColumnKind)] {
    try columns.map { text in
      guard let equals = text.lastIndex(of: "="), equals > text.startIndex else {
        throw ValidationError("--column is '\(text)'. Write name=kind, for example zip=category.")
      }
      let name = String(text[..<equals])
      do {
        return (
          name, try ColumnKind(named: String(text[text.index(after: equals)...]), ofColumn: name)
        )
      } catch let error as TableError {
        throw ValidationError(error.description)
      }
    }
  }
}
