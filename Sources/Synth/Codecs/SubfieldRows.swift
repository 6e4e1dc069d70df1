import Tables

/// A table's rows with every field split into its subfields; those of a missing value are marked as missing.
struct SubfieldRows<Source: RowSource>: RowSource {
  private let source: Source
  private let fields: [FittedField]

  /// - Parameters:
  ///   - source: rows whose missing cells are marked.
  ///   - fields: of the source's columns, those that are learnt.
  init(_ source: Source, fields: [FittedField]) {
    self.source = source
    self.fields = fields
  }

  var name: String { source.name }

  var columnNames: [String] {
    fields.flatMap { field in
      field.field.parts.map {
        field.field.coding == .column ? field.field.name : "\(field.field.name) \($0)"
      }
    }
  }

  func forEachBatch(_ body: (FieldBatch) throws -> Void) throws {
    var writer = SubfieldWriter()
    let columnCount = fields.reduce(0) { $0 + $1.field.parts.count }
    try source.forEachBatch { batch in
      writer.removeAll()
      for row in 0..<batch.rowCount {
        for field in fields { split(field, batch, row: row, into: &writer) }
      }
      try writer.withBatch(
        rowCount: batch.rowCount, columnCount: columnCount, firstRow: batch.firstRow, body)
    }
  }

  /// Appends the parts of a field.
  private func split(
    _ field: FittedField, _ batch: FieldBatch, row: Int, into parts: inout SubfieldWriter
  ) {
    if batch.isMissing(row, field.column) {
      return parts.appendMissing(field.field.parts.count)
    }
    let bytes = batch[row, field.column]
    switch field.field.coding {
    case .column: parts.append(bytes)
    case .masked, .longitude, .derived: break
    case .dateTime(let coding): coding.split(bytes, into: &parts)
    case .characters(let coding): coding.split(bytes, into: &parts)
    case .template(let coding): coding.split(bytes, into: &parts)
    case .vocabulary: field.vocabulary?.split(bytes, into: &parts)
    case .identifier(let coding):
      if coding.hasMissing { parts.append(byte: IdentifierCoding.present) }
    case .bound(let coding):
      let base = field.base.map { base -> OrderedValue in
        batch.isMissing(row, base.column)
          ? .none : OrderedValue(batch[row, base.column], format: base.format)
      }
      coding.split(bytes, base: base ?? .none, into: &parts)
    case .latitude:
      if let place = field.place, let cell = place.map.cell(bytes, batch[row, place.longitude]) {
        parts.append(Array(PlaceCoding.name(ofCell: cell).utf8))
      } else {
        parts.appendMissing()
      }
    }
  }
}

/// A field and how it is read.
struct FittedField {
  let field: Field
  /// Its column in the source.
  let column: Int
  /// For a latitude, the cells of the map and the source's column of the longitude.
  let place: (map: PlaceMap, longitude: Int)?
  /// For a bound field, the source's column of its base and the format of its dates.
  let base: (column: Int, format: TemporalFormat?)?
  /// For a large vocabulary, the groups of its levels.
  let vocabulary: VocabularyLookUp?

  init(
    field: Field, column: Int, place: (map: PlaceMap, longitude: Int)? = nil,
    base: (column: Int, format: TemporalFormat?)? = nil
  ) {
    self.field = field
    self.column = column
    self.place = place
    self.base = base
    if case .vocabulary(let coding) = field.coding {
      vocabulary = VocabularyLookUp(coding)
    } else {
      vocabulary = nil
    }
  }
}
