import NN

/// How closely distributions of one, two and three columns agree with the real ones.
public struct AccuracyFigures: Codable, Sendable, Equatable {
  /// The mean of the three scores below.
  public var overall: AccuracyScore
  public var univariate: AccuracyScore
  /// nil for a table of one column.
  public var bivariate: AccuracyScore?
  /// nil for a table of one or two columns.
  public var trivariate: AccuracyScore?
  public var columns: [ColumnAccuracy]
  public var pairs: [PairAccuracy]
}

/// An accuracy, from 0 to 1.
public struct AccuracyScore: Codable, Sendable, Equatable {
  public var value: Double
  /// What an independent sample of real rows is expected to score.
  public var expected: Double
  /// What the holdout scores against the training rows; nil without one.
  public var holdout: Double?
}

/// The accuracy of one column: alone, and the means over the pairs and triples that it is part of.
public struct ColumnAccuracy: Codable, Sendable, Equatable {
  public var column: String
  public var univariate: Measured
  public var bivariate: Measured?
  public var trivariate: Measured?
}

/// The accuracy of two columns together.
public struct PairAccuracy: Codable, Sendable, Equatable {
  public var first: String
  public var second: String
  public var accuracy: Measured
}

extension AccuracyFigures {
  /// The figures of every synthetic table.
  ///
  /// - Parameters:
  ///   - seed: Chooses triples where there are too many.
  ///   - pool: The result does not depend on its threads.
  package static func figures(
    of tables: ComparedTables, seed: UInt64, pool: WorkerPool
  ) -> [AccuracyFigures] {
    let accuracy = AccuracyEvaluator(tables, seed: seed, pool: pool)
    let scores = accuracy.scores(pool: pool)
    return tables.synthetic.indices.map { table in
      AccuracyFigures(
        names: tables.columns.map(\.name), sets: accuracy.sets, scores: scores.map { $0[table] })
    }
  }

  private init(names: [String], sets: [[Int]], scores: [AccuracyScore]) {
    var bySize = Array(repeating: ScoreSum(), count: 3)
    var byColumn = Array(repeating: bySize, count: names.count)
    for (set, score) in zip(sets, scores) {
      bySize[set.count - 1].add(score)
      for column in set { byColumn[column][set.count - 1].add(score) }
    }
    let means = bySize.map(\.mean)
    var overall = ScoreSum()
    for mean in means { mean.map { overall.add($0) } }
    self.overall = overall.mean!
    univariate = means[0]!
    bivariate = means[1]
    trivariate = means[2]
    columns = zip(names, byColumn).map { name, sums in
      let means = sums.map { $0.mean.map { Measured(value: $0.value, holdout: $0.holdout) } }
      return ColumnAccuracy(
        column: name, univariate: means[0]!, bivariate: means[1], trivariate: means[2])
    }
    pairs = zip(sets, scores).filter { $0.0.count == 2 }.map { set, score in
      PairAccuracy(
        first: names[set[0]], second: names[set[1]],
        accuracy: Measured(value: score.value, holdout: score.holdout))
    }
  }
}

/// Scores added up.
private struct ScoreSum {
  private var sum = AccuracyScore(value: 0, expected: 0, holdout: nil)
  private var count = 0

  mutating func add(_ score: AccuracyScore) {
    sum.value += score.value
    sum.expected += score.expected
    if let holdout = score.holdout { sum.holdout = (sum.holdout ?? 0) + holdout }
    count += 1
  }

  /// nil if nothing was added.
  var mean: AccuracyScore? {
    if count == 0 { return nil }
    let share = 1 / Double(count)
    return AccuracyScore(
      value: sum.value * share, expected: sum.expected * share,
      holdout: sum.holdout.map { $0 * share })
  }
}

/// Compares the distributions of one, two and three columns of synthetic tables with those of the real rows.
///
/// Columns are cut into bins (`ColumnBins`), learnt on training and holdout rows together. The accuracy of a set of
/// columns is one minus the total variation distance between the shares p of the n real rows and q of the m synthetic ones
/// in the cells that the bins of its columns make:
///
///     accuracy = 1 - 1/2 Σ |p - q|
///     expected = 1 - 1/2 Σ √(2/π · p (1 - p) (1/n + 1/m))
///
/// The expectation for an independent sample assumes normal differences. These are the definitions of
/// mostlyai-qa 1.10 (`accuracy` and `accuracy_max`); the choice of 10,000 triples where there are more is our own
/// (`ColumnSets`). The holdout's accuracy is that of its rows against the training rows alone, in the same bins.
struct AccuracyEvaluator {
  /// The sets of columns that are compared.
  let sets: [[Int]]
  private let columnCount: Int
  private let hasHoldout: Bool
  private let rowCounts: [Int]
  /// Of every column.
  private let binCounts: PartResults<Int>
  /// The bin of every row, by table and column: training, holdout if there is one, then the synthetic tables.
  private let codes: PartResults<[UInt16]>

  init(_ tables: ComparedTables, seed: UInt64, pool: WorkerPool) {
    let (real, all) = (tables.real, tables.all)
    let columnCount = tables.columns.count
    let binCounts = PartResults(repeating: 0, count: columnCount)
    let codes = PartResults<[UInt16]>(repeating: [], count: all.count * columnCount)
    pool.run(columnCount) { column in
      let bins = ColumnBins(tables.columns[column], learntOn: real.map { $0.values[column] })
      binCounts[column] = bins.count
      for (table, rows) in all.enumerated() {
        codes[table * columnCount + column] = bins.codes(of: rows.values[column])
      }
    }
    let choice = ColumnSets(columnCount: columnCount, seed: seed)
    sets = (0..<columnCount).map { [$0] } + choice.pairs + choice.triples
    self.columnCount = columnCount
    hasHoldout = tables.holdout != nil
    rowCounts = all.map(\.rowCount)
    self.binCounts = binCounts
    self.codes = codes
  }

  /// The score of every synthetic table in every set of columns: by set, then by table.
  func scores(pool: WorkerPool) -> [[AccuracyScore]] {
    let setsPerPart = 16
    let partCount = (sets.count + setsPerPart - 1) / setsPerPart
    let parts = PartResults<[[AccuracyScore]]>(repeating: [], count: partCount)
    pool.run(partCount) { [self] part in
      let range = part * setsPerPart..<min(sets.count, (part + 1) * setsPerPart)
      parts[part] = sets[range].map(scores)
    }
    return (0..<partCount).flatMap { parts[$0] }
  }

  private func scores(of set: [Int]) -> [AccuracyScore] {
    let counts = rowCounts.indices.map { cellCounts(of: set, table: $0) }
    let realCount = hasHoldout ? 2 : 1
    var real = Cells(counts: counts[0], rowCount: rowCounts[0])
    var holdout: Double?
    if hasHoldout {
      let held = Cells(counts: counts[1], rowCount: rowCounts[1])
      holdout = held.accuracy(against: real)
      real.add(held)
    }
    return counts.indices.dropFirst(realCount).map { table in
      let synthetic = Cells(counts: counts[table], rowCount: rowCounts[table])
      return AccuracyScore(
        value: synthetic.accuracy(against: real),
        expected: real.expectedAccuracy(ofSample: synthetic.rowCount), holdout: holdout)
    }
  }

  /// The number of rows of a table in each cell that the bins of the columns make.
  private func cellCounts(of set: [Int], table: Int) -> [Int32] {
    let cellCount = set.reduce(1) { $0 * binCounts[$1] }
    let columns = set.map { codes[table * columnCount + $0] }
    let secondCount = set.count > 1 ? binCounts[set[1]] : 1
    let thirdCount = set.count > 2 ? binCounts[set[2]] : 1
    return Array(unsafeUninitializedCapacity: cellCount) { counts, initializedCount in
      counts.initialize(repeating: 0)
      initializedCount = cellCount
      columns[0].withUnsafeBufferPointer { first in
        columns[set.count > 1 ? 1 : 0].withUnsafeBufferPointer { second in
          columns[set.count > 2 ? 2 : 0].withUnsafeBufferPointer { third in
            // SAFETY: all columns of a table have its rows, and every code is below the bins of its column.
            switch set.count {
            case 1:
              for row in first.indices { counts[Int(first[row])] &+= 1 }
            case 2:
              for row in first.indices {
                counts[Int(first[row]) &* secondCount &+ Int(second[row])] &+= 1
              }
            default:
              for row in first.indices {
                let pair = Int(first[row]) &* secondCount &+ Int(second[row])
                counts[pair &* thirdCount &+ Int(third[row])] &+= 1
              }
            }
          }
        }
      }
    }
  }
}

/// How many rows of a table lie in each cell.
private struct Cells {
  private(set) var counts: [Int32]
  private(set) var rowCount: Int

  init(counts: [Int32], rowCount: Int) {
    self.counts = counts
    self.rowCount = rowCount
  }

  mutating func add(_ other: Cells) {
    for cell in counts.indices { counts[cell] += other.counts[cell] }
    rowCount += other.rowCount
  }

  func accuracy(against real: Cells) -> Double {
    let (share, realShare) = (1 / Double(rowCount), 1 / Double(real.rowCount))
    var distance = 0.0
    for cell in counts.indices {
      distance += abs(Double(counts[cell]) * share - Double(real.counts[cell]) * realShare)
    }
    return 1 - distance / 2
  }

  func expectedAccuracy(ofSample sampleCount: Int) -> Double {
    let scale = 2 / Double.pi * (1 / Double(rowCount) + 1 / Double(sampleCount))
    var distance = 0.0
    for count in counts where count > 0 {
      let share = Double(count) / Double(rowCount)
      distance += (scale * share * (1 - share)).squareRoot()
    }
    return 1 - distance / 2
  }
}
