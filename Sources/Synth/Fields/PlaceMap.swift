import Foundation
import Tables

/// The cells of a map, each with enough of a table's places in it: the leaves of a tree that halves the places by latitude or
/// longitude, whichever spreads wider (Bentley, "Multidimensional binary search trees used for associative searching", 1975).
package struct PlaceMap {
  /// A place in units of the last decimals.
  package struct Point {
    package var latitude: Int
    package var longitude: Int

    package init(latitude: Int, longitude: Int) {
      self.latitude = latitude
      self.longitude = longitude
    }
  }

  /// The boxes of each cell: parts of it with as many places as may be told of.
  package let cells: [[PlaceCoding.Box]]
  private let tree: PlaceTree
  private let units: PlaceUnits

  /// A cell has at least this many rows, and more where cells would become too many.
  private static let leastCellRows = 20
  private static let mostCells = 1_000

  package init(_ points: [Point], units: PlaceUnits, protection: Protection) {
    self.units = units
    let leastRows = max(
      PlaceMap.leastCellRows, protection.leastRows, points.count / PlaceMap.mostCells)
    var leaves: [ArraySlice<Point>] = []
    tree = PlaceTree(points, units: units, leastRows: leastRows) { leaves.append($0) }
    cells = leaves.map { leaf in
      if leaf.isEmpty { return [] }
      var boxes: [PlaceCoding.Box] = []
      _ = PlaceTree(Array(leaf), units: units, leastRows: protection.leastRows) {
        boxes.append(units.box($0))
      }
      return boxes
    }
  }

  /// The cell of a place.
  package func cell(_ point: Point) -> Int { tree.leaf(of: point) }

  /// The cell of a place; nil where one of the coordinates is no number.
  func cell(
    _ latitude: UnsafeBufferPointer<UInt8>, _ longitude: UnsafeBufferPointer<UInt8>
  ) -> Int? {
    units.point(latitude, longitude).map(cell)
  }
}

/// What latitudes and longitudes are counted in.
package struct PlaceUnits {
  /// Units per degree.
  let latitude: Double
  let longitude: Double

  /// Sides of boxes lie at multiples of about a hundred metres.
  private static let boxDegrees = 0.001

  package init(_ latitude: NumberFormat, _ longitude: NumberFormat) {
    self.latitude = latitude.scale
    self.longitude = longitude.scale
  }

  /// nil where one of the fields is no number of degrees.
  func point(
    _ latitude: UnsafeBufferPointer<UInt8>, _ longitude: UnsafeBufferPointer<UInt8>
  ) -> PlaceMap.Point? {
    guard let north = parseNumber(latitude)?.value, let east = parseNumber(longitude)?.value,
      north.magnitude <= 90, east.magnitude <= 360
    else { return nil }
    return PlaceMap.Point(
      latitude: Int((north * self.latitude).rounded()),
      longitude: Int((east * self.longitude).rounded()))
  }

  /// The smallest box around places whose sides are round numbers.
  func box(_ points: ArraySlice<PlaceMap.Point>) -> PlaceCoding.Box {
    PlaceCoding.Box(
      latitudes: PlaceUnits.range(points.map(\.latitude), scale: latitude),
      longitudes: PlaceUnits.range(points.map(\.longitude), scale: longitude), rows: points.count)
  }

  private static func range(_ values: [Int], scale: Double) -> ClosedRange<Int> {
    let step = max(1, Int((boxDegrees * scale).rounded()))
    let low = Int((Double(values.min()!) / Double(step)).rounded(.down)) * step
    let high = Int((Double(values.max()!) / Double(step)).rounded(.up)) * step
    return low...high
  }
}

extension NumberFormat {
  /// Units of the last decimal per degree.
  var scale: Double { pow(10, Double(min(decimals, 7))) }
}

/// Borders between halves of a set of places.
private struct PlaceTree {
  private struct Node {
    let isLatitude: Bool
    /// The first unit of the upper half.
    let border: Int
    /// The node or, as its complement, the leaf of either half.
    var lower = 0
    var upper = 0
  }

  typealias Point = PlaceMap.Point

  private var nodes: [Node] = []
  private var leafCount = 0

  /// - Parameters:
  ///   - leastRows: neither half of a set may have fewer.
  ///   - onLeaf: called with the places of every leaf, in the order of their numbers.
  init(
    _ points: [Point], units: PlaceUnits, leastRows: Int, onLeaf: (ArraySlice<Point>) -> Void
  ) {
    _ = add(points[...], units: units, leastRows: leastRows, onLeaf: onLeaf)
  }

  private mutating func add(
    _ points: ArraySlice<Point>, units: PlaceUnits, leastRows: Int,
    onLeaf: (ArraySlice<Point>) -> Void
  ) -> Int {
    guard let (isLatitude, border, sorted, half) = PlaceTree.halves(points, units, leastRows) else {
      onLeaf(points)
      leafCount += 1
      return ~(leafCount - 1)
    }
    let index = nodes.count
    nodes.append(Node(isLatitude: isLatitude, border: border))
    nodes[index].lower = add(
      sorted[..<half], units: units, leastRows: leastRows, onLeaf: onLeaf)
    nodes[index].upper = add(
      sorted[half...], units: units, leastRows: leastRows, onLeaf: onLeaf)
    return index
  }

  /// Places in the order of the axis that they spread wider on, and where the upper half begins; nil where no border leaves
  /// enough on either side.
  private static func halves(
    _ points: ArraySlice<Point>, _ units: PlaceUnits, _ leastRows: Int
  ) -> (isLatitude: Bool, border: Int, sorted: ArraySlice<Point>, half: Int)? {
    guard points.count >= 2 * leastRows else { return nil }
    let latitudes = points.map(\.latitude), longitudes = points.map(\.longitude)
    let (south, north) = (latitudes.min()!, latitudes.max()!)
    // Degrees of longitude are shorter the farther from the equator.
    let shortening = cos(Double(south + north) / 2 / units.latitude * .pi / 180)
    let height = Double(north - south) / units.latitude
    let width = Double(longitudes.max()! - longitudes.min()!) / units.longitude * shortening
    for isLatitude in height >= width ? [true, false] : [false, true] {
      let key = isLatitude ? \Point.latitude : \Point.longitude
      let sorted = points.sorted { $0[keyPath: key] < $1[keyPath: key] }
      let middle = sorted[sorted.count / 2][keyPath: key]
      // The values next to the middle: of equal ones all stand on the same side.
      for half in [
        sorted.partitioningIndex { $0[keyPath: key] >= middle },
        sorted.partitioningIndex { $0[keyPath: key] > middle },
      ] where half >= leastRows && sorted.count - half >= leastRows {
        let border = roundest(
          above: sorted[half - 1][keyPath: key], through: sorted[half][keyPath: key])
        return (isLatitude, border, sorted[...], half)
      }
    }
    return nil
  }

  func leaf(of point: Point) -> Int {
    guard !nodes.isEmpty else { return 0 }
    var index = 0
    while index >= 0 {
      let node = nodes[index]
      let value = node.isLatitude ? point.latitude : point.longitude
      index = value < node.border ? node.lower : node.upper
    }
    return ~index
  }
}
