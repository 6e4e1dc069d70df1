import Foundation
import Tables

/// The cells of a map, each with enough of a table's places in it: the leaves of a tree that halves the places by latitude or
/// longitude, whichever spreads wider (Bentley, "Multidimensional binary search trees used for associative searching", 1975).
package struct PlaceMap {
  /// A place in units of the last decimals.
  package struct Point {
    package var latitude: Int
    package var longitude: Int
    /// The key of the row: see `PrivacyUnits`.
    var key: UInt16 = 0

    package init(latitude: Int, longitude: Int) {
      self.latitude = latitude
      self.longitude = longitude
    }

    fileprivate var tally: RowTally {
      var keys = PrivacyUnitSet()
      keys.insert(key)
      return RowTally(rows: 1, keys: keys)
    }
  }

  /// The boxes of each cell: parts of it with enough places each.
  package let cells: [[PlaceCoding.Box]]
  let tree: PlaceTree
  private let units: PlaceUnits

  /// The fewest rows of a cell; cells have more rows if there would be too many cells.
  private static let leastCellRows = 20
  private static let mostCells = 1_000

  package init(_ points: [Point], units: PlaceUnits, policy: ColumnPolicy) {
    self.units = units
    let points = PlaceMap.clipped(points, minimumRows: policy.minimumRows)
    let minimumRows = max(PlaceMap.leastCellRows, points.count / PlaceMap.mostCells)
    var leaves: [ArraySlice<Point>] = []
    tree = PlaceTree(
      points, units: units, minimumRows: max(minimumRows, policy.minimumRows), policy: policy
    ) { leaves.append($0) }
    cells = leaves.map { leaf in
      var boxes: [PlaceCoding.Box] = []
      guard leaf.isPublishable(policy) else { return boxes }
      _ = PlaceTree(
        Array(leaf), units: units, minimumRows: policy.minimumRows, policy: policy
      ) { boxes.append(units.box($0)) }
      return boxes
    }
  }

  /// The places, clamped to the protected range of each axis.
  private static func clipped(_ points: [Point], minimumRows: Int) -> [Point] {
    var points = points
    for axis in [\Point.latitude, \Point.longitude] {
      let sorted = points.sorted { $0[keyPath: axis] < $1[keyPath: axis] }
      let published = sorted.lazy.map(\.tally).publishable(by: minimumRows)
      guard let low = sorted[published].first, let high = sorted[published].last else { return [] }
      let range = low[keyPath: axis]...high[keyPath: axis]
      for index in points.indices {
        points[index][keyPath: axis] = points[index][keyPath: axis].clamped(to: range)
      }
    }
    return points
  }

  /// The cell of a place.
  package func cell(_ point: Point) -> Int { tree.leaf(of: point) }
}

extension Collection<PlaceMap.Point> {
  /// Whether these are the places of enough rows.
  fileprivate func isPublishable(_ policy: ColumnPolicy) -> Bool {
    lazy.map(\.tally).prefixLength(sharedBy: policy.minimumRows) != nil
  }
}

/// The units of latitudes and longitudes.
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

  /// nil if one of the fields is not a number of degrees.
  func point(
    _ latitude: UnsafeBufferPointer<UInt8>, _ longitude: UnsafeBufferPointer<UInt8>
  ) -> PlaceMap.Point? {
    point(parseNumber(latitude), parseNumber(longitude))
  }

  /// nil if one of the numbers is missing or no number of degrees.
  func point(_ latitude: ParsedNumber?, _ longitude: ParsedNumber?) -> PlaceMap.Point? {
    guard let north = latitude?.value, let east = longitude?.value,
      north.magnitude <= 90, east.magnitude <= 360
    else { return nil }
    return PlaceMap.Point(
      latitude: Int((north * self.latitude).rounded()),
      longitude: Int((east * self.longitude).rounded()))
  }

  /// A box around places whose sides are round numbers: the wider it is the rounder, so that none shows where a lone place is.
  func box(_ points: ArraySlice<PlaceMap.Point>) -> PlaceCoding.Box {
    PlaceCoding.Box(
      latitudes: PlaceUnits.range(points.map(\.latitude), scale: latitude),
      longitudes: PlaceUnits.range(points.map(\.longitude), scale: longitude), rows: points.count)
  }

  /// Sides are multiples of at least a tenth of what lies between them, at most a quarter.
  private static func range(_ values: [Int], scale: Double) -> ClosedRange<Int> {
    let (least, greatest) = (values.min()!, values.max()!)
    let finest = max(1, Int((boxDegrees * scale).rounded()))
    // One, two, five, ten, twenty and so on of the finest.
    let most = max(1, (greatest - least) / (4 * finest))
    var step = finest
    while most * finest >= 10 * step { step *= 10 }
    step *= [5, 2].first { most * finest >= $0 * step } ?? 1
    // Wide boxes are rounded to the nearest, so that they do not reach far into empty areas.
    let low = (Double(least) / Double(step)).rounded(step > finest ? .toNearestOrEven : .down)
    let high = (Double(greatest) / Double(step)).rounded(step > finest ? .toNearestOrEven : .up)
    return Int(low) * step...Int(high) * step
  }
}

extension NumberFormat {
  /// The decimals of a unit of degrees: those of the column, down to about a centimetre.
  var unitDecimals: Int { min(decimals, 7) }
  /// Units per degree.
  var scale: Double { pow(10, Double(unitDecimals)) }
}

/// Borders between halves of a set of places.
struct PlaceTree: Codable, Equatable, Sendable {
  private struct Node: Codable, Equatable, Sendable {
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
  ///   - minimumRows: neither half of a set may have fewer.
  ///   - policy: each half needs enough privacy units.
  ///   - onLeaf: called with the places of every leaf, in the order of their numbers.
  init(
    _ points: [Point], units: PlaceUnits, minimumRows: Int, policy: ColumnPolicy,
    onLeaf: (ArraySlice<Point>) -> Void
  ) {
    _ = add(
      points[...], units: units, minimumRows: minimumRows, policy: policy, onLeaf: onLeaf)
  }

  private mutating func add(
    _ points: ArraySlice<Point>, units: PlaceUnits, minimumRows: Int, policy: ColumnPolicy,
    onLeaf: (ArraySlice<Point>) -> Void
  ) -> Int {
    guard
      let (isLatitude, border, sorted, half) = PlaceTree.halves(
        points, units, minimumRows, policy)
    else {
      onLeaf(points)
      leafCount += 1
      return ~(leafCount - 1)
    }
    let index = nodes.count
    nodes.append(Node(isLatitude: isLatitude, border: border))
    nodes[index].lower = add(
      sorted[..<half], units: units, minimumRows: minimumRows, policy: policy, onLeaf: onLeaf)
    nodes[index].upper = add(
      sorted[half...], units: units, minimumRows: minimumRows, policy: policy, onLeaf: onLeaf)
    return index
  }

  /// Places in the order of the axis on which they spread wider, and the start of the upper half; nil if no border leaves
  /// enough on both sides.
  private static func halves(
    _ points: ArraySlice<Point>, _ units: PlaceUnits, _ minimumRows: Int, _ policy: ColumnPolicy
  ) -> (isLatitude: Bool, border: Int, sorted: ArraySlice<Point>, half: Int)? {
    guard points.count >= 2 * minimumRows else { return nil }
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
      // The values next to the middle; equal values stay on the same side.
      for half in [
        sorted.partitioningIndex { $0[keyPath: key] >= middle },
        sorted.partitioningIndex { $0[keyPath: key] > middle },
      ]
      where half >= minimumRows && sorted.count - half >= minimumRows
        && sorted[..<half].isPublishable(policy) && sorted[half...].isPublishable(policy)
      {
        let border = roundest(
          above: sorted[half - 1][keyPath: key], through: sorted[half][keyPath: key])
        return (isLatitude, border, sorted[...], half)
      }
    }
    return nil
  }

  /// Whether every branch of a tree from a file ends at one of a number of leaves.
  func isConsistent(leafCount: Int) -> Bool {
    nodes.enumerated().allSatisfy { index, node in
      [node.lower, node.upper].allSatisfy { child in
        child >= 0 ? (index + 1..<nodes.count).contains(child) : ~child < leafCount
      }
    } && (!nodes.isEmpty || leafCount > 0)
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
