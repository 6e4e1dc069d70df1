import Foundation
import Tables

/// How a column's numbers heap on round numbers, also known as digit preference: incomes are multiples of ten, prices end in .5.
///
/// The steps form a ladder: each is a small multiple of the one before. A number belongs to its ending if that is frequent, or to the
/// coarsest step that divides it. The shares of steps and endings may depend on magnitude, so neighbouring bins with the same shares
/// form a segment, which has shares of its own.
package struct Heaping: Codable, Equatable, Sendable {
  /// The steps in units, ascending from 1; each divides the next.
  package let steps: [Int]
  /// Frequent endings; nil if there are none.
  package let endings: NumberEndings?
  /// The first unit of each segment, ascending.
  package let starts: [Int]
  /// (segments, steps and endings): how much more often a number that belongs to a step is drawn than others in the same place would
  /// be if all numbers were equally frequent; for an ending how much more often than others of its step. Zero for a step to which
  /// too few rows belong.
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

    /// The piece with some of its numbers.
    fileprivate func filter(_ isKept: (Int) -> Bool) -> Piece {
      Piece(units: units, excluded: excluded, numbers: numbers.filter { isKept($0.unit) }[...])
    }
  }

  /// nil for numbers that do not heap.
  ///
  /// - Parameter bins: The pieces of each bin.
  init?(of bins: [[Piece]], minimumRows: Int) {
    let endings = NumberEndings(of: bins, minimumRows: minimumRows)
    let others = endings.map { endings in
      bins.map { $0.map { $0.filter { endings.index(of: $0) == nil } } }
    }
    var steps = [1]
    while steps.count < Heaping.mostSteps,
      let next = Heaping.step(after: steps[steps.count - 1], in: others ?? bins),
      endings?.areApart(from: next) ?? true
    {
      steps.append(next)
    }
    guard steps.count > 1 || endings != nil else { return nil }
    let counts = bins.map { StepCounts($0, steps: steps, endings: endings) }
    let segments = Heaping.segments(counts, in: counts.indices)
    self.steps = steps
    self.endings = endings
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

  static func divergence(_ observed: Double, _ expected: Double) -> Double {
    observed > 0 && expected > 0 ? observed * log(observed / expected) : 0
  }
}

// MARK: - Drawing

extension Heaping {
  /// The numbers of a piece by step and ending, with their cumulative weights; empty where none may be drawn.
  func numbers(
    in units: Range<Int>, without excluded: ArraySlice<Int>
  ) -> [(numbers: RoundNumbers, weightThrough: Double)] {
    var through = 0.0
    return weights(at: units.lowerBound).enumerated().compactMap { index, weight in
      guard weight > 0 else { return nil }
      let numbers = numbers(of: index, in: units, without: excluded)
      guard numbers.count > 0 else { return nil }
      through += weight * Double(numbers.count)
      return (numbers, through)
    }
  }

  /// The numbers in a range of units that belong to a step, or have an ending.
  private func numbers(
    of index: Int, in units: Range<Int>, without excluded: ArraySlice<Int>
  ) -> RoundNumbers {
    if let endings, index >= steps.count {
      return endings.numbers(index - steps.count, in: units, without: excluded)
    }
    let next = index + 1 < steps.count ? steps[index + 1] : nil
    return RoundNumbers(step: steps[index], below: next, in: units, without: excluded)
  }

  /// The multiple of the finest step drawn there that is nearest to a number of units.
  func nearest(_ unit: Int) -> Int {
    let finest = zip(steps.indices, weights(at: unit)).first { $1 > 0 }?.0
    guard let finest else { return unit }
    return Int((Double(unit) / Double(steps[finest])).rounded()) * steps[finest]
  }

  private func weights(at unit: Int) -> [Double] {
    weights[max(0, starts.partitioningIndex { $0 > unit } - 1)]
  }

  /// Whether a ladder from a file can be drawn from.
  var isConsistent: Bool {
    steps.first == 1 && (steps.count > 1 || endings != nil) && steps.isAscending
      && steps.last! <= 1 << 52
      && zip(steps, steps.dropFirst()).allSatisfy { $1.isMultiple(of: $0) }
      && (endings?.isConsistent ?? true) && !starts.isEmpty && starts.isAscending
      && weights.count == starts.count
      && weights.allSatisfy {
        $0.count == steps.count + (endings?.endings.count ?? 0)
          && $0.allSatisfy { (0...0x1p60).contains($0) }
      }
  }
}
