/// Says of many formulas of one column at little cost that they do not hold.
///
/// Most formulas are wrong in the first rows that they are tried in: a few rows are kept at hand for that.
struct DerivationSearch {
  /// The column to be derived.
  let target: Int
  /// The columns that it may be derived from. The functions take their places here.
  let others: [Int]

  /// Rows that formulas are tried in.
  private static let rowCount = 4
  private let decimals: Int
  /// The numbers of the target in these rows.
  private let targets: [Double]
  /// The numbers of the others, (rows, others).
  private let numbers: [Double]

  init(target: Int, others: [Int], decimals: Int, sample: NumberSample) {
    self.target = target
    self.others = others
    self.decimals = decimals
    let rows = (0..<sample.rowCount).lazy.filter { !sample.number($0, target).isNaN }
      .prefix(Self.rowCount)
    targets = rows.map { sample.number($0, target) }
    numbers = rows.flatMap { row in others.map { sample.number(row, $0) } }
  }

  /// Whether an operation of two columns gives the target in the rows at hand.
  @inline(__always)
  func matches(_ first: Int, _ second: Int, _ operation: (Double, Double) -> Double) -> Bool {
    for row in targets.indices {
      let start = row * others.count
      guard
        operation(numbers[start + first], numbers[start + second])
          .isSame(as: targets[row], decimals: decimals)
      else { return false }
    }
    return true
  }

  /// Whether the sum of some columns is the target in the rows at hand.
  func matchesSum(of places: ArraySlice<Int>) -> Bool {
    targets.indices.allSatisfy { row in
      let start = row * others.count
      return places.dropFirst().reduce(numbers[start + places.first!]) { $0 + numbers[start + $1] }
        .isSame(as: targets[row], decimals: decimals)
    }
  }
}
