import NN
import Tables

/// Decides how the columns of a table are taken apart.
struct FieldFitter {
  private let schema: TableSchema
  private let profile: TableProfile
  private let protections: [Protection]

  /// - Parameters:
  ///   - schema: what the columns are; that of the table.
  ///   - protections: one for each column of the table.
  init(_ schema: TableSchema, profile: TableProfile, protections: [Protection]) {
    self.schema = schema
    self.profile = profile
    self.protections = protections
  }

  /// The fields of a table's columns that are not excluded.
  ///
  /// - Throws: what reading throws: places are looked for in the table itself.
  func fields(
    _ source: some RowSource, missingValues: MissingValues
  ) throws -> [FittedField] {
    var fields: [FittedField] = []
    let columns = schema.columns.indices.filter { !schema.columns[$0].isExcluded }
    let longitudes = self.longitudes(of: columns)
    var partCount = 0
    func add(_ column: Int, _ coding: FieldCoding, place: (map: PlaceMap, longitude: Int)? = nil) {
      let parts = partCount..<partCount + coding.partCount
      partCount = parts.upperBound
      fields.append(
        FittedField(
          field: Field(
            name: schema.columns[column].name, kind: schema.columns[column].kind,
            missingSpelling: profile.columns[column].missingSpelling, coding: coding, parts: parts),
          column: column, place: place))
    }
    for column in columns {
      if let latitude = longitudes.firstIndex(where: { $0.longitude == column }) {
        add(column, .longitude(ofField: columns.firstIndex(of: longitudes[latitude].latitude)!))
      } else if let longitude = longitudes.first(where: { $0.latitude == column })?.longitude {
        let map = try placeMap(
          source, latitude: column, longitude: longitude, missingValues: missingValues)
        add(
          column,
          .latitude(
            PlaceCoding(
              map, longitudeField: columns.firstIndex(of: longitude)!,
              latitudeFormat: profile.columns[column].numberFormat,
              longitudeFormat: profile.columns[longitude].numberFormat)),
          place: (map, longitude))
      } else {
        add(column, coding(of: column))
      }
    }
    return fields
  }

  /// Each latitude with the longitude that belongs to it: the first one left.
  private func longitudes(of columns: [Int]) -> [(latitude: Int, longitude: Int)] {
    func isPlace(_ column: Int, _ kind: ColumnKind) -> Bool {
      schema.columns[column].kind == kind
        && [.integer, .decimal].contains(profile.columns[column].type)
        && !protections[column].masks(valueCount(of: column))
    }
    return Array(
      zip(
        columns.filter { isPlace($0, .latitude) }, columns.filter { isPlace($0, .longitude) }
      ).map { (latitude: $0, longitude: $1) })
  }

  private func valueCount(of column: Int) -> Int {
    profile.rowCount - profile.columns[column].missingCount
  }

  private func coding(of column: Int) -> FieldCoding {
    let profile = profile.columns[column]
    let isMasked = protections[column].masks(valueCount(of: column))
    switch schema.columns[column].kind {
    case .date, .time, .timestamp:
      guard
        let format = TemporalFormat(
          detecting: profile.levels.map(\.text), named: profile.name)
      else { return .column }
      return isMasked
        ? .masked
        : .moment(MomentCoding(format, levels: profile.levels, protection: protections[column]))
    case .pattern:
      return TextPattern(detecting: profile.levels).flatMap(CharacterCoding.init)
        .map { isMasked ? .masked : .characters($0) } ?? .column
    case .text:
      return isMasked
        ? .masked
        : .template(TemplateCoding(levels: profile.levels, protection: protections[column]))
    case .identifier:
      return .identifier(IdentifierCoding(profile))
    case .boolean, .category, .integer, .decimal, .latitude, .longitude, .constant, .empty:
      return .column
    }
  }

  /// The cells of the places in two columns.
  private func placeMap(
    _ source: some RowSource, latitude: Int, longitude: Int, missingValues: MissingValues
  ) throws -> PlaceMap {
    let units = PlaceUnits(
      profile.columns[latitude].numberFormat, profile.columns[longitude].numberFormat)
    var points: [PlaceMap.Point] = []
    // Of a large table some rows, spread evenly, say where its places are.
    let step = max(1, profile.rowCount / FieldFitter.mostPlaces)
    try source.forEachBatch { batch in
      for row in 0..<batch.rowCount where (batch.firstRow + row).isMultiple(of: step) {
        let fields = (batch[row, latitude], batch[row, longitude])
        guard !missingValues.contains(fields.0), !missingValues.contains(fields.1),
          let point = units.point(fields.0, fields.1)
        else { continue }
        points.append(point)
      }
    }
    return PlaceMap(points, units: units, protection: protections[latitude])
  }

  private static let mostPlaces = 500_000
}
