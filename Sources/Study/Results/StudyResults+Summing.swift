import Foundation
import Synth

extension StudyResults {
  /// The repeats of every setting together, in the order of the plan.
  package static func summaries(of cells: [StudyCell], plan: StudyPlan) -> [StudySummary] {
    plan.keys.filter { $0.repetition == 1 }.compactMap { key in
      let repeats = cells.filter {
        $0.key.rowCount == key.rowCount && $0.key.modelSize == key.modelSize
          && $0.key.epochs == key.epochs
      }
      if repeats.isEmpty { return nil }
      let figures = Set(repeats.flatMap(\.values.keys))
      return StudySummary(
        rowCount: key.rowCount, modelSize: key.modelSize, epochs: key.epochs,
        values: figures.reduce(into: [:]) { values, figure in
          values[figure] = Spread(of: repeats.compactMap { $0.values[figure] })
        })
    }
  }

  /// How training time grows, for every model size and number of epochs.
  package static func runtimes(of cells: [StudyCell], plan: StudyPlan) -> [RuntimeFit] {
    plan.modelSizes.flatMap { modelSize in
      plan.epochs.compactMap { epochs in
        let points = cells.compactMap { cell -> (size: Double, seconds: Double)? in
          guard cell.key.modelSize == modelSize, cell.key.epochs == epochs,
            let seconds = cell.values[.trainingSeconds]
          else { return nil }
          return (Double(cell.key.rowCount), seconds)
        }
        return PowerLaw(through: points).map {
          RuntimeFit(
            modelSize: modelSize, epochs: epochs, exponent: $0.exponent, factor: $0.factor)
        }
      }
    }
  }

  /// The cells that no other cell beats in both accuracy and training time (Pareto front), the fastest first.
  package static func frontier(of cells: [StudyCell]) -> [StudyCell.Key] {
    let points = cells.compactMap { cell in
      cell.values[.trainingSeconds].flatMap { seconds in
        cell.values[.accuracy].map { (seconds: seconds, accuracy: $0, key: cell.key) }
      }
    }
    var frontier: [StudyCell.Key] = []
    var best = -Double.infinity
    for point in points.sorted(by: { ($0.seconds, -$0.accuracy) < ($1.seconds, -$1.accuracy) })
    where point.accuracy > best {
      best = point.accuracy
      frontier.append(point.key)
    }
    return frontier
  }
}

extension Spread {
  /// Of at least one value.
  package init(of values: [Double]) {
    count = values.count
    mean = values.reduce(0, +) / Double(count)
    let mean = mean
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    deviation = count > 1 ? (squares / Double(count - 1)).squareRoot() : nil
    minimum = values.min() ?? mean
    maximum = values.max() ?? mean
  }
}
