import Tables

extension FieldFitter {
  /// Each latitude with its longitude: the first longitude that is left.
  func longitudes(of columns: [Int]) -> [(latitude: Int, longitude: Int)] {
    func isPlace(_ column: Int, _ kind: ColumnKind) -> Bool {
      kinds[column]?.kind == kind
        && [.integer, .decimal].contains(profile.columns[column].type)
        && !isMasked(column)
    }
    return Array(
      zip(
        columns.filter { isPlace($0, .latitude) }, columns.filter { isPlace($0, .longitude) }
      ).map { (latitude: $0, longitude: $1) })
  }

  /// What collects the places of two columns.
  func placePoints(latitude: Int, longitude: Int) -> PlacePoints {
    PlacePoints(
      latitude: latitude, longitude: longitude,
      units: PlaceUnits(
        profile.columns[latitude].numberFormat, profile.columns[longitude].numberFormat),
      rowCount: profile.rowCount)
  }
}

/// The places in two columns of a table.
struct PlacePoints {
  let latitude: Int
  let longitude: Int
  let units: PlaceUnits
  private(set) var points: [PlaceMap.Point] = []
  /// The rows with each number of decimals.
  private var latitudeDecimals: [CountedUnit] = []
  private var longitudeDecimals: [CountedUnit] = []
  /// Of a large table some rows, spread evenly, say where its places are.
  private let step: Int

  private static let mostPlaces = 500_000

  init(latitude: Int, longitude: Int, units: PlaceUnits, rowCount: Int) {
    self.latitude = latitude
    self.longitude = longitude
    self.units = units
    step = max(1, rowCount / PlacePoints.mostPlaces)
  }

  mutating func add(_ batch: ColumnBatch, keys: PrivacyUnits) {
    for row in 0..<batch.rowCount where (batch.firstRow + row).isMultiple(of: step) {
      guard !batch.isMissing(row, latitude), !batch.isMissing(row, longitude),
        let north = parseNumber(batch[row, latitude]),
        let east = parseNumber(batch[row, longitude]), var point = units.point(north, east)
      else { continue }
      point.key = keys.key(ofRow: batch.firstRow + row)
      points.append(point)
      PlacePoints.count(north.decimals, point.key, in: &latitudeDecimals)
      PlacePoints.count(east.decimals, point.key, in: &longitudeDecimals)
    }
  }

  private static func count(_ decimals: Int, _ key: UInt16, in counts: inout [CountedUnit]) {
    var keys = PrivacyUnitSet()
    keys.insert(key)
    let row = CountedUnit(
      unit: decimals, count: 1, tally: RowTally(rows: 1, keys: keys))
    if let index = counts.firstIndex(where: { $0.unit == decimals }) {
      counts[index].add(row)
    } else {
      counts.append(row)
    }
  }

  /// How the latitudes are written.
  func latitudes(
    _ format: NumberFormat, _ policy: ColumnPolicy
  ) -> (NumberFormat, CoordinateDecimals) {
    (format, CoordinateDecimals(latitudeDecimals, format: format, policy: policy))
  }

  /// How the longitudes are written.
  func longitudes(
    _ format: NumberFormat, _ policy: ColumnPolicy
  ) -> (NumberFormat, CoordinateDecimals) {
    (format, CoordinateDecimals(longitudeDecimals, format: format, policy: policy))
  }
}
