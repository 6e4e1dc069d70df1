import Foundation
import Synth
import Tables
import TestSupport
import Testing

/// Checkpoints that are not whole, or contradict themselves: refused with a message, never gone on from in part.
@Suite struct DamagedCheckpointTests {
  private let folder = TemporaryFolder()
  private let table: Table

  init() throws {
    var random = SplitMix64(seed: 81)
    table = try Table(columns: [
      Column("a", (0..<60).map { _ in "v\(Int(random.unit() * 3))" }),
      Column("b", (0..<60).map { _ in random.unit() < 0.2 ? nil : Int(random.unit() * 900) }),
    ])
  }

  /// A checkpoint from the middle of a fold's second epoch of three, the first's where no other is over.
  private func bytes(finished: Int = 0) throws -> Data {
    var options = quickOptions(epochs: 3, foldCount: nil)
    options.checkpoint = Checkpointing(path: folder.file("checkpoint"), intervalSeconds: 0)
    let cancellation = Cancellation()
    let run = try TrainingRun(table, options: options, cancellation: cancellation)
    _ = try run.run(progress: { _ in }) { checkpoint in
      if checkpoint.finished.count == finished, checkpoint.stage.trainer.step == 4 {
        cancellation.request()
      }
      try checkpoint.write()
    }
    let checkpoint = try Checkpoint(contentsOf: folder.file("checkpoint"))
    #expect(checkpoint.stage.trainer.step == 5 && checkpoint.stage.progress.history.count == 1)
    return try Data(contentsOf: URL(fileURLWithPath: folder.file("checkpoint")))
  }

  /// What going on from these bytes gives, nil where that works; other errors than those that are promised are thrown on.
  private func refusal(_ bytes: Data) async throws -> String? {
    let path = folder.path + "/" + UUID().uuidString
    try bytes.write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    do {
      let checkpoint = try Checkpoint(contentsOf: path)
      var options = checkpoint.options
      options.threadCount = 1
      _ = try await Generator.train(on: table, options: options, resuming: checkpoint)
      return nil
    } catch SynthError.checkpointFile(let file, let reason) {
      #expect(file == path && reason.hasSuffix("."))
      return reason
    } catch let error as SynthError {
      switch error {
      case .notACheckpoint(path), .otherTable(path, _): return "\(error)"
      default: throw error
      }
    }
  }

  private func expectRefused(
    _ file: ModelFile, _ reason: String, _ label: String = "",
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    var file = file
    file.sign()
    let refusal = try await refusal(file.encoded())
    #expect(refusal == reason, "\(label)", sourceLocation: sourceLocation)
  }

  private static let contradiction = "The checkpoint's description contradicts itself."

  // MARK: Bytes

  @Test func truncated() async throws {
    let bytes = try bytes()
    #expect(try await refusal(bytes) == nil)
    let headerLength = bytes.count - (try ModelFile(bytes).payload.count)
    var lengths = Array(0..<24) + Array(headerLength - 10..<headerLength + 10)
    lengths += stride(from: 24, to: bytes.count, by: 1_997) + [bytes.count - 4, bytes.count - 1]
    for length in lengths {
      #expect(try await refusal(bytes.prefix(length)) != nil, "\(length) of \(bytes.count) bytes")
    }
    #expect(try await refusal(bytes + [0, 0, 0, 0]) == "The tensors do not fill the file.")
  }

  @Test func flipped() async throws {
    let bytes = try bytes()
    let headerLength = bytes.count - (try ModelFile(bytes).payload.count)
    var random = SplitMix64(seed: 82)
    var places = Array(0..<120) + Array(headerLength - 10..<headerLength + 8)
    places += stride(from: 120, to: headerLength, by: 5)
    places += stride(from: headerLength, to: bytes.count, by: 4_999) + [bytes.count - 1]
    for place in places {
      var changed = bytes
      changed[place] ^= 1 << UInt8.random(in: 0...7, using: &random)
      #expect(try await refusal(changed) != nil, "byte \(place) of \(headerLength) in the header")
    }
  }

  @Test func otherFiles() async throws {
    #expect(try await refusal(Data()) == "The file is too short.")
    #expect(try await refusal(Data("a,b\n1,2\n3,4\n".utf8))?.contains("is not a check") == true)
    let tensors = "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}"
    #expect(
      try await refusal(ModelFile.encoded(header: Data(tensors.utf8), payload: Data(count: 4)))
        == "The file holds tensors, but not a checkpoint of this program.")
  }

  // MARK: Tensors

  @Test func missingAndMisshapenTensors() async throws {
    let file = try ModelFile(bytes())
    for name in file.tensors.keys {
      let reason = "Tensor '\(name)' is missing or misshapen."
      var renamed = file
      renamed.tensors["other"] = renamed.tensors.removeValue(forKey: name)
      try await expectRefused(renamed, reason)
      var turned = file
      turned.tensors[name]?.shape.reverse()
      try await expectRefused(turned, reason)
    }
    var extended = file
    extended.tensors["other"] = ModelFile.Tensor(
      shape: [1, 1], offsets: [file.payload.count, file.payload.count + 4])
    extended.payload += Data(count: 4)
    try await expectRefused(extended, "The tensors are not those of a checkpoint.")
  }

  /// Tensors that fit each other, but not the table.
  @Test func tensorsOfAnotherNetwork() async throws {
    let file = try ModelFile(bytes())
    for names in [
      ["weights", "weights.mean", "weights.best", "optimizer.first", "optimizer.second"],
      ["ordinal.first", "ordinal.second"],
    ] {
      var changed = file
      changed.payload = Data()
      for (name, tensor) in file.tensors.sorted(by: { $0.value.offsets[0] < $1.value.offsets[0] }) {
        let begin = changed.payload.count
        let count = tensor.shape[1] - (names.contains(name) ? 16 : 0)
        changed.payload += file.payload[tensor.offsets[0]..<tensor.offsets[0] + 4 * count]
        changed.tensors[name] = ModelFile.Tensor(
          shape: [1, count], offsets: [begin, changed.payload.count])
      }
      try await expectRefused(changed, Self.contradiction)
    }
  }

  @Test func numbersThatCannotBe() async throws {
    let file = try ModelFile(bytes())
    // The first order has no weights of an order that is over.
    var wrong = file.tensors.keys.filter { $0 != "weights.finished" }.flatMap { name in
      [(name, Float.nan), (name, .infinity), (name, -.infinity)]
    }
    wrong += [("optimizer.second", -1), ("ordinal.second", -1e-30)]
    wrong += [("optimizer.powers", 1.5), ("ordinal.powers", -0.5)]
    for (name, number) in wrong {
      var changed = file
      let start = try #require(file.tensors[name]).offsets[0]
      for index in 0..<4 {
        changed.payload[start + index] = UInt8(truncatingIfNeeded: number.bitPattern >> (8 * index))
      }
      try await expectRefused(changed, "Tensor '\(name)' has an impossible value.")
    }
  }

  // MARK: The description

  @Test func otherVersions() async throws {
    var file = try ModelFile(bytes())
    var description = try file.description
    description["version"] = 99
    try file.describe(description)
    try await expectRefused(file, "The checkpoint has format 99, this program reads format 6.")
    file.metadata["likeness"] = "{\"version\":6"
    try await expectRefused(file, "The checkpoint's description cannot be read.")
    file.metadata["crc32"] = "0"
    #expect(
      try await refusal(file.encoded()) == "The checksum is wrong: the file was changed.")
  }

  @Test func descriptionsThatCannotBe() async throws {
    let file = try ModelFile(bytes())
    let description = try file.description
    let record: [String: Any] = ["epoch": 1, "trainingLoss": 5.5, "heldOutLoss": 5.25]
    var second = record
    second["epoch"] = 2
    var wrong: [([String], Any)] = description.keys.filter { $0 != "version" }.map { ([$0], [0.5]) }
    wrong += [
      (["step"], -1), (["step"], 0), (["step"], 7), (["step"], Int.max), (["step"], Int.min),
      (["tableChecksum"], -1),
    ]
    wrong += [-1, 0, 3, 4, Int.max, Int.min].map { (["progress", "epochSteps"], $0) }
    wrong += [-1, 2, Int.max, Int.min].map { (["progress", "bestEpoch"], $0) }
    wrong += [[], [second], [record, record], [record, second]].map {
      (["progress", "history"], $0)
    }
    wrong += [
      (["plan", "dropout"], 1), (["plan", "epochs"], 0), (["plan", "epochs"], Int.max),
      (["plan", "batchSize"], 0), (["plan", "batchSize"], 32), (["plan", "batchSize"], Int.max),
      (["plan", "learningRate"], 0), (["plan", "learningRate"], 2), (["plan", "order"], "none"),
      (["plan", "heldOutCount"], -1), (["plan", "heldOutCount"], 60),
      (["plan", "heldOutCount"], Int.max), (["plan", "modelSize"], "large"),
      (["plan", "heldOutCount"], 13), (["plan", "foldCount"], 0), (["plan", "foldCount"], 6),
      (["plan", "foldCount"], Int.max), (["plan", "refits"], false), (["plan", "weightDecay"], -1),
      (["plan", "epochs"], 100_001), (["plan", "batchSize"], 65_537),
    ]
    for (path, value) in wrong {
      var changed = file
      try changed.describe(replacing(path[...], with: value, in: description))
      try await expectRefused(changed, Self.contradiction, "\(path) is \(value)")
    }
    var other = file
    try other.describe(replacing(["tableChecksum"], with: 1, in: description))
    other.sign()
    let refusal = try await refusal(other.encoded())
    #expect(refusal?.contains("was made in training on another table") == true)
  }

  /// In the third fold, after two whose figures cannot be, or in a stage that none of the plan is.
  @Test func finishedStagesThatCannotBe() async throws {
    let bytes = try bytes(finished: 2)
    #expect(try await refusal(bytes) == nil)
    let file = try ModelFile(bytes)
    let description = try file.description
    let finished = try #require(description["finished"] as? [[String: Any]])
    #expect(finished.count == 2)
    func changed(_ key: String, _ value: Any) -> [[String: Any]] {
      var stages = finished
      stages[1][key] = value
      return stages
    }
    let history = try #require(finished[1]["history"] as? [[String: Any]])
    let vast = history.map { $0.merging(["heldOutLoss": 1e308]) { $1 } }
    var wrong: [[[String: Any]]] = [
      changed("history", [Any]()), changed("bestEpoch", 0), changed("bestEpoch", 4),
      changed("history", Array(history.reversed())), changed("history", history + history),
      Array(repeating: finished[0].merging(["history": vast]) { $1 }, count: 5),
      Array(repeating: finished[0], count: 6),
    ]
    var empty = finished[0]
    (empty["history"], empty["bestEpoch"]) = ([Any](), 0)
    wrong.append([empty])
    for stages in wrong {
      var other = file
      try other.describe(replacing(["finished"], with: stages, in: description))
      try await expectRefused(other, Self.contradiction, "\(stages)")
    }
    // The plan of a table that is not trained on again has no finished stages.
    var plan = try #require(description["plan"] as? [String: Any])
    (plan["refits"], plan["foldCount"]) = (false, 1)
    var other = file
    try other.describe(replacing(["plan"], with: plan, in: description))
    try await expectRefused(other, Self.contradiction)
  }
}
