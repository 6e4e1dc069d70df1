import Foundation
import Synth
import Tables
import TestSupport
import Testing

@Suite struct PlaceMapTests {
  private let units = PlaceUnits(
    NumberFormat(decimals: 5, isFixed: true), NumberFormat(decimals: 5, isFixed: true))

  private func points(_ count: Int, seed: UInt64) -> [PlaceMap.Point] {
    var random = SplitMix64(seed: seed)
    return (0..<count).map { _ in
      PlaceMap.Point(
        latitude: 4_070_000 + Int(20_000 * random.unit() * random.unit()),
        longitude: -7_390_000 + Int(30_000 * random.unit() * random.unit()))
    }
  }

  /// Whether a place lies between a box's sides as they were before rounding.
  private func isInside(_ unit: Int, _ sides: ClosedRange<Int>) -> Bool {
    let slack = max(100, sides.count / 4)
    return (sides.lowerBound - slack...sides.upperBound + slack).contains(unit)
  }

  @Test(arguments: 0..<20) func cellsAndBoxesHoldEnoughPlaces(_ seed: UInt64) {
    let count = 20 + Int(seed) * 150
    let points = points(count, seed: seed)
    let map = PlaceMap(points, units: units, policy: ColumnPolicy(minimumRows: 6))
    var counts = map.cells.map { _ in 0 }
    // Beyond the sixth from the end nothing is kept of where a place is.
    let latitudes = points.map(\.latitude).sorted(), longitudes = points.map(\.longitude).sorted()
    for point in points {
      let cell = map.cell(point)
      counts[cell] += 1
      let latitude = min(max(point.latitude, latitudes[5]), latitudes[count - 6])
      let longitude = min(max(point.longitude, longitudes[5]), longitudes[count - 6])
      #expect(
        map.cells[cell].contains {
          isInside(latitude, $0.latitudes) && isInside(longitude, $0.longitudes)
        })
    }
    #expect(counts.allSatisfy { $0 >= min(20, count) } && counts.reduce(0, +) == count)
    #expect(zip(counts, map.cells).allSatisfy { $0 == $1.reduce(0) { $0 + $1.rows } })
    for box in map.cells.joined() {
      #expect(box.rows >= 6)
      // Sides lie at thousandths of degrees.
      #expect(
        [box.latitudes, box.longitudes].allSatisfy {
          $0.lowerBound % 100 == 0 && $0.upperBound % 100 == 0
        })
    }
  }

  /// A lone place among others draws no box that shows where it is.
  @Test func aLonePlaceBetweenTowns() {
    for seed in 0..<50 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      let towns = (0..<200).map { row in
        PlaceMap.Point(
          latitude: (row % 2 == 0 ? 4_820_000 : 5_250_000) + Int(random.unit() * 10_000),
          longitude: (row % 2 == 0 ? 1_630_000 : 1_000_000) + Int(random.unit() * 10_000))
      }
      let lone = PlaceMap.Point(latitude: 5_012_345, longitude: 1_154_321)
      let map = PlaceMap(towns + [lone], units: units, policy: ColumnPolicy(minimumRows: 5))
      for box in map.cells.joined() {
        for (sides, place) in [(box.latitudes, lone.latitude), (box.longitudes, lone.longitude)] {
          #expect([sides.lowerBound, sides.upperBound].allSatisfy { abs($0 - place) > 200 })
        }
      }
    }
  }

  /// Both numbers of a drawn place lie in one of the boxes, and those of all boxes are drawn.
  @Test func drawnPlacesLieInBoxes() async throws {
    let points = points(800, seed: 3)
    func degrees(_ unit: Int) -> String { String(format: "%.5f", Double(unit) / 100_000) }
    let table = try Table(columns: [
      Column("latitude", points.map { degrees($0.latitude) }),
      Column("longitude", points.map { degrees($0.longitude) }),
    ])
    let generator = try await Generator.train(on: table, options: quickOptions(epochs: 2))
    guard case .latitude(let coding) = generator.fields[0].coding else {
      Issue.record("latitude and longitude are no place")
      return
    }
    let boxes = coding.cells.flatMap { $0 }
    var counts = boxes.map { _ in 0 }
    let drawn = try generator.drawTable(rows: 4_000, seed: 4)
    for (latitude, longitude) in zip(drawn.columns[0].numbers, drawn.columns[1].numbers) {
      let north = Int((try #require(latitude) * 100_000).rounded())
      let east = Int((try #require(longitude) * 100_000).rounded())
      let inside = boxes.indices.filter {
        boxes[$0].latitudes.contains(north) && boxes[$0].longitudes.contains(east)
      }
      #expect(!inside.isEmpty, "\(north), \(east)")
      for box in inside { counts[box] += 1 }
    }
    #expect(boxes.count > 20 && counts.allSatisfy { $0 > 0 })
  }

  @Test func onePlaceForAll() {
    let place = PlaceMap.Point(latitude: 5_250_000, longitude: 1_340_000)
    let map = PlaceMap(
      Array(repeating: place, count: 100), units: units, policy: ColumnPolicy(minimumRows: 5))
    #expect(map.cells.count == 1 && map.cells[0].count == 1 && map.cell(place) == 0)
    #expect(map.cells[0][0].latitudes == 5_250_000...5_250_000)
  }

  @Test func noPlaces() {
    let map = PlaceMap([], units: units, policy: ColumnPolicy(minimumRows: 5))
    #expect(map.cells.count == 1)
    #expect(map.cell(PlaceMap.Point(latitude: 1, longitude: 2)) == 0)
  }
}
