/// The rows that belong to each step and ending, and as many as were expected if all numbers of a piece were equally frequent.
struct StepCounts {
  /// The step that the numbers of each ending would belong to.
  private var endingSteps: [Int]
  private(set) var rows: [Double]
  private var expected: [Double]
  private var tallies: [RowTally]

  init(_ pieces: [Heaping.Piece], steps: [Int], endings: NumberEndings?) {
    func step(of unit: Int) -> Int { steps.lastIndex { unit.isMultiple(of: $0) } ?? 0 }
    endingSteps = endings?.endings.map(step) ?? []
    rows = Array(repeating: 0, count: steps.count + endingSteps.count)
    expected = rows
    tallies = rows.map { _ in RowTally() }
    for piece in pieces {
      var inPiece = 0
      for number in piece.numbers {
        let index =
          endings?.index(of: number.unit).map { steps.count + $0 } ?? step(of: number.unit)
        rows[index] += Double(number.count)
        tallies[index] += number.tally
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
      guard let endings else { continue }
      for (index, step) in endingSteps.enumerated() {
        let members = endings.numbers(index, in: piece.units, without: piece.excluded).count
        let rows = Double(inPiece) * Double(members) / Double(all)
        expected[steps.count + index] += rows
        expected[step] -= rows
      }
    }
  }

  init(sumOf counts: ArraySlice<StepCounts>) {
    endingSteps = counts.first?.endingSteps ?? []
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
    var weights = rows.indices.map { step in
      expected[step] > 0 && tallies[step].count >= minimumRows ? rows[step] / expected[step] : 0
    }
    // Numbers of an ending are drawn among those of their step too.
    for (index, step) in endingSteps.enumerated() {
      let ending = weights.count - endingSteps.count + index
      weights[ending] = max(0, weights[ending] - weights[step])
    }
    return weights
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
