/// Why a study cannot run. The description says what, where and what to do.
public enum StudyError: Error, Equatable, Sendable {
  /// An option is outside its range.
  case option(name: String, value: String, remedy: String)
  /// The table has too few rows for a holdout.
  case noHoldout(table: String, count: Int)
  /// The study's folder cannot be created; `reason` is the system's message.
  case folder(path: String, reason: String)
  /// The folder contains something other than a study.
  case notAStudy(path: String)
  /// The file that describes the study of a folder cannot be read.
  case damaged(path: String)
  /// The study of a folder was started with other settings.
  case otherStudy(path: String, name: String, recorded: String, given: String)
}

extension StudyError: CustomStringConvertible {
  /// The place, the fault and the remedy.
  public var description: String {
    switch self {
    case .option(let name, let value, let remedy):
      "\(name) cannot be \(value). \(remedy)"
    case .noHoldout(let table, let count):
      "\(table): \(count) data row\(count == 1 ? "" : "s") leave none for a holdout. Give a larger "
        + "share, a table of its own for the holdout, or a larger table."
    case .folder(let path, let reason):
      "\(path) cannot be made a folder: \(reason). Name another one."
    case .notAStudy(let path):
      "\(path) holds other files than a study's. Name a new folder, or one of a study to go on with."
    case .damaged(let path):
      "\(path) is not what a study has written. Name a new folder."
    case .otherStudy(let path, let name, let recorded, let given):
      "\(path): this study was begun with \(recorded) as the \(name), not \(given). Give the same, "
        + "or name a new folder."
    }
  }

  /// Throws unless a value lies in a range.
  static func check(
    _ value: Int, _ name: String, in range: ClosedRange<Int>
  ) throws(StudyError) {
    guard !range.contains(value) else { return }
    throw .option(
      name: name, value: "\(value)",
      remedy: "Give a whole number from \(range.lowerBound) to \(range.upperBound).")
  }
}
