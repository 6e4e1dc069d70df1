import Tables
import TestSupport
import Testing

/// The program of Tables.docc, in a folder of its own.
@Suite struct DocumentationTests {
  @Test func theExampleRuns() throws {
    let folder = TemporaryFolder()
    _ = folder.file("people.csv", "age,zip\n34,53111\n51,24103\n28,89073\n")
    let files = try CSVFiles(paths: [folder.file("people.csv")])
    let profile = try TableProfile(scanning: files)
    for column in profile.columns {
      print(column.name, column.type, column.missingCount)
    }
    #expect(profile.columns.map(\.name) == ["age", "zip"])

    var schema = try TableSchema(of: files)
    schema.setKind(.category, ofColumn: "zip")
    try schema.check(against: files)
    try schema.write(to: folder.file("schema.json"))
    #expect(schema["zip"]?.kind == .category)

    let first = SelectedRows(files, name: "first rows") { $0 < 2 }
    let writer = try CSVWriter(path: folder.file("first.csv"), columnNames: first.columnNames)
    try first.forEachBatch { try writer.write($0) }
    try writer.finish()
    #expect(try Table(contentsOf: folder.file("first.csv")).rowCount == 2)
  }
}
