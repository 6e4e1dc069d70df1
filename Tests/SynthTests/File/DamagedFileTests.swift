import Foundation
import Synth
import Tables
import TestSupport
import Testing

/// Files that are no models, or not whole ones: refused with a message, never read in part.
@Suite struct DamagedFileTests {
  private let folder = TemporaryFolder()

  private func bytes() async throws -> Data {
    var random = SplitMix64(seed: 51)
    let table = try Table(columns: [
      Column("a", (0..<60).map { _ in "v\(Int(random.unit() * 3))" }),
      Column("b \"ä\"", (0..<60).map { _ in random.unit() < 0.2 ? nil : Int(random.unit() * 900) }),
    ])
    return try await Generator.train(on: table, options: quickOptions(epochs: 1)).fileBytes()
  }

  private enum Outcome: Equatable {
    case accepted
    case refused(String)
    case notAModel
  }

  /// What reading these bytes gives; any other error than those that are promised is thrown on.
  private func outcome(_ bytes: Data) throws -> Outcome {
    let path = folder.path + "/" + UUID().uuidString
    try bytes.write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    do {
      let generator = try Generator(contentsOf: path)
      // What is accepted must be usable.
      _ = try generator.generate(rows: 65, threadCount: 1)
      _ = try generator.summary.json() + generator.summary.text
      return .accepted
    } catch SynthError.modelFile(let file, let reason) {
      #expect(file == path && reason.hasSuffix("."))
      return .refused(reason)
    } catch SynthError.notAModel(let file) {
      #expect(file == path)
      return .notAModel
    } catch let error as TableError {
      return .refused("\(error)")
    }
  }

  private func expectRefused(
    _ file: ModelFile, _ reason: String, _ label: String = "",
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    var file = file
    file.sign()
    let outcome = try outcome(file.encoded())
    #expect(outcome == .refused(reason), "\(label)", sourceLocation: sourceLocation)
  }

  // MARK: Bytes

  @Test func truncated() async throws {
    let bytes = try await bytes()
    #expect(try outcome(bytes) == .accepted)
    let headerLength = bytes.count - (try ModelFile(bytes).payload.count)
    var lengths = Array(0..<40) + Array(headerLength - 20..<headerLength + 20)
    lengths += stride(from: 40, to: bytes.count, by: 97) + [bytes.count - 4, bytes.count - 1]
    for length in lengths {
      #expect(try outcome(bytes.prefix(length)) != .accepted, "\(length) of \(bytes.count) bytes")
    }
    #expect(try outcome(bytes + [0]) != .accepted)
    #expect(try outcome(bytes + [0, 0, 0, 0]) != .accepted)
  }

  /// Bytes of the header and of the numbers, each changed in one bit, to any other byte and to white space.
  @Test func flipped() async throws {
    let bytes = try await bytes()
    let headerLength = bytes.count - (try ModelFile(bytes).payload.count)
    var random = SplitMix64(seed: 52)
    // All of the beginning, where the metadata's names stand, and of the end, where blanks fill up.
    var places = Array(0..<160) + Array(headerLength - 20..<headerLength + 8)
    places += stride(from: 160, to: headerLength, by: 7)
    places += stride(from: headerLength, to: bytes.count, by: 997) + [bytes.count - 1]
    for place in places {
      let blanks: [UInt8] = [0x20, 0x09, 0x0A, 0x0D]
      let other = UInt8.random(in: 1...255, using: &random)
      for mask in [
        1 << UInt8.random(in: 0...7, using: &random), other, bytes[place] ^ blanks[place % 4],
      ]
      where mask != 0 {
        var changed = bytes
        changed[place] ^= mask
        #expect(
          try outcome(changed) != .accepted,
          "byte \(place) of \(headerLength) in the header from \(bytes[place]) to \(changed[place])"
        )
      }
    }
  }

  @Test func wrongLengths() async throws {
    let bytes = try await bytes()
    let length = bytes.count - 8 - (try ModelFile(bytes).payload.count)
    for wrong in [
      0, 1, UInt64(length) - 1, UInt64(length) + 1, UInt64(length) + 4, 1 << 20, 1 << 63, .max,
    ] {
      let prefix = Data((0..<8).map { UInt8(truncatingIfNeeded: wrong >> (8 * $0)) })
      #expect(try outcome(prefix + bytes.dropFirst(8)) != .accepted, "\(wrong)")
    }
  }

  @Test func otherFiles() throws {
    #expect(try outcome(Data()) == .refused("The file is too short."))
    #expect(
      try outcome(Data("a,b\n1,2\n3,4\n".utf8))
        == .notAModel)
    for text in ["", "{", "[]", "{}", "null", "{\"a\":1}", "{\"__metadata__\":{}}"] {
      let file = ModelFile.encoded(header: Data(text.utf8), payload: Data())
      #expect(try outcome(file) != .accepted, "\(text)")
    }
    // Depth must not be a matter of the stack.
    let deep = String(repeating: "[", count: 100_000)
    #expect(try outcome(ModelFile.encoded(header: Data(deep.utf8), payload: Data())) != .accepted)
    let tensors = "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}"
    #expect(
      try outcome(ModelFile.encoded(header: Data(tensors.utf8), payload: Data(count: 4)))
        == .refused("The file holds tensors, but not a model of this program."))
  }

  // MARK: The header

  @Test func tensorsThatCannotBe() async throws {
    let file = try ModelFile(await bytes())
    let size = file.payload.count
    let query = try #require(file.tensors["query"])
    let places: [[Int]] = [
      [0, size + 4], [size, size + 4], [-4, 0], [8, 4], [0], [], [0, 4, 8], [Int.max - 3, Int.max],
      [Int.min, Int.min + 4], [query.offsets[0], query.offsets[1] + 4],
      [query.offsets[0], query.offsets[0]],
    ]
    for place in places {
      var changed = file
      changed.tensors["query"]?.offsets = place
      #expect(
        try outcome(changed.encoded())
          == .refused("The place of tensor 'query' is not in the file."), "\(place)")
    }
    let shapes: [[Int]] = [
      [Int.max, Int.max], [1 << 32, 1 << 32], [-1, -64], [-2, 32], [1 << 62], [0], [], [64, 1, 2],
      [Int.min, 2],
    ]
    for shape in shapes {
      var changed = file
      changed.tensors["query"]?.shape = shape
      #expect(
        try outcome(changed.encoded())
          == .refused("The place of tensor 'query' is not in the file."), "\(shape)")
    }
    for dtype in ["F16", "F64", "I32", ""] {
      var changed = file
      changed.tensors["query"]?.dtype = dtype
      #expect(try outcome(changed.encoded()) != .accepted)
    }
  }

  /// Tensors that share bytes, even where their sizes add up to that of the file.
  @Test func overlaps() async throws {
    var file = try ModelFile(await bytes())
    let ordered = file.tensors.sorted { $0.value.offsets[0] < $1.value.offsets[0] }
    for index in 1..<ordered.count {
      var changed = file
      changed.tensors[ordered[index].key]?.offsets = ordered[index].value.offsets.map { $0 - 4 }
      changed.sign()
      #expect(try outcome(changed.encoded()) != .accepted, "\(ordered[index].key)")
    }
    file.tensors["query"]?.offsets[1] -= 4
    file.tensors["query"]?.shape = [1, 63]
    #expect(try outcome(file.encoded()) != .accepted)
  }

  @Test func missingAndMisshapenTensors() async throws {
    let file = try ModelFile(await bytes())
    for name in ["query", "gru.tables.1", "heads.0.bias"] {
      let reason = "Tensor '\(name)' is missing or misshapen."
      var renamed = file
      renamed.tensors["other"] = renamed.tensors.removeValue(forKey: name)
      try expectRefused(renamed, reason)
      var turned = file
      turned.tensors[name]?.shape.reverse()
      if turned.tensors != file.tensors { try expectRefused(turned, reason) }
    }
    var extended = file
    extended.tensors["other"] = ModelFile.Tensor(
      shape: [1], offsets: [file.payload.count, file.payload.count + 4])
    extended.payload += Data(count: 4)
    extended.sign()
    #expect(try outcome(extended.encoded()) != .accepted)
  }

  @Test func numbersThatAreNone() async throws {
    for word in [Float.nan, .infinity, -.infinity] {
      var file = try ModelFile(await bytes())
      let start = try #require(file.tensors["gru.recurrent"]).offsets[0]
      for index in 0..<4 {
        file.payload[start + index] = UInt8(truncatingIfNeeded: word.bitPattern >> (8 * index))
      }
      file.sign()
      #expect(try outcome(file.encoded()) != .accepted, "\(word)")
    }
  }

  @Test func wrongChecksums() async throws {
    let file = try ModelFile(await bytes())
    for checksum in ["", "0", "ffffffff", String(repeating: "0", count: 9)] {
      var changed = file
      changed.metadata["crc32"] = checksum
      #expect(
        try outcome(changed.encoded()) == .refused("The checksum is wrong: the file was changed."))
    }
    var missing = file
    missing.metadata["crc32"] = nil
    #expect(try outcome(missing.encoded()) != .accepted)
    missing.metadata["likeness"] = nil
    #expect(
      try outcome(missing.encoded())
        == .refused("The file holds tensors, but not a model of this program."))
  }

  // MARK: The description

  @Test func otherVersions() async throws {
    var file = try ModelFile(await bytes())
    for version in [0, 1, -1, 1_000_000] {
      var description = try file.description
      description["version"] = version
      try file.describe(description)
      try expectRefused(file, "The model has format \(version), this program reads format 2.")
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

  private func replacing(
    _ path: ArraySlice<String>, with value: Any, in object: [String: Any]
  ) throws -> [String: Any] {
    var object = object
    let key = try #require(path.first)
    let old = try #require(object[key], "\(key) is not among \(object.keys)")
    object[key] =
      path.count == 1
      ? value
      : try replacing(path.dropFirst(), with: value, in: try #require(old as? [String: Any]))
    return object
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
    try expectRefused(file, column: 1, number + ["hasMissing"], false)
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
    try expectRefused(file, column: 1, ["name"], "a")
    try expectRefused(file, column: 1, ["name"], "")
  }

  @Test func positionsThatCannotBe() async throws {
    let file = try ModelFile(await bytes())
    let columns = try #require(try file.description["columns"] as? [[String: Any]])
    let number = try #require(
      (columns[1]["kind"] as? [String: [String: [String: Any]]])?["number"]?["_0"])
    let density = try #require(number["density"] as? [String: [Int]])
    let starts = try #require(density["starts"])
    let place = ["kind", "number", "_0"]
    for (key, wrong) in [
      ("starts", Array(starts.reversed())), ("starts", Array(starts.dropFirst())), ("starts", []),
      ("starts", [starts[0] - 1] + starts.dropFirst()), ("startCounts", [1]),
      ("startCounts", starts.map { _ in -1 }), ("startCounts", starts.map { _ in Int.max }),
      ("values", [Int.max]), ("values", [starts[0]]), ("valueCounts", [5]),
    ] {
      try expectRefused(file, column: 1, place + ["density", key], wrong)
    }
    // Columns that are no numbers, come later or are not there, and steps that are none.
    for (column, steps) in [(0, [0]), (1, [0]), (2, [0]), (-1, [0]), (0, []), (0, [99])] {
      var changed = number
      changed["following"] = ["column": column, "steps": steps]
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
      ("rowCount", 0), ("rowCount", -60), ("rowCount", 61), ("bestEpoch", Int.min),
      ("bestEpoch", 0),
      ("bestEpoch", 2),
    ] {
      var description = try file.description
      description[key] = value
      var changed = file
      try changed.describe(description)
      try expectRefused(changed, Self.contradiction, "\(key) is \(value)")
    }
  }
}
