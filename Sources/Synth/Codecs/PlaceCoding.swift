import Tables

/// Latitude and longitude together: the part is a cell of the map with enough rows in it, and in a cell places are drawn from
/// boxes that hold enough rows each, so that no box points at one address.
///
/// Cells are the leaves of a tree that halves the rows by latitude or longitude in turn, whichever spreads wider
/// (Bentley, "Multidimensional binary search trees used for associative searching", 1975).
package struct PlaceCoding: Codable, Equatable, Sendable {
  /// A rectangle of the map, in units of the last decimals, and the rows in it.
  package struct Box: Codable, Equatable, Sendable {
    package var latitudes: ClosedRange<Int>
    package var longitudes: ClosedRange<Int>
    package var rows: Int
  }

  /// The column of the longitudes among the fields.
  package let longitudeField: Int
  package let latitudeFormat: NumberFormat
  package let longitudeFormat: NumberFormat
  /// The boxes of each cell.
  package let cells: [[Box]]

  init(
    _ map: PlaceMap, longitudeField: Int, latitudeFormat: NumberFormat,
    longitudeFormat: NumberFormat
  ) {
    self.longitudeField = longitudeField
    self.latitudeFormat = latitudeFormat
    self.longitudeFormat = longitudeFormat
    cells = map.cells
  }
}

extension PlaceCoding {
  /// What the part of a cell is called.
  static func name(ofCell cell: Int) -> String { "c\(cell)" }

  /// Latitude and longitude that a drawn cell gives; nil where it is missing.
  func place(_ part: SubfieldValue?, random: RowRandom) -> (latitude: Double, longitude: Double)? {
    guard case .text(let text) = part, let cell = Int(text.dropFirst()),
      cells.indices.contains(cell), !cells[cell].isEmpty
    else { return nil }
    var row = random.below(max(1, cells[cell].reduce(0) { $0 + $1.rows }), draw: 0)
    let box = cells[cell].first { box in
      row -= box.rows
      return row < 0
    }
    let (latitudes, longitudes) = (
      (box ?? cells[cell][0]).latitudes, (box ?? cells[cell][0]).longitudes
    )
    let latitude = latitudes.lowerBound + random.below(latitudes.count, draw: 1)
    let longitude = longitudes.lowerBound + random.below(longitudes.count, draw: 2)
    return (
      Double(latitude) / latitudeFormat.scale, Double(longitude) / longitudeFormat.scale
    )
  }
}
