/// What keeps a model from being trained, read or used. The description says what, where and what to do.
public enum SynthError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The table has too few rows to learn from without telling about single ones.
  case tooFewRows(name: String, count: Int)
  /// The table has more rows than can be counted in 31 bits.
  case tooManyRows(name: String, count: Int)
  /// The key is no column of the table; `nearest` is the column that may be meant.
  case unknownKey(name: String, table: String, nearest: String?)
  /// The second reading of a table differed from the first.
  case changedWhileReading(name: String)
  /// An option has a value that is not allowed.
  case option(name: String, value: String, remedy: String)
  /// Training left the range of finite numbers.
  case diverged(epoch: Int)
  /// A file or folder is nothing that training has written.
  case notAModel(path: String)
  /// A model file is not whole, or was changed.
  case modelFile(path: String, reason: String)
  /// A checkpoint where a model is asked for.
  case unfinished(checkpoint: String)
  /// A model where a checkpoint is asked for.
  case finished(model: String)
  /// A file or folder is no checkpoint.
  case notACheckpoint(path: String)
  /// A checkpoint is not whole, or was changed.
  case checkpointFile(path: String, reason: String)
  /// A checkpoint would be written over a file that is there.
  case checkpointExists(path: String)
  /// The table is not the one that a checkpoint's run was begun on.
  case otherTable(checkpoint: String, name: String)
  /// The columns are to be read in another way than that of a checkpoint's run.
  case otherReading(checkpoint: String)
  /// An option is not what a checkpoint's run was begun with.
  case otherOption(checkpoint: String, name: String, recorded: String, given: String)

  public var description: String {
    switch self {
    case .tooFewRows(let name, let count):
      "\(name): \(count) data row\(count == 1 ? "" : "s"), but at least \(DisclosurePolicy.minimumTableRows) "
        + "are needed to learn from. Give a larger table."
    case .tooManyRows(let name, let count):
      "\(name): \(count) data rows, but at most \(TableEncoder.mostRows) can be learnt from. "
        + "Train on a sample of them."
    case .unknownKey(let name, let table, let nearest):
      "\(table) has no column '\(name)' to be the key. "
        + (nearest.map { "Do you mean '\($0)'?" } ?? "Give the name of one of its columns.")
    case .changedWhileReading(let name):
      "\(name): the table changed while it was read. Train again when nothing writes to it."
    case .option(let name, let value, let remedy):
      "\(name) cannot be \(value). \(remedy)"
    case .diverged(let epoch):
      "The loss is no longer a number in epoch \(epoch). Use a smaller learning rate."
    case .notAModel(let path):
      "\(path) is not a model. Give a file that training has written."
    case .modelFile(let path, let reason):
      "\(path): \(reason) Train the model again, or copy the file again from where it was made."
    case .unfinished(let path):
      "\(path) is a checkpoint of a training run that has not ended. Finish it with "
        + "'likeness train ... --resume \(path)'."
    case .finished(let path):
      "\(path) is a model, whose training has ended: there is nothing to resume. Give the "
        + "checkpoint of a run that was stopped."
    case .notACheckpoint(let path):
      "\(path) is not a checkpoint. Give a file that training with a checkpoint has written."
    case .checkpointFile(let path, let reason):
      "\(path): \(reason) Train from the start, or copy the file again from where it was made."
    case .checkpointExists(let path):
      "\(path) exists already. Go on from it with --resume if it is a checkpoint; if not, remove "
        + "it, or name another file for the checkpoint."
    case .otherTable(let path, let name):
      "\(path): this checkpoint was made in training on another table than \(name). Give the same "
        + "files in the same order, and the same separator."
    case .otherReading(let path):
      "\(path): training began with another schema, key or protection of values. Give the same, or "
        + "leave them out."
    case .otherOption(let path, let name, let recorded, let given):
      "\(path): training began with \(recorded) as the \(name), not \(given). Give the same, or "
        + "leave it out."
    }
  }
}
