import Foundation
import Synth
import Tables

/// A file of the program with a checksum, taken apart so that its parts can be changed.
private struct SignedSeed {
  let bytes: [UInt8]
  private let file: SafeTensors

  init(path: String) throws {
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    bytes = Array(data)
    file = try SafeTensors(data)
  }

  /// The file with another description or other numbers and the right checksum, or with other bytes.
  func mutated(using random: inout InputRandom) throws -> [UInt8] {
    var changed = file
    switch Int.random(in: 0..<10, using: &random) {
    case 0: return Mutator.json.mutated(bytes, using: &random)
    case 1, 2: SignedSeed.changeNumbers(&changed, using: &random)
    default:
      let json = Array(changed.metadata[SafeTensors.descriptionKey]!.utf8)
      changed.metadata[SafeTensors.descriptionKey] = String(
        decoding: Mutator.description.mutated(json, using: &random), as: UTF8.self)
    }
    return try changed.signedParts().flatMap { Array($0) }
  }

  private static let numbers: [Float] = [
    0, -0.0, 1, -1, 1e30, -1e30, 3e38, -3e38, 1e-30, .nan, .infinity, -.infinity,
  ]

  private static func changeNumbers(_ file: inout SafeTensors, using random: inout InputRandom) {
    for _ in 0..<1 << Int.random(in: 0...2, using: &random) {
      let tensor = file.tensors.indices.randomElement(using: &random)!
      guard !file.tensors[tensor].elements.isEmpty else { continue }
      let number = numbers.randomElement(using: &random)!
      if Bool.random(using: &random) {
        let place = file.tensors[tensor].elements.indices.randomElement(using: &random)!
        file.tensors[tensor].elements[place] = number
      } else {
        for place in file.tensors[tensor].elements.indices {
          file.tensors[tensor].elements[place] = number
        }
      }
    }
  }
}

/// Model files: rows are drawn from what is accepted.
struct ModelTarget: FuzzTarget {
  private let seeds: [SignedSeed]
  private let folder: String

  init(folder: String) throws {
    self.folder = folder
    seeds = try SeedTable.all.map { table in
      let source = try CSVFiles(paths: [table.write(to: folder, rows: 300)])
      let options = quickOptions {
        $0.reading.constraints = table.rules
        $0.reading.derivations = table.derivations
      }
      let path = folder + "/seed.likeness"
      try TrainingRun(source, options: options, cancellation: Cancellation())
        .train(progress: { _ in }).write(to: path)
      return try SignedSeed(path: path)
    }
  }

  func input(using random: inout InputRandom) throws -> [UInt8] {
    try seeds.randomElement(using: &random)!.mutated(using: &random)
  }

  func read(_ input: [UInt8], path: String) throws {
    let generator = try Generator(contentsOf: path)
    _ = try (generator.summary.json(), generator.summary.text)
    try generator.checkRows(folder: folder)
  }
}

/// Checkpoints: training goes on for a step from what is accepted.
struct CheckpointTarget: FuzzTarget {
  private let seeds: [(table: CSVFiles, file: SignedSeed)]

  init(folder: String) throws {
    var seeds: [(table: CSVFiles, file: SignedSeed)] = []
    for (table, finished) in [(SeedTable.everyKind, 0), (.purchases, 2)] {
      let source = try CSVFiles(paths: [table.write(to: folder, rows: 60)])
      let path = folder + "/seed.checkpoint"
      let options = quickOptions {
        $0.optimization.epochs = 2
        $0.optimization.batchSize = 16
        $0.reading.derivations = table.derivations
        $0.checkpoint = Checkpointing(path: path, intervalSeconds: 0)
      }
      let cancellation = Cancellation()
      _ = try TrainingRun(source, options: options, cancellation: cancellation)
        .train(progress: { _ in }) { checkpoint in
          if checkpoint.finished.count == finished, checkpoint.stage.trainer.step == 4 {
            try checkpoint.write()
            cancellation.request()
          }
        }
      seeds.append((source, try SignedSeed(path: path)))
      try Checkpointing(path: path).remove()
    }
    self.seeds = seeds
  }

  func input(using random: inout InputRandom) throws -> [UInt8] {
    try seeds.randomElement(using: &random)!.file.mutated(using: &random)
  }

  func read(_ input: [UInt8], path: String) throws {
    let checkpoint = try Checkpoint(contentsOf: path)
    var options = checkpoint.options
    options.threadCount = 1
    options.checkpoint = Checkpointing(path: path, intervalSeconds: 0)
    // The checksum says which table it is of.
    try readWithAny(seeds) { try resume(checkpoint, options, on: $0.table) }
  }

  private func resume(
    _ checkpoint: Checkpoint, _ options: TrainingOptions, on table: CSVFiles
  ) throws {
    let cancellation = Cancellation()
    let run = try TrainingRun(
      table, options: options, resuming: checkpoint, cancellation: cancellation)
    _ = try run.train(progress: { _ in }) {
      if $0.stage.trainer.step > checkpoint.stage.trainer.step { cancellation.request() }
    }
  }
}
