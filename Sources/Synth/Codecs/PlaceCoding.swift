import Tables

/// The codec of latitude and longitude together. The subfield is a cell of the map with enough rows; in a cell, places are drawn from
/// boxes with enough rows each, so that no box shows a single address.
///
/// Cells are the leaves of a tree that halves the rows by latitude or longitude in turn, whichever spreads wider
/// (Bentley, "Multidimensional binary search trees used for associative searching", 1975).
package struct PlaceCoding: ValueEncoder, ValueDecoder {
  /// A rectangle of the map, in units of the last decimals, and the rows in it.
  package struct Box: Codable, Equatable, Sendable {
    package var latitudes: ClosedRange<Int>
    package var longitudes: ClosedRange<Int>
    package var rows: Int
  }

  /// The index of the longitude's field.
  package let longitudeField: Int
  package let latitudeFormat: NumberFormat
  package let longitudeFormat: NumberFormat
  private let latitudeDecimals: CoordinateDecimals
  private let longitudeDecimals: CoordinateDecimals
  /// The boxes of each cell.
  package let cells: [[Box]]
  /// Finds the cell of a place.
  let tree: PlaceTree

  init(
    _ map: PlaceMap, longitudeField: Int, latitude: (NumberFormat, CoordinateDecimals),
    longitude: (NumberFormat, CoordinateDecimals)
  ) {
    self.longitudeField = longitudeField
    (latitudeFormat, latitudeDecimals) = latitude
    (longitudeFormat, longitudeDecimals) = longitude
    cells = map.cells
    tree = map.tree
  }

  var subfieldCount: Int { 1 }

  func encode(_ cells: RowCells, field: Int, into subfields: inout SubfieldWriter) {
    let units = PlaceUnits(latitudeFormat, longitudeFormat)
    guard let point = units.point(cells[field], cells[longitudeField]) else {
      return subfields.append(.missing)
    }
    subfields.append(.code(tree.leaf(of: point)))
  }

  func decode(field: Int, row: Int, in block: inout DecodedBlock) {
    let place = place(field: field, row: row, in: &block)
    block.append(place.map { .number($0.latitude) } ?? .none, field: field)
  }

  func numberFormat(
    in fields: [Field], encoders: ArraySlice<ColumnEncoder>
  ) -> NumberFormat? { latitudeFormat }

  /// Latitude and longitude of the drawn cell; nil if it is missing.
  ///
  /// - Parameter field: the field of the latitude.
  fileprivate func place(
    field: Int, row: Int, in block: inout DecodedBlock
  ) -> (latitude: Double, longitude: Double)? {
    guard case .code(let cell) = block.subfield(block.subfields(of: field).lowerBound, row: row),
      cells.indices.contains(cell), !cells[cell].isEmpty
    else { return nil }
    let random = block.random(field: field, row: row)
    var rows = random.below(max(1, cells[cell].reduce(0) { $0 + $1.rows }), draw: 0)
    let box = cells[cell].first { box in
      rows -= box.rows
      return rows < 0
    }
    let (latitudes, longitudes) = (
      (box ?? cells[cell][0]).latitudes, (box ?? cells[cell][0]).longitudes
    )
    let latitude = latitudes.lowerBound + random.below(latitudes.count, draw: 1)
    let longitude = longitudes.lowerBound + random.below(longitudes.count, draw: 2)
    return (
      latitudeDecimals.coordinate(
        latitude, decimals: latitudeFormat.unitDecimals, isFixed: latitudeFormat.isFixed,
        random: random, draw: 3),
      longitudeDecimals.coordinate(
        longitude, decimals: longitudeFormat.unitDecimals, isFixed: longitudeFormat.isFixed,
        random: random, draw: 6)
    )
  }

  func isConsistent(at index: Int, of fields: [Field]) -> Bool {
    fields.indices.contains(longitudeField) && tree.isConsistent(leafCount: cells.count)
      && fields[longitudeField].coding == .longitude(LongitudeCodec(latitudeField: index))
      && boxesAreConsistent && latitudeDecimals.isConsistent && longitudeDecimals.isConsistent
  }
}

/// The codec of a place's longitude, which is learnt with the latitude.
package struct LongitudeCodec: ValueDecoder, CellEncoder {
  package let latitudeField: Int

  var subfieldCount: Int { 0 }

  func encode(_ cells: RowCells, field: Int, count: Int, into subfields: inout SubfieldWriter) {}

  func decode(field: Int, row: Int, in block: inout DecodedBlock) {
    guard case .latitude(let coding) = block.field(latitudeField).coding else {
      return block.appendMissing(field: field)
    }
    let place = coding.place(field: latitudeField, row: row, in: &block)
    block.append(place.map { .number($0.longitude) } ?? .none, field: field)
  }

  func numberFormat(
    in fields: [Field], encoders: ArraySlice<ColumnEncoder>
  ) -> NumberFormat? {
    if case .latitude(let coding) = fields[latitudeField].coding {
      coding.longitudeFormat
    } else {
      nil
    }
  }

  func isConsistent(at index: Int, of fields: [Field]) -> Bool {
    guard fields.indices.contains(latitudeField),
      case .latitude(let coding) = fields[latitudeField].coding
    else { return false }
    return coding.longitudeField == index
  }
}
