import Tables

/// A table whose numbers are all spelled plainly, whatever the notation of their columns.
struct PlainNumbers<Source: RowSource>: RowSource {
  private let source: Source
  /// One for each column; nil where there is nothing to change.
  private let notations: [NumberNotation?]

  /// - Parameter profile: that of the source.
  init(_ source: Source, profile: TableProfile) {
    self.source = source
    notations = profile.columns.map(\.numberFormat.notation)
  }

  /// Whether it is spelled as its source.
  var isUnchanged: Bool { notations.allSatisfy { $0 == nil } }

  var name: String { source.name }

  var columnNames: [String] { source.columnNames }

  func forEachBatch(_ body: (FieldBatch) throws -> Void) throws {
    if isUnchanged { return try source.forEachBatch(body) }
    var writer = PartWriter()
    var plain: [UInt8] = []
    try source.forEachBatch { batch in
      writer.removeAll()
      for row in 0..<batch.rowCount {
        for column in notations.indices {
          plain.removeAll(keepingCapacity: true)
          if notations[column]?.appendPlain(batch[row, column], to: &plain) ?? false {
            writer.append(plain)
          } else {
            writer.append(batch[row, column])
          }
        }
      }
      try writer.withBatch(
        rowCount: batch.rowCount, columnCount: notations.count, firstRow: batch.firstRow, body)
    }
  }
}
