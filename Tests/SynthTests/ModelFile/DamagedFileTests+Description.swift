import Foundation
import Synth
import Tables
import TestSupport
import Testing

/// Descriptions that are complete, but contradict themselves.
extension DamagedFileTests {
  @Test func otherVersions() async throws {
    var file = try ModelFile(await bytes())
    for version in [0, 1, -1, 1_000_000] {
      var description = try file.description
      description["version"] = version
      try file.describe(description)
      try expectRefused(file, "The model has format \(version), this program reads format 10.")
    }
    for version in ["2", 1.5, NSNull(), [1]] as [Any] {
      var description = try file.description
      description["version"] = version
      try file.describe(description)
      try expectRefused(file, "The model's description cannot be read.")
    }
    file.metadata["likeness"] = "{\"version\":1"
    try expectRefused(file, "The model's description cannot be read.")
  }

  private static let contradiction = "The model's description contradicts itself."

  /// Every key at the top is needed and has its type.
  @Test func descriptionsWithoutAKey() async throws {
    let file = try ModelFile(await bytes())
    let description = try file.description
    for key in description.keys where key != "version" {
      for value in [nil, NSNull(), "text", -1.5] as [Any?] {
        var changed = description
        changed[key] = value
        var changedFile = file
        try changedFile.describe(changed)
        try expectRefused(changedFile, Self.contradiction, "\(key) is \(value ?? "missing")")
      }
    }
  }

  /// Changes the description of the category (0) or the number (1) at one place.
  private func expectRefused(
    _ file: ModelFile, column: Int, _ path: [String], _ value: Any,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    var description = try file.description
    var columns = try #require(description["columns"] as? [[String: Any]])
    columns[column] = try replacing(path[...], with: value, in: columns[column])
    description["columns"] = columns
    var changed = file
    try changed.describe(description)
    try expectRefused(
      changed, Self.contradiction, "\(path) is \(value)", sourceLocation: sourceLocation)
  }

  @Test func columnsThatContradictThemselves() async throws {
    let file = try ModelFile(await bytes())
    let columns = try #require(try file.description["columns"] as? [[String: Any]])
    let counts = try columns.map { try #require($0["counts"] as? [Int]) }
    // Counts: too few, too many, negative, not those of the rows, too large to add up.
    for column in 0..<2 {
      var moved = counts[column]
      moved[0] += 1
      var negative = counts[column]
      negative[0] += negative[1] + 1
      negative[1] = -1
      var huge = counts[column]
      huge[0] = Int.max
      huge[1] = Int.max
      for wrong in [
        [], Array(counts[column].dropLast()), counts[column] + [0], moved, negative, huge,
      ] {
        try expectRefused(file, column: column, ["counts"], wrong)
      }
    }
    let number = ["kind", "number", "_0"]
    let edges = try #require(
      (columns[1]["kind"] as? [String: [String: [String: Any]]])?["number"]?["_0"]?["edges"]
        as? [Int])
    var swapped = edges
    swapped.swapAt(0, 1)
    var doubled = edges
    doubled[1] = doubled[0]
    var far = edges
    far[far.count - 1] = Int.max
    for wrong in [swapped, doubled, far, Array(edges.reversed()), [], Array(edges.dropLast())] {
      try expectRefused(file, column: 1, number + ["edges"], wrong)
    }
    try expectRefused(file, column: 1, number + ["spikes"], [3, 2])
    for decimals in [301, -301, Int.max, Int.min] {
      try expectRefused(file, column: 1, number + ["unitDecimals"], decimals)
    }
    let digits: [[String: Any]] = [
      ["digits": 0, "decades": [0, 1]], ["digits": 18, "decades": [0, 1]],
      ["digits": 3, "decades": [1, 0]], ["digits": 3, "decades": [-325, 0]],
      ["digits": 3, "decades": [0, 309]], ["digits": 3, "decades": [Int.min, Int.max]],
      // Too many numbers to be counted.
      ["digits": 17, "decades": [-300, 300]],
      // Fewer than the edges count.
      ["digits": 1, "decades": [0, 0]],
    ]
    for wrong in digits {
      var changed = try #require(
        (columns[1]["kind"] as? [String: [String: [String: Any]]])?["number"]?["_0"])
      changed["significantDigits"] = wrong
      try expectRefused(file, column: 1, number, changed)
    }
    let notations: [[String: Any]] = [
      ["digits": 0], ["digits": 18],
      [
        "digits": 3,
        "scientific": [
          "minimumDigits": 18, "exponentDigits": 1, "hasPlus": true, "hasUppercase": true,
        ],
      ],
      [
        "digits": 3,
        "scientific": [
          "minimumDigits": 1, "exponentDigits": 4, "hasPlus": true, "hasUppercase": true,
        ],
      ],
      [
        "digits": 3,
        "scientific": [
          "minimumDigits": 1, "exponentDigits": 1, "hasPlus": true, "hasUppercase": true,
          "plainDecades": [Int.min, 0],
        ],
      ],
    ]
    for wrong in notations {
      try expectRefused(
        file, column: 1, number + ["format"],
        ["decimals": 1, "minimumDecimals": 1, "significant": wrong])
    }
    try expectRefused(file, column: 1, number + ["hasMissing"], false)
    for words in [[], ["one more than there are codes"], Array(repeating: "x", count: 101)] {
      var changed = try #require(
        (columns[1]["kind"] as? [String: [String: [String: Any]]])?["number"]?["_0"])
      changed["words"] = words
      try expectRefused(file, column: 1, number, changed)
    }
    try expectRefused(
      file, column: 1, number + ["format"],
      ["decimals": 1, "minimumDecimals": 1, "notation": ["prefix": "5"]])
    try expectRefused(
      file, column: 1, number + ["format"], ["decimals": -1, "minimumDecimals": -1])
    try expectRefused(file, column: 1, number + ["format"], ["decimals": 1, "minimumDecimals": 2])
    try expectRefused(
      file, column: 1, number + ["format"], ["decimals": 1_000_000, "minimumDecimals": 0])
    try expectRefused(file, column: 0, ["kind", "category", "_0", "levels"], [String]())
    try expectRefused(file, column: 0, ["kind", "category", "_0", "hasRare"], true)
    try expectRefused(file, column: 0, ["type"], "integer")
    try expectRefused(file, column: 1, ["type"], "category")
    try expectRefused(file, column: 1, ["type"], "complex")
  }

  @Test func fieldsThatContradictThemselves() async throws {
    let file = try ModelFile(await bytes())
    let fields = try #require(try file.description["fields"] as? [[String: Any]])
    func refuse(_ key: String, _ value: Any, ofField field: Int = 1) throws {
      var (changed, description) = (file, try file.description)
      var fields = fields
      fields[field][key] = value
      description["fields"] = fields
      try changed.describe(description)
      changed.sign()
      #expect(try outcome(changed.encoded()) != .accepted, "\(key): \(value)")
    }
    try refuse("name", fields[0]["name"]!)
    try refuse("name", "")
    try refuse("kind", "colour")
    try refuse("parts", [0, 1])
    try refuse("parts", [1, 3])
    try refuse("parts", [2, 1])
    try refuse("coding", ["masked": [String: Any]()])
    try refuse("coding", ["longitude": ["_0": ["latitudeField": 0]]])
    try refuse("coding", ["longitude": ["_0": ["latitudeField": -1]]])
    try refuse("coding", ["longitude": ["_0": ["latitudeField": Int.max]]])
  }

  @Test func positionsThatCannotBe() async throws {
    let file = try ModelFile(await bytes())
    let columns = try #require(try file.description["columns"] as? [[String: Any]])
    let number = try #require(
      (columns[1]["kind"] as? [String: [String: [String: Any]]])?["number"]?["_0"])
    let histogram = try #require(number["histogram"] as? [String: [Int]])
    let starts = try #require(histogram["starts"])
    let place = ["kind", "number", "_0"]
    for (key, wrong) in [
      ("starts", Array(starts.reversed())), ("starts", Array(starts.dropFirst())), ("starts", []),
      ("starts", [starts[0] - 1] + starts.dropFirst()), ("startCounts", [1]),
      ("startCounts", starts.map { _ in -1 }), ("startCounts", starts.map { _ in Int.max }),
      ("values", [Int.max]), ("values", [starts[0]]), ("valueCounts", [5]),
    ] {
      try expectRefused(file, column: 1, place + ["histogram", key], wrong)
    }
    // Columns that are no numbers, come later or are not there, and steps that are none.
    for (column, steps) in [(0, [0]), (1, [0]), (2, [0]), (-1, [0]), (0, []), (0, [99])] {
      var changed = number
      changed["delta"] = ["column": column, "steps": steps]
      try expectRefused(file, column: 1, place, changed)
    }
  }

  /// Units so small or numbers so large that a value would be none.
  @Test func numbersBeyondFloat64() async throws {
    let file = try ModelFile(await bytes())
    let columns = try #require(try file.description["columns"] as? [[String: Any]])
    let old = try #require(
      (columns[1]["kind"] as? [String: [String: [String: Any]]])?["number"]?["_0"])
    let edges = try #require(old["edges"] as? [Int])
    var number = old
    number["unitDecimals"] = -300
    number["edges"] = edges.indices.map { (1 << 53) + $0 }
    try expectRefused(file, column: 1, ["kind", "number", "_0"], number)
  }

  @Test func columnsWithoutCodes() async throws {
    let file = try ModelFile(await bytes())
    var description = try file.description
    var columns = try #require(description["columns"] as? [[String: Any]])
    columns[0]["kind"] = [
      "category": ["_0": ["levels": [String](), "hasRare": false, "hasMissing": false]]
    ]
    columns[0]["counts"] = [Int]()
    description["columns"] = columns
    var changed = file
    try changed.describe(description)
    try expectRefused(changed, Self.contradiction)
    description["columns"] = [Any]()
    try changed.describe(description)
    try expectRefused(changed, Self.contradiction)
  }

  @Test func plansThatCannotBe() async throws {
    let file = try ModelFile(await bytes())
    let wrong: [(String, Any)] = [
      ("dropout", -0.5), ("dropout", 1), ("modelSize", "huge"), ("order", "none"),
      ("batchSize", 0), ("epochs", -1), ("heldOutCount", -1), ("heldOutCount", 61), ("seed", -1),
      ("learningRate", 0), ("learningRate", 1e60), ("weightDecay", -1), ("weightDecay", 10),
      ("foldCount", 0), ("foldCount", 6), ("foldCount", Int.max), ("refits", false),
      ("epochs", 100_001), ("batchSize", 65_537), ("learningRate", 1.5),
    ]
    for (key, value) in wrong {
      var description = try file.description
      description["plan"] = try replacing(
        [key], with: value, in: try #require(description["plan"] as? [String: Any]))
      var changed = file
      try changed.describe(description)
      try expectRefused(changed, Self.contradiction, "\(key) is \(value)")
    }
    for (key, value) in [
      ("rowCount", 0), ("rowCount", -60), ("rowCount", 61), ("rowCount", 1 << 31),
      ("rows.bestEpoch", Int.min), ("rows.bestEpoch", 0), ("rows.bestEpoch", 2),
      ("rows.history", [["epoch": 2, "trainingLoss": 1.5, "heldOutLoss": 1.5]]),
      ("conditionals.bestEpoch", 0),
    ] as [(String, Any)] {
      var description = try file.description
      let parts = key.split(separator: ".").map(String.init)
      if parts.count == 2 {
        // Weights without conditionals have the training of the others.
        let part = description[parts[0]] ?? description["rows"]
        description[parts[0]] = (part as? [String: Any])?.merging([parts[1]: value]) { $1 }
      } else {
        description[key] = value
      }
      var changed = file
      try changed.describe(description)
      try expectRefused(changed, Self.contradiction, "\(key) is \(value)")
    }
  }
}
