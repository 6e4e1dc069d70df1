import Foundation
import Synth
import Tables
import TestSupport
import Testing

/// Checkpoints that are not of this run, and files that are none.
@Suite struct CheckpointRefusalTests {
  private let folder = TemporaryFolder()
  private var path: String { folder.file("people.checkpoint") }

  private func checkpoint(
    of table: Table, _ options: TrainingOptions = quickOptions(epochs: 1, foldCount: nil)
  ) async throws -> Checkpoint {
    var options = options
    options.checkpoint = Checkpointing(path: path)
    _ = try await Generator.train(on: table, options: options)
    return try Checkpoint(contentsOf: path)
  }

  private func message(
    _ table: Table, _ options: TrainingOptions, resuming checkpoint: Checkpoint? = nil
  ) async throws -> String {
    do {
      _ = try await Generator.train(on: table, options: options, resuming: checkpoint)
      return "trained"
    } catch let error as SynthError {
      return error.description
    }
  }

  @Test func otherOptions() async throws {
    let table = try mixedTable(rows: 60, seed: 71)
    let checkpoint = try await checkpoint(of: table)
    let changes: [(String, (inout TrainingOptions) -> Void)] = [
      ("with small as the model size, not large", { $0.modelSize = .large }),
      ("with 1 as the number of epochs, not 2", { $0.optimization.epochs = 2 }),
      ("with natural as the order, not any", { $0.optimization.order = .any }),
      ("with 16 as the batch size, not 17", { $0.optimization.batchSize = 17 }),
      ("with 1 as the seed, not 3", { $0.seed = 3 }),
      ("with auto as the precision, not float32", { $0.precision = .float32 }),
      ("as the learning rate, not 0.5", { $0.optimization.learningRate = 0.5 }),
      (
        "as the list of missing values, not [\"?\"]",
        { $0.reading.missingValues = MissingValues(spellings: ["?"]) }
      ),
      (
        "with [] as the rules, not [fixed(color, member)]",
        { $0.reading.constraints = [Constraint(.fixedCombinations(["color", "member"]))] }
      ),
      (
        "with [] as the derived columns, not [age = income / 2]",
        { $0.reading.derivations = [try! Derivation(parsing: "age = income / 2")] }
      ),
    ]
    for (text, change) in changes {
      var options = checkpoint.options
      change(&options)
      let message = try await message(table, options, resuming: checkpoint)
      #expect(message.hasPrefix("\(path): training began with "), "\(message)")
      #expect(message.hasSuffix("\(text). Give the same, or leave it out."), "\(message)")
    }
    // What is left to the program is as it was.
    var options = quickOptions(epochs: nil, foldCount: nil)
    options.checkpoint = checkpoint.options.checkpoint
    #expect(try await message(table, options, resuming: checkpoint) == "trained")
  }

  @Test func otherTables() async throws {
    let table = try mixedTable(rows: 60, seed: 72)
    let checkpoint = try await checkpoint(of: table)
    var renamed = table.columns
    renamed[0] = Column("colour", table.columns[0].texts)
    var longer = table.columns.map(\.self)
    longer.append(Column("more", Array(0..<60)))
    let others = [
      try mixedTable(rows: 60, seed: 73), try mixedTable(rows: 61, seed: 72),
      try Table(columns: renamed), try Table(columns: longer),
      try Table(columns: table.columns.reversed()),
    ]
    for (index, other) in others.enumerated() {
      let message = try await message(other, checkpoint.options, resuming: checkpoint)
      #expect(
        message == "\(path): this checkpoint was made in training on another table than The table. "
          + "Give the same files in the same order, and the same separator.", "\(index)")
    }
  }

  @Test func filesInTheWay() async throws {
    let table = try mixedTable(rows: 60, seed: 74)
    let taken =
      "exists already. Go on from it with --resume if it is a checkpoint; if not, remove it, or "
      + "name another file for the checkpoint."
    let first = try await checkpoint(of: table)
    #expect(try await message(table, first.options) == "\(path) \(taken)")
    // The file gone on from may be named in any way, another one may not be there.
    var options = first.options
    options.checkpoint?.path = folder.path + "/./people.checkpoint"
    #expect(try await message(table, options, resuming: first) == "trained")
    options.checkpoint?.path = folder.file("table.csv", "a\n1\n")
    #expect(
      try await message(table, options, resuming: first) == "\(folder.path)/table.csv \(taken)")
    #expect(folder.contents == ["people.checkpoint", "table.csv"])
  }

  @Test func checkpointsThatCannotBeWritten() async throws {
    let table = try mixedTable(rows: 60, seed: 75)
    var options = quickOptions(epochs: 1, foldCount: nil)
    options.checkpoint = Checkpointing(path: folder.path + "/none/checkpoint")
    await #expect(throws: TableError.self) {
      try await Generator.train(on: table, options: options)
    }
    for seconds in [-1, -Double.infinity, .nan] {
      options.checkpoint = Checkpointing(path: path, intervalSeconds: seconds)
      #expect(
        try await message(table, options)
          == "The time between checkpoints cannot be \(seconds) seconds. Give 0 or more.")
    }
  }

  @Test func checkpointsAreNoModelsAndModelsNoCheckpoints() async throws {
    let table = try mixedTable(rows: 60, seed: 76)
    _ = try await checkpoint(of: table)
    #expect(throws: SynthError.unfinished(checkpoint: path)) { try Generator(contentsOf: path) }
    #expect(
      SynthError.unfinished(checkpoint: "a").description
        == "a is a checkpoint of a training run that has not ended. Finish it with "
        + "'likeness train ... --resume a'.")
    let model = folder.file("model")
    try await Generator.train(on: table, options: quickOptions(epochs: 1, foldCount: nil)).write(
      to: model)
    #expect(throws: SynthError.finished(model: model)) { try Checkpoint(contentsOf: model) }
    #expect(
      SynthError.finished(model: "a").description
        == "a is a model, whose training has ended: there is nothing to resume. Give the "
        + "checkpoint of a run that was stopped.")
    let text = folder.file("table.csv", "a,b\n1,2\n3,4\n")
    for none in [text, folder.path] {
      #expect(throws: SynthError.notACheckpoint(path: none)) { try Checkpoint(contentsOf: none) }
    }
    #expect(
      SynthError.notACheckpoint(path: "a").description
        == "a is not a checkpoint. Give a file that training with a checkpoint has written.")
    #expect(throws: TableError.fileNotFound(file: "none")) { try Checkpoint(contentsOf: "none") }
  }
}
