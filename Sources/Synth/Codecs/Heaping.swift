import Foundation
import Tables

/// How a column's numbers heap on round numbers, also known as digit preference: incomes are multiples of ten, prices end in .5.
///
/// The steps form a ladder: each is a small multiple of the one before. A number belongs to the coarsest step that divides it. The
/// steps' shares may depend on magnitude, so neighbouring bins with the same shares form a segment, which has shares of its own.
package struct Heaping: Codable, Equatable, Sendable {
  /// The steps in units, ascending from 1; each divides the next.
  package let steps: [Int]
  /// The first unit of each segment, ascending.
  package let starts: [Int]
  /// (segments, steps): how much more often a number that belongs to a step is drawn than others in the same place would be if
  /// all numbers were equally frequent. Zero for a step to which too few rows belong.
  package let weights: [[Double]]

  /// The next step is one of these multiples of a step.
  private static let factors = [2, 3, 5, 7]
  private static let mostSteps = 40
  /// A step joins the ladder if this share of the rows that are not expected to be its multiples are, or the other way round ...
  private static let leastExcess = 0.2
  /// ... and these rows are enough to measure it.
  private static let leastRows = 50.0
  /// The gain in log-likelihood, in nats per step, above which a segment is halved.
  private static let leastGain = 4.0

  /// The numbers of a piece of a bin.
  struct Piece {
    let units: Range<Int>
    /// Units that are not drawn in the piece, ascending.
    let excluded: ArraySlice<Int>
    let numbers: ArraySlice<CountedUnit>
  }

  /// nil for numbers that do not heap.
  ///
  /// - Parameter bins: The pieces of each bin.
  init?(of bins: [[Piece]], minimumRows: Int) {
    var steps = [1]
    while steps.count < Heaping.mostSteps,
      let next = Heaping.step(after: steps[steps.count - 1], in: bins)
    {
      steps.append(next)
    }
    guard steps.count > 1 else { return nil }
    let counts = bins.map { StepCounts($0, steps: steps) }
    let segments = Heaping.segments(counts, in: counts.indices)
    self.steps = steps
    starts = segments.map { bins[$0.lowerBound].first?.units.lowerBound ?? 0 }
    weights = segments.map { StepCounts(sumOf: counts[$0]).weights(minimumRows: minimumRows) }
  }

  /// The next step of the ladder: the multiple of a step to which most rows keep, so that no finer step is passed over; of several
  /// the one that explains most. nil if none explains enough.
  private static func step(after step: Int, in bins: [[Piece]]) -> Int? {
    var (best, bestScore) = (nil as Int?, (share: 0.0, gain: 0.0))
    for factor in factors where step < 1 << 48 {
      var (rows, observed, expected) = (0.0, 0.0, 0.0)
      for piece in bins.joined() {
        var (inPiece, round) = (0, 0)
        for number in piece.numbers where number.unit.isMultiple(of: step) {
          inPiece += number.count
          if number.unit.isMultiple(of: step * factor) { round += number.count }
        }
        guard inPiece > 0 else { continue }
        let all = RoundNumbers(step: step, in: piece.units, without: piece.excluded).count
        let some = RoundNumbers(step: step * factor, in: piece.units, without: piece.excluded).count
        rows += Double(inPiece)
        observed += Double(round)
        expected += Double(inPiece) * Double(some) / Double(max(1, all))
      }
      let others = rows - expected
      // Multiples may also be avoided: numbers that all end in .5 are no whole numbers.
      let (room, excess) =
        observed >= expected ? (others, observed - expected) : (expected, expected - observed)
      guard room >= leastRows, excess >= leastExcess * room else { continue }
      let score = (
        share: excess / room,
        gain: divergence(observed, expected) + divergence(rows - observed, others)
      )
      if score > bestScore { (best, bestScore) = (step * factor, score) }
    }
    return best
  }

  /// Halves a range of bins where that explains the steps' shares much better, then its halves.
  private static func segments(_ counts: [StepCounts], in range: Range<Int>) -> [Range<Int>] {
    let whole = StepCounts(sumOf: counts[range])
    var (best, bestGain) = (nil as Int?, leastGain * Double(whole.rows.count))
    var below = StepCounts(sumOf: [])
    for border in range.dropFirst() {
      below += counts[border - 1]
      let above = whole - below
      guard below.total >= leastRows, above.total >= leastRows else { continue }
      let gain = below.divergence + above.divergence - whole.divergence
      if gain > bestGain { (best, bestGain) = (border, gain) }
    }
    guard let best else { return [range] }
    return segments(counts, in: range.lowerBound..<best)
      + segments(counts, in: best..<range.upperBound)
  }

  fileprivate static func divergence(_ observed: Double, _ expected: Double) -> Double {
    observed > 0 && expected > 0 ? observed * log(observed / expected) : 0
  }
}

// MARK: - Drawing

extension Heaping {
  /// The numbers of a piece by step, with the cumulative weights of the steps; empty where none may be drawn.
  func numbers(
    in units: Range<Int>, without excluded: ArraySlice<Int>
  ) -> [(numbers: RoundNumbers, weightThrough: Double)] {
    var through = 0.0
    return zip(steps.indices, weights(at: units.lowerBound)).compactMap { index, weight in
      guard weight > 0 else { return nil }
      let numbers = RoundNumbers(
        step: steps[index], below: index + 1 < steps.count ? steps[index + 1] : nil, in: units,
        without: excluded)
      guard numbers.count > 0 else { return nil }
      through += weight * Double(numbers.count)
      return (numbers, through)
    }
  }

  /// The multiple of the finest step drawn there that is nearest to a number of units.
  func nearest(_ unit: Int) -> Int {
    guard let finest = weights(at: unit).firstIndex(where: { $0 > 0 }) else { return unit }
    return Int((Double(unit) / Double(steps[finest])).rounded()) * steps[finest]
  }

  private func weights(at unit: Int) -> [Double] {
    weights[max(0, starts.partitioningIndex { $0 > unit } - 1)]
  }

  /// Whether a ladder from a file can be drawn from.
  var isConsistent: Bool {
    steps.first == 1 && steps.count > 1 && steps.isAscending && steps.last! <= 1 << 52
      && zip(steps, steps.dropFirst()).allSatisfy { $1.isMultiple(of: $0) }
      && !starts.isEmpty && starts.isAscending && weights.count == starts.count
      && weights.allSatisfy {
        $0.count == steps.count && $0.allSatisfy { (0...0x1p60).contains($0) }
      }
  }
}

// MARK: - Counts

/// The rows that belong to each step, and as many as were expected if all numbers of a piece were equally frequent.
private struct StepCounts {
  var rows: [Double]
  private var expected: [Double]
  private var tallies: [RowTally]

  init(_ pieces: [Heaping.Piece], steps: [Int]) {
    rows = steps.map { _ in 0 }
    expected = rows
    tallies = steps.map { _ in RowTally() }
    for piece in pieces {
      var inPiece = 0
      for number in piece.numbers {
        let step = steps.lastIndex { number.unit.isMultiple(of: $0) } ?? 0
        rows[step] += Double(number.count)
        tallies[step] += number.tally
        inPiece += number.count
      }
      let all = RoundNumbers(in: piece.units, without: piece.excluded).count
      guard inPiece > 0, all > 0 else { continue }
      for (index, step) in steps.enumerated() {
        let members = RoundNumbers(
          step: step, below: index + 1 < steps.count ? steps[index + 1] : nil, in: piece.units,
          without: piece.excluded
        ).count
        expected[index] += Double(inPiece) * Double(members) / Double(all)
      }
    }
  }

  init(sumOf counts: ArraySlice<StepCounts>) {
    rows = []
    expected = []
    tallies = []
    for other in counts { self += other }
  }

  var total: Double { rows.reduce(0, +) }

  var divergence: Double {
    zip(rows, expected).reduce(0) { $0 + Heaping.divergence($1.0, $1.1) }
  }

  func weights(minimumRows: Int) -> [Double] {
    rows.indices.map { step in
      expected[step] > 0 && tallies[step].count >= minimumRows ? rows[step] / expected[step] : 0
    }
  }

  static func += (sum: inout StepCounts, other: StepCounts) {
    if sum.rows.isEmpty { return sum = other }
    for step in sum.rows.indices {
      sum.rows[step] += other.rows[step]
      sum.expected[step] += other.expected[step]
      sum.tallies[step] += other.tallies[step]
    }
  }

  /// The rows without those of a part; tallies are not subtracted.
  static func - (sum: StepCounts, part: StepCounts) -> StepCounts {
    var rest = sum
    for step in sum.rows.indices {
      rest.rows[step] -= part.rows[step]
      rest.expected[step] -= part.expected[step]
    }
    return rest
  }
}
