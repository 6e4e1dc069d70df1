import Synth

/// The cells of a study: every size with every model size, number of epochs and repeat.
public struct StudyPlan: Codable, Sendable, Equatable {
  /// Rows to train on, ascending; the last may be all of them.
  public var rowCounts: [Int]
  /// Sizes that were asked for and are larger than the training part: replaced by all its rows.
  public var oversized: [Int]
  public var modelSizes: [ModelSize]
  public var epochs: [StudyEpochs]
  public var repetitions: Int
  /// Synthetic rows of each cell.
  public var drawnRowCount: Int

  package init(
    rowCounts: [Int], oversized: [Int], modelSizes: [ModelSize], epochs: [StudyEpochs],
    repetitions: Int, drawnRowCount: Int
  ) {
    self.rowCounts = rowCounts
    self.oversized = oversized
    self.modelSizes = modelSizes
    self.epochs = epochs
    self.repetitions = repetitions
    self.drawnRowCount = drawnRowCount
  }

  /// The cells that the options ask for, for a number of training rows.
  init(_ options: StudyOptions, trainingCount: Int) {
    let asked = options.sizes.map { size in
      if case .rows(let count) = size { count } else { trainingCount }
    }
    self.init(
      rowCounts: Set(asked.map { min($0, trainingCount) }).sorted(),
      oversized: Set(asked.filter { $0 > trainingCount }).sorted(),
      modelSizes: options.modelSizes.unique, epochs: options.epochs.unique,
      repetitions: options.repetitions, drawnRowCount: options.drawnRowCount)
  }

  /// All cells, in the order in which they are run and listed.
  public var keys: [StudyCell.Key] {
    rowCounts.flatMap { rowCount in
      modelSizes.flatMap { modelSize in
        epochs.flatMap { epochs in
          (1...repetitions).map {
            StudyCell.Key(
              rowCount: rowCount, modelSize: modelSize, epochs: epochs, repetition: $0)
          }
        }
      }
    }
  }
}

extension Array where Element: Equatable {
  /// The different elements in the order in which they come first.
  fileprivate var unique: [Element] {
    reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }
}
