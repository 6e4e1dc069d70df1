/// The correlation of Pearson over the rows that have both numbers; nil where one of them is constant.
func correlation(_ first: [Double], _ second: [Double]) -> Double? {
  var (count, firstSum, secondSum) = (0.0, 0.0, 0.0)
  var (firstRange, secondRange) = (Extremes(), Extremes())
  for (x, y) in zip(first, second) where !x.isNaN && !y.isNaN {
    count += 1
    firstSum += x
    secondSum += y
    firstRange.add(x)
    secondRange.add(y)
  }
  // The mean of equal numbers may be a little off them: squares alone would not show it.
  guard firstRange.low < firstRange.high, secondRange.low < secondRange.high else { return nil }
  let (firstMean, secondMean) = (firstSum / count, secondSum / count)
  var (firstSquares, secondSquares, products) = (0.0, 0.0, 0.0)
  for (x, y) in zip(first, second) where !x.isNaN && !y.isNaN {
    let (dx, dy) = (x - firstMean, y - secondMean)
    firstSquares += dx * dx
    secondSquares += dy * dy
    products += dx * dy
  }
  let correlation = products / (firstSquares.squareRoot() * secondSquares.squareRoot())
  return correlation.isFinite ? min(1, max(-1, correlation)) : nil
}

/// The lowest and the highest of some numbers.
private struct Extremes {
  var (low, high) = (Double.infinity, -Double.infinity)

  mutating func add(_ number: Double) {
    low = min(low, number)
    high = max(high, number)
  }
}

/// How much of a number's variance a category explains, corrected for chance: the root of ε² (Kelley, "An unbiased
/// correlation ratio measure", 1935), from 0 to 1; 0 where it is not defined.
///
/// Rows without a number are left out.
func correlationRatio(ofNumbers numbers: [Double], byCodes codes: [Int32], count: Int) -> Double {
  var counts = Array(repeating: 0.0, count: count)
  var sums = counts
  for (number, code) in zip(numbers, codes) where !number.isNaN {
    counts[Int(code)] += 1
    sums[Int(code)] += number
  }
  let rowCount = counts.reduce(0, +)
  let groupCount = Double(counts.count { $0 > 0 })
  let mean = sums.reduce(0, +) / rowCount
  let means = zip(sums, counts).map { $1 > 0 ? $0 / $1 : 0 }
  var (within, total) = (0.0, 0.0)
  for (number, code) in zip(numbers, codes) where !number.isNaN {
    let (toGroup, toAll) = (number - means[Int(code)], number - mean)
    within += toGroup * toGroup
    total += toAll * toAll
  }
  let ratio = 1 - within / (rowCount - groupCount) / (total / (rowCount - 1))
  return ratio.isFinite ? max(0, ratio).squareRoot() : 0
}

/// How strongly two categories are associated, corrected for chance: Cramér's V after Bergsma ("A bias-correction for Cramér's V
/// and Tschuprow's T", 2013), from 0 to 1; 0 where one of them is constant.
func cramersV(_ counts: ContingencyTable, table: Int, firstCount: Int, secondCount: Int) -> Double {
  var firstSums = Array(repeating: 0.0, count: firstCount)
  var secondSums = Array(repeating: 0.0, count: secondCount)
  for (cell, count) in counts.tables[table].enumerated() where count > 0 {
    let codes = counts.codes(ofCell: cell)
    firstSums[codes.first] += Double(count)
    secondSums[codes.second] += Double(count)
  }
  let rowCount = firstSums.reduce(0, +)
  // χ² / n = Σ n_ij² / (n_i n_j) - 1
  var meanSquare = -1.0
  for (cell, count) in counts.tables[table].enumerated() where count > 0 {
    let codes = counts.codes(ofCell: cell)
    meanSquare += Double(count) / firstSums[codes.first] * Double(count) / secondSums[codes.second]
  }
  let others = rowCount - 1
  let (rows, columns) = (occurring(firstSums), occurring(secondSums))
  let corrected = max(0, meanSquare - (rows - 1) * (columns - 1) / others)
  let least = min(
    rows - 1 - (rows - 1) * (rows - 1) / others,
    columns - 1 - (columns - 1) * (columns - 1) / others)
  let square = corrected / least
  return least > 0 && square.isFinite ? min(1, square.squareRoot()) : 0
}

private func occurring(_ sums: [Double]) -> Double { Double(sums.count { $0 > 0 }) }
