import Foundation

/// Inequalities between columns of numbers that no row has broken so far.
struct InequalityCandidates {
  private var pairs: [(lower: Int, upper: Int)] = []

  private static let leastRows = 20
  /// The share of pairs of numbers from different rows that may obey.
  private static let mostChance = 0.9
  /// Nats that speak against chance.
  private static let leastEvidence = 20.0
  /// Rows times pairs of columns that are looked at.
  private static let mostComparisons = 200_000_000

  init(_ columns: [RuleColumn], sample: RowSample) {
    let ordered = columns.indices.filter { columns[$0].isOrdered }
    let pairCount = max(1, ordered.count * (ordered.count - 1) / 2)
    let rowCount = min(sample.rowCount, InequalityCandidates.mostComparisons / pairCount)
    for (place, first) in ordered.enumerated() {
      for second in ordered[(place + 1)...] {
        if let pair = InequalityCandidates.pair(first, second, sample, rowCount: rowCount) {
          pairs.append(pair)
        }
      }
    }
  }

  /// The columns of a pair in the order that all rows have them in; nil where it says nothing.
  private static func pair(
    _ first: Int, _ second: Int, _ sample: RowSample, rowCount: Int
  ) -> (lower: Int, upper: Int)? {
    var (isBelow, isAbove) = (false, false)
    var rows: [Int] = []
    for row in 0..<rowCount {
      let (a, b) = (sample.number(row, first), sample.number(row, second))
      if a.isNaN || b.isNaN { continue }
      isBelow = isBelow || a < b
      isAbove = isAbove || a > b
      if isBelow, isAbove { return nil }
      rows.append(row)
    }
    guard rows.count >= leastRows, isBelow != isAbove else { return nil }
    let (lower, upper) = isBelow ? (first, second) : (second, first)
    let chance = chance(
      of: rows.map { sample.number($0, lower) }, below: rows.map { sample.number($0, upper) })
    let evidence = -log(chance) * Double(rows.count)
    return chance <= mostChance && evidence >= leastEvidence ? (lower, upper) : nil
  }

  /// The share of all pairs of a number of each in which the first is at most the second.
  private static func chance(of lower: [Double], below upper: [Double]) -> Double {
    let (lower, upper) = (lower.sorted(), upper.sorted())
    var (below, obeying) = (0, 0)
    for number in upper {
      while below < lower.count, lower[below] <= number { below += 1 }
      obeying += below
    }
    return Double(obeying) / (Double(lower.count) * Double(upper.count))
  }

  var columns: Set<Int> { Set(pairs.flatMap { [$0.lower, $0.upper] }) }

  /// Drops what a row breaks.
  mutating func check(_ cells: [Double]) {
    // Comparisons with what is missing are false.
    guard pairs.contains(where: { cells[$0.lower] > cells[$0.upper] }) else { return }
    pairs.removeAll { cells[$0.lower] > cells[$0.upper] }
  }

  /// What is left, without what follows from others.
  func constraints(_ names: [String]) -> [Constraint] {
    let isPair = Set(pairs.map { [$0.lower, $0.upper] })
    let columns = columns.sorted()
    return pairs.filter { pair in
      !columns.contains {
        isPair.contains([pair.lower, $0]) && isPair.contains([$0, pair.upper])
      }
    }.map {
      Constraint(.inequality(lower: names[$0.lower], upper: names[$0.upper], isStrict: false))
    }
  }
}
