import Foundation
import NN
import Tables

/// Samples of the compared tables as rows of numbers with meaningful distances.
///
/// A number becomes its mid-rank quantile among all real rows, (rows below + rows not above) / 2 over their count: from 0 to
/// 1, whatever its unit, its outliers and its skew. A missing number becomes 0.5 and a 1 in a column of its own, where others
/// have a 0. The square of two rows' distance is the sum of the squared differences of these numbers plus 1 for each
/// category that differs; a missing category is a value like others. One-hot vectors scaled by √½ have the same distances; here
/// even rare levels are distinguished, and none costs memory.
///
/// Real rows have the same quantile only if they have the same number: a distance of 0 means an exact copy.
package struct FeatureSpace: Sendable {
  package let training: MixedRows
  package let holdout: MixedRows?
  package let synthetic: [MixedRows]

  /// The most rows of the training table; fewer if it has many columns, so that they fit some hundred megabytes.
  static let (mostTrainingRows, mostTrainingCells) = (100_000, 10_000_000)
  /// The most rows of any other table.
  static let mostRows = 10_000

  /// - Parameter seed: Chooses the rows of tables above the limits and the order of all rows, so that the first rows are a
  ///   sample of the table.
  package init(of tables: ComparedTables, seed: UInt64, pool: WorkerPool) {
    let mostTrainingRows = min(
      FeatureSpace.mostTrainingRows,
      max(FeatureSpace.mostRows, FeatureSpace.mostTrainingCells / max(1, tables.columns.count)))
    let philox = Philox(seed: seed, purpose: .sample)
    let holdout = tables.holdout.map { [$0] } ?? []
    let samples =
      [RowSample(of: tables.training, most: mostTrainingRows, philox, stream: 0)]
      + holdout.map { RowSample(of: $0, most: FeatureSpace.mostRows, philox, stream: 1) }
      + tables.synthetic.map { RowSample(of: $0, most: FeatureSpace.mostRows, philox, stream: 2) }
    let columnCount = tables.columns.count
    let features = PartResults<[Feature]>(repeating: [], count: columnCount)
    pool.run(columnCount) { column in
      features[column] = FeatureSpace.features(
        of: tables.columns[column], at: column, real: [tables.training] + holdout, samples: samples)
    }
    let rows = samples.indices.map { sample in
      FeatureSpace.rows(
        count: samples[sample].rows.count,
        features: (0..<columnCount).map { features[$0][sample] })
    }
    training = rows[0]
    self.holdout = tables.holdout == nil ? nil : rows[1]
    synthetic = Array(rows[(1 + holdout.count)...])
  }

  /// The features of one column of one sample.
  private struct Feature {
    var numbers: [[Float]] = []
    var codes: [[Int32]] = []
  }

  private static func rows(count: Int, features: [Feature]) -> MixedRows {
    MixedRows(
      rowCount: count, numbers: features.flatMap(\.numbers), codes: features.flatMap(\.codes))
  }

  /// The features of a column, one for each sample, all of the same kind.
  private static func features(
    of column: ComparedColumn, at index: Int, real: [ComparedTable], samples: [RowSample]
  ) -> [Feature] {
    guard column.isNumeric else {
      return samples.map { sample in
        let codes = sample.table.values[index].codes
        return Feature(codes: [sample.rows.map { codes[$0] }])
      }
    }
    let ranks = MidRanks(of: real.map { $0.values[index].numbers })
    let columns = samples.map { sample in
      let numbers = sample.table.values[index].numbers
      return sample.rows.map { numbers[$0] }
    }
    // Without missing values, a column of zeros would change nothing.
    let isFlagged = columns.contains { $0.contains(where: \.isNaN) }
    return columns.map { column in
      let quantiles = column.map { $0.isNaN ? 0.5 : ranks.quantile(of: $0) }
      let flags: [Float] = isFlagged ? column.map { $0.isNaN ? 1 : 0 } : []
      return Feature(numbers: isFlagged ? [quantiles, flags] : [quantiles])
    }
  }
}

/// The ranks of numbers among those of real rows.
private struct MidRanks {
  private let sorted: [Double]

  init(of columns: [[Double]]) {
    sorted = columns.flatMap { $0.filter { !$0.isNaN } }.sorted()
  }

  /// From 0 to 1; 0.5 if there are no numbers to compare with.
  func quantile(of number: Double) -> Float {
    guard !sorted.isEmpty else { return 0.5 }
    let below = sorted.partitioningIndex { $0 >= number }
    let notAbove = sorted.partitioningIndex { $0 > number }
    return Float(Double(below + notAbove) / Double(2 * sorted.count))
  }
}
