import Foundation
import Synth
import Tables
import TestSupport
import Testing

/// Fields of a model file whose numbers cannot be: refused before a row is drawn.
@Suite struct DamagedFieldTests {
  private let folder = TemporaryFolder()

  /// A field of each coding that has numbers: a moment, bounded moments and numbers, a place, a code.
  private func file() async throws -> ModelFile {
    var random = SplitMix64(seed: 53)
    func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &random) }
    let starts = (0..<100).map { _ in below(28) }
    let lows = (0..<100).map { _ in below(90) }
    let table = try Table(columns: [
      Column("start", starts.map { "2024-01-\($0 < 9 ? "0" : "")\($0 + 1)" }),
      Column("end", starts.map { "2024-03-\($0 < 9 ? "0" : "")\($0 + 1)" }),
      Column("low", lows), Column("high", lows.map { $0 + below(9) }),
      Column("latitude", (0..<100).map { _ in "52.\(10_000 + below(80_000))" }),
      Column("longitude", (0..<100).map { _ in "13.\(10_000 + below(80_000))" }),
      Column("code", (0..<100).map { _ in "A\(10 + below(90))-\(100 + below(900))" }),
    ])
    var options = quickOptions(epochs: 1)
    options.reading.constraints = [
      Constraint(.inequality(lower: "start", upper: "end", isStrict: false)),
      Constraint(.inequality(lower: "low", upper: "high", isStrict: false)),
      Constraint(.range(column: "start", lower: "2024-01-01", upper: "2024-01-31")),
    ]
    for (name, kind) in [
      ("latitude", ColumnKind.latitude), ("longitude", .longitude), ("code", .pattern),
    ] {
      options.reading.schema.setKind(kind, ofColumn: name)
    }
    return try ModelFile(await Generator.train(on: table, options: options).fileBytes())
  }

  private func isAccepted(_ file: ModelFile) throws -> Bool {
    var file = file
    file.sign()
    let path = folder.file("damaged")
    try file.encoded().write(to: URL(fileURLWithPath: path))
    do {
      _ = try Generator(contentsOf: path).drawTable(rows: 65, threadCount: 1)
      return true
    } catch SynthError.modelFile(_, "The model's description contradicts itself.") {
      return false
    }
  }

  @Test func numbersThatCannotBe() async throws {
    let file = try await file()
    let fields = try #require(try file.description["fields"] as? [[String: Any]])
    func expect(_ isValid: Bool, _ field: Int, _ path: [String], _ value: Any) throws {
      var (changed, description, fields) = (file, try file.description, fields)
      fields[field] = try replacing(path[...], with: value, in: fields[field])
      description["fields"] = fields
      try changed.describe(description)
      #expect(try isAccepted(changed) == isValid, "\(path) is \(value)")
    }
    try expect(false, 0, ["minimumRows"], 0)

    let dateTime = ["coding", "dateTime", "_0"]
    try expect(true, 0, dateTime + ["limits"], [19_700, 19_800])
    for limits in [[0, 1 << 62], [-1 << 62, 0], [Int.min, Int.max], [1, 0]] {
      try expect(false, 0, dateTime + ["limits"], limits)
    }
    for days in [[0, 3_000_000], [-800_000, 0], [Int.min, Int.max]] {
      try expect(false, 0, dateTime + ["days"], days)
    }

    let bound = ["coding", "bound", "_0"]
    for ticks in [0, -1, 7, 1_439, 86_400_001, Int.max] {
      try expect(false, 1, bound + ["scale"], ["ticks": ["perDay": ticks]])
    }
    try expect(false, 1, bound + ["scale"], ["decimals": ["_0": 0]])
    try expect(true, 3, bound + ["scale"], ["decimals": ["_0": 2]])
    for decimals in [-301, 301, Int.min, Int.max] {
      try expect(false, 3, bound + ["scale"], ["decimals": ["_0": decimals]])
    }
    var vast = try #require(
      (fields[3]["coding"] as? [String: [String: [String: Any]]])?["bound"]?["_0"])
    vast["scale"] = ["decimals": ["_0": -300]]
    vast["range"] = [0, 1 << 60]
    try expect(false, 3, ["coding"], ["bound": ["_0": vast]])

    var place = try #require(
      (fields[4]["coding"] as? [String: [String: [String: Any]]])?["latitude"]?["_0"])
    func expect(_ isValid: Bool, cells: [[Any]], nodes: [[String: Any]] = []) throws {
      place["cells"] = cells
      place["tree"] = ["nodes": nodes, "leafCount": cells.count] as [String: Any]
      try expect(isValid, 4, ["coding"], ["latitude": ["_0": place]])
    }
    for (latitudes, rows) in [
      ([0, 100_000_000], 9), ([-100_000_000, 0], 9), ([Int.min, Int.max], 9), ([0, 1], 0),
      ([0, 1], 1 << 32),
    ] {
      let box: [String: Any] = ["latitudes": latitudes, "longitudes": [0, 1], "rows": rows]
      try expect(false, cells: [[box]])
    }
    let cells = [
      [["latitudes": [0, 9_000_000], "longitudes": [0, 1], "rows": 9] as [String: Any]]
    ]
    try expect(true, cells: cells)
    func node(_ lower: Int, _ upper: Int) -> [String: Any] {
      ["isLatitude": true, "border": 5, "lower": lower, "upper": upper]
    }
    try expect(true, cells: cells + cells, nodes: [node(~0, ~1)])
    for (lower, upper) in [(0, ~1), (~0, 1), (~0, ~2), (Int.min, ~1), (~0, Int.max)] {
      try expect(false, cells: cells + cells, nodes: [node(lower, upper)])
    }

    let positions = ["coding", "characters", "_0", "pattern", "positions"]
    let digit = ["free": ["_0": 1]]
    // Letters beyond F alone are no class, and longer codes have no pattern.
    try expect(false, 6, positions, [["free": ["_0": 4]]])
    try expect(false, 6, positions, Array(repeating: digit, count: 25))
    try expect(
      false, 6, positions, [digit] + Array(repeating: ["literal": ["_0": 65]], count: 64))
  }
}
