import Tables

/// The state of a training run between two steps. A run that resumes from it ends with the same bytes as one without a stop.
///
/// Read it from the file that ``Checkpointing`` names, and pass it to ``Generator/train(on:options:resuming:progress:activity:)`` with the
/// same table.
public struct Checkpoint: Sendable {
  /// The file that it was read from, or is written to.
  public let path: String
  package let plan: TrainingPlan
  let missingValues: MissingValues
  let reading: Reading
  /// The checksum of the encoded table: see ``TableEncoder/checksum()``.
  let tableChecksum: UInt32
  /// The folds that are over.
  package let finished: [StageProgress]
  package let stage: StageState

  init(
    path: String, plan: TrainingPlan, missingValues: MissingValues, reading: Reading,
    tableChecksum: UInt32, finished: [StageProgress], stage: StageState
  ) {
    self.path = path
    self.plan = plan
    self.missingValues = missingValues
    self.reading = reading
    self.tableChecksum = tableChecksum
    self.finished = finished
    self.stage = stage
  }

  /// How the table was read, apart from its missing values.
  struct Reading: Codable, Equatable {
    var schema: TableSchema
    var findsRules: Bool
    var forcesConstraints: Bool
    var protectsValues: Bool
    var drawsRareToken: Bool

    init(_ options: TrainingOptions) {
      schema = options.reading.schema.decisions
      findsRules = options.reading.findsRules
      forcesConstraints = options.reading.forcesConstraints
      protectsValues = options.protection.protectsValues
      drawsRareToken = options.protection.drawsRareToken
    }
  }

  /// The options that the run began with, with every default filled in, and with the same checkpoint file.
  public var options: TrainingOptions {
    var options = TrainingOptions(
      modelSize: plan.modelSize, epochs: plan.epochs, order: plan.order, batchSize: plan.batchSize,
      learningRate: plan.learningRate, seed: plan.seed)
    options.precision = plan.precision
    options.reading.missingValues = missingValues
    options.reading.constraints = plan.constraints ?? []
    options.checkpoint = Checkpointing(path: path)
    options.reading.schema = reading.schema
    options.reading.findsRules = reading.findsRules
    options.reading.forcesConstraints = reading.forcesConstraints
    options.protection.protectsValues = reading.protectsValues
    options.protection.drawsRareToken = reading.drawsRareToken
    options.protection.key = plan.policy.key
    options.reading.derivations = plan.derivations ?? []
    return options
  }

  /// Refuses options that would have given another model. Threads, checkpoints and the time limit may change.
  ///
  /// - Throws: ``SynthError/otherOption(checkpoint:name:recorded:given:)``.
  func check(_ given: TrainingOptions) throws {
    func check<Value: Equatable>(_ name: String, _ given: Value?, _ recorded: Value) throws {
      guard let given, given != recorded else { return }
      throw SynthError.otherOption(
        checkpoint: path, name: name, recorded: "\(recorded)", given: "\(given)")
    }
    try check("model size", given.modelSize, plan.modelSize)
    try check("number of epochs", given.optimization.epochs, plan.epochs)
    try check("order", given.optimization.order, plan.order)
    try check("batch size", given.optimization.batchSize, plan.batchSize)
    try check("learning rate", given.optimization.learningRate, plan.learningRate)
    try check("seed", given.seed, plan.seed)
    try check("precision", given.precision.rawValue, plan.precision.rawValue)
    try check("rules", given.reading.constraints, plan.constraints ?? [])
    try check("derived columns", given.reading.derivations, plan.derivations ?? [])
    try check(
      "list of missing values", given.reading.missingValues.spellings, missingValues.spellings)
    guard Reading(given) == reading, given.protection.key == plan.policy.key else {
      throw SynthError.otherReading(checkpoint: path)
    }
  }

  /// Refuses a table other than the one that the run began with.
  ///
  /// - Throws: ``SynthError/otherTable(checkpoint:name:)``.
  func check(_ encoder: TableEncoder, name: String) throws {
    guard try encoder.checksum() == tableChecksum else {
      throw SynthError.otherTable(checkpoint: path, name: name)
    }
    guard plan.fits(rowCount: encoder.table.rowCount) else { throw contradiction }
  }

  static let contradictionReason = "The checkpoint's description contradicts itself."

  /// The error for parts that do not fit each other or the table.
  var contradiction: SynthError {
    .checkpointFile(path: path, reason: Checkpoint.contradictionReason)
  }
}
