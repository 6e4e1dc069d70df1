import Foundation
import NN
import Tables

extension Checkpoint {
  /// The description of a checkpoint: everything except the tensors. It has only a checksum of the table.
  private struct Description: Codable {
    let version: Int
    let plan: TrainingPlan
    let missingValues: [String]
    let reading: Reading
    let tableChecksum: UInt32
    let step: Int
    let finished: [StageProgress]
    let progress: StageProgress

    static let currentVersion = 6
  }

  /// The tensors' names: each is one row of numbers.
  private enum Name: String, CaseIterable {
    case values = "weights"
    case average = "weights.mean"
    case bestValues = "weights.best"
    case finishedValues = "weights.finished"
    case first = "optimizer.first"
    case second = "optimizer.second"
    case powers = "optimizer.powers"
    case ordinalFirst = "ordinal.first"
    case ordinalSecond = "ordinal.second"
    case ordinalPowers = "ordinal.powers"
  }

  /// Writes the file: safetensors layout, as for models.
  ///
  /// The file is written under a temporary name and renamed when it is complete.
  ///
  /// - Throws: `TableError` where the file cannot be written.
  package func write() throws {
    let trainer = stage.trainer
    let tensors: [(Name, [Float])] = [
      (.values, trainer.values), (.average, trainer.average), (.bestValues, stage.bestValues),
      (.finishedValues, stage.finishedValues),
      (.first, trainer.optimizer.firstMoments), (.second, trainer.optimizer.secondMoments),
      (.powers, trainer.optimizer.powers), (.ordinalFirst, trainer.ordinal.firstMoments),
      (.ordinalSecond, trainer.ordinal.secondMoments), (.ordinalPowers, trainer.ordinal.powers),
    ]
    let description = Description(
      version: Description.currentVersion, plan: plan, missingValues: missingValues.spellings,
      reading: reading, tableChecksum: tableChecksum, step: trainer.step, finished: finished,
      progress: stage.progress
    )
    let file = try SafeTensors(
      tensors: tensors.map { name, elements in
        SafeTensors.Tensor(name: name.rawValue, shape: [1, elements.count], elements: elements)
      }, format: .checkpoint, description: description)
    try file.write(to: path)
  }

  /// Reads a checkpoint.
  ///
  /// - Throws: `TableError` if there is no file to read, ``SynthError/notACheckpoint(path:)``,
  ///   ``SynthError/finished(model:)`` and ``SynthError/checkpointFile(path:reason:)`` where it is not a whole checkpoint.
  public init(contentsOf path: String) throws {
    do {
      guard let file = try SafeTensors(contentsOf: path) else {
        throw SynthError.notACheckpoint(path: path)
      }
      if file.format == .model { throw SynthError.finished(model: path) }
      try self.init(file, path: path)
    } catch let malformed as SafeTensors.Malformed {
      throw SynthError.checkpointFile(path: path, reason: malformed.reason)
    }
  }

  private init(_ file: SafeTensors, path: String) throws {
    let description: Description = try file.description(
      of: .checkpoint, version: Description.currentVersion)
    guard description.progress.isConsistent, description.finished.allSatisfy(\.isConsistent) else {
      throw SafeTensors.Malformed(reason: Checkpoint.contradictionReason)
    }
    let tensors = Dictionary(file.tensors.map { ($0.name, $0) }) { first, _ in first }
    guard tensors.count == Name.allCases.count else {
      throw SafeTensors.Malformed(reason: "The tensors are not those of a checkpoint.")
    }
    func elements(_ name: Name, count: Int?, in range: ClosedRange<Float>) throws -> [Float] {
      guard let tensor = tensors[name.rawValue], tensor.shape == [1, tensor.elements.count],
        count == nil || tensor.elements.count == count
      else {
        throw SafeTensors.Malformed(reason: "Tensor '\(name.rawValue)' is missing or misshapen.")
      }
      guard tensor.elements.allSatisfy(range.contains) else {
        throw SafeTensors.Malformed(
          reason: "Tensor '\(name.rawValue)' has an impossible value.")
      }
      return tensor.elements
    }
    let finite = -Float.greatestFiniteMagnitude...Float.greatestFiniteMagnitude
    let squares = 0...Float.greatestFiniteMagnitude
    func state(_ first: Name, _ second: Name, _ powers: Name, count: Int?) throws -> AdamW.State {
      let firstMoments = try elements(first, count: count, in: finite)
      return AdamW.State(
        firstMoments: firstMoments,
        secondMoments: try elements(second, count: firstMoments.count, in: squares),
        powers: try elements(powers, count: 2, in: 0...1))
    }
    let values = try elements(.values, count: nil, in: finite)
    let trainer = TrainerState(
      step: description.step, values: values,
      average: try elements(.average, count: values.count, in: finite),
      optimizer: try state(.first, .second, .powers, count: values.count),
      ordinal: try state(.ordinalFirst, .ordinalSecond, .ordinalPowers, count: nil))
    let plan = description.plan
    guard plan.isConsistent, description.finished.count < plan.stages.count else {
      throw SafeTensors.Malformed(reason: Checkpoint.contradictionReason)
    }
    let folds = plan.ofRunningOrder(description.finished)
    let hasBest = !folds.isEmpty || description.progress.bestEpoch > 0
    let hasFinished = description.finished.count >= plan.stagesPerOrder
    self.init(
      path: path, plan: description.plan,
      missingValues: MissingValues(spellings: description.missingValues),
      reading: description.reading,
      tableChecksum: description.tableChecksum, finished: description.finished,
      stage: StageState(
        progress: description.progress, trainer: trainer,
        bestValues: try elements(.bestValues, count: hasBest ? values.count : 0, in: finite),
        finishedValues: try elements(
          .finishedValues, count: hasFinished ? values.count : 0, in: finite)))
    guard isConsistent else {
      throw SafeTensors.Malformed(reason: Checkpoint.contradictionReason)
    }
  }

  /// Whether everything in it can be used, once table and network are known to fit.
  private var isConsistent: Bool {
    let progress = stage.progress
    let folds = plan.ofRunningOrder(finished)
    guard finished.allSatisfy({ $0.bestEpoch > 0 && $0.history.count <= plan.epochs }),
      folds.isEmpty || StageProgress(meanOf: folds).bestEpoch > 0
    else { return false }
    return (try? options.validate()) != nil
      && progress.history.count <= plan.epochs && stage.trainer.step >= progress.epochSteps
  }
}

extension TableEncoder {
  /// CRC-32 of the columns' description and the codes of all rows.
  func checksum() throws -> UInt32 {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    var sum = Checksum()
    // Columns that nothing is learnt of are fields alone.
    sum.add(try encoder.encode(fields))
    sum.add(try encoder.encode(columns))
    for codes in table.columns { codes.withUnsafeBytes { sum.add($0) } }
    return sum.value
  }
}
