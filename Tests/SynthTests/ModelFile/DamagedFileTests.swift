import Foundation
import Synth
import Tables
import TestSupport
import Testing

/// Files that are no models, or not whole ones: refused with a message, never read in part.
@Suite struct DamagedFileTests {
  let folder = TemporaryFolder()

  func bytes() async throws -> Data {
    var random = SplitMix64(seed: 51)
    let table = try Table(columns: [
      Column("a", (0..<60).map { _ in "v\(Int(random.unit() * 3))" }),
      Column("b \"ä\"", (0..<60).map { _ in random.unit() < 0.2 ? nil : Int(random.unit() * 900) }),
    ])
    // With folds, so that a file can contradict them.
    return try await Generator.train(
      on: table, options: quickOptions(epochs: 1, foldCount: nil)
    ).fileBytes()
  }

  enum Outcome: Equatable {
    case accepted
    case refused(String)
    case notAModel
  }

  /// What reading these bytes gives; any other error than those that are promised is thrown on.
  func outcome(_ bytes: Data) throws -> Outcome {
    let path = folder.path + "/" + UUID().uuidString
    try bytes.write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try outcome(ofFile: path)
  }

  private func outcome(ofFile path: String) throws -> Outcome {
    do {
      let generator = try Generator(contentsOf: path)
      // What is accepted must be usable.
      _ = try generator.drawTable(rows: 65, threadCount: 1)
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

  func expectRefused(
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
    // One file that is changed in place: there are thousands of changes.
    let path = folder.file("model")
    try bytes.write(to: URL(fileURLWithPath: path))
    let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
    func put(_ byte: UInt8, at place: Int) throws {
      try file.seek(toOffset: UInt64(place))
      try file.write(contentsOf: [byte])
    }
    for place in places {
      let blanks: [UInt8] = [0x20, 0x09, 0x0A, 0x0D]
      let other = UInt8.random(in: 1...255, using: &random)
      for mask in [
        1 << UInt8.random(in: 0...7, using: &random), other, bytes[place] ^ blanks[place % 4],
      ]
      where mask != 0 {
        let changed = bytes[place] ^ mask
        try put(changed, at: place)
        #expect(
          try outcome(ofFile: path) != .accepted,
          "byte \(place) of \(headerLength) in the header from \(bytes[place]) to \(changed)")
      }
      try put(bytes[place], at: place)
    }
    #expect(try outcome(ofFile: path) == .accepted)
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
    for name in ["query", "gru.tables.1", "heads.0.bias", "calibration.1"] {
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
}
