import Foundation

/// Rows of a column and what each of its parents says about them, to find the weights of the parents in a ``PairPrior``.
///
/// The logits of a row are log p(v) + sum over parents j of w_j log p(v | u_j) / p(v). Their likelihood is concave in w: Newton's
/// method finds the best weights of at least zero, with a pull to zero that decides where rows do not.
package struct WeightExamples {
  private let parentCount: Int
  /// Codes of the column.
  private let width: Int
  private var targets: [Int] = []
  /// log p(v), (rows, V).
  private var bases: [Float] = []
  /// log p(v | u) / p(v), (rows, parents, V).
  private var ratios: [Float] = []

  /// No rows yet.
  package init(parentCount: Int, width: Int) {
    self.parentCount = parentCount
    self.width = width
  }

  /// Adds a row whose code is `target`.
  package mutating func add(target: Int, base: [Float], ratios rows: [ArraySlice<Float>]) {
    precondition(
      base.count == width && rows.count == parentCount && rows.allSatisfy { $0.count == width },
      "a row of \(rows.count) parents for \(parentCount)")
    targets.append(target)
    bases += base
    for row in rows { ratios += row }
  }

  /// One weight for each parent.
  package func bestWeights() -> [Double] {
    var weights = [Double](repeating: 1 / Double(max(1, parentCount)), count: parentCount)
    var active = Array(weights.indices)
    for _ in 0..<WeightExamples.mostSteps {
      let slope = slope(at: weights)
      active.removeAll { weights[$0] == 0 && slope.gradient[$0] <= 0 }
      let step = slope.newtonStep(active)
      var largest = 0.0
      for (index, parent) in active.enumerated() {
        let weight = min(WeightExamples.mostWeight, max(0, weights[parent] + step[index]))
        largest = max(largest, abs(weight - weights[parent]))
        weights[parent] = weight
      }
      active = weights.indices.filter { weights[$0] > 0 || slope.gradient[$0] > 0 }
      if largest < 1e-3 { break }
    }
    return weights
  }

  private static let mostSteps = 12
  private static let mostWeight = 2.0
  /// Nats that a weight of 1 costs, times two.
  private static let pull = 3.0

  /// The derivatives of the likelihood.
  private func slope(at weights: [Double]) -> Slope {
    var slope = Slope(weights: weights, pull: WeightExamples.pull)
    var probabilities = [Double](repeating: 0, count: width)
    var means = [Double](repeating: 0, count: parentCount)
    for row in targets.indices {
      fill(&probabilities, row: row, weights: weights)
      for j in 0..<parentCount {
        let start = (row * parentCount + j) * width
        means[j] = (0..<width).reduce(0) { $0 + probabilities[$1] * Double(ratios[start + $1]) }
        slope.gradient[j] += Double(ratios[start + targets[row]]) - means[j]
        for k in 0...j {
          let other = (row * parentCount + k) * width
          var product = 0.0
          for v in 0..<width {
            product += probabilities[v] * Double(ratios[start + v]) * Double(ratios[other + v])
          }
          slope.curvature[j][k] += product - means[j] * means[k]
          if k < j { slope.curvature[k][j] = slope.curvature[j][k] }
        }
      }
    }
    return slope
  }

  /// The softmax of a row's logits.
  private func fill(_ probabilities: inout [Double], row: Int, weights: [Double]) {
    for v in 0..<width { probabilities[v] = Double(bases[row * width + v]) }
    for j in 0..<parentCount where weights[j] > 0 {
      let start = (row * parentCount + j) * width
      for v in 0..<width { probabilities[v] += weights[j] * Double(ratios[start + v]) }
    }
    let most = probabilities.max() ?? 0
    var sum = 0.0
    for v in 0..<width {
      probabilities[v] = exp(probabilities[v] - most)
      sum += probabilities[v]
    }
    for v in 0..<width { probabilities[v] /= sum }
  }
}

/// The gradient of a log-likelihood and its negative second derivatives.
private struct Slope {
  var gradient: [Double]
  var curvature: [[Double]]

  /// That of a pull to zero alone.
  init(weights: [Double], pull: Double) {
    gradient = weights.map { -pull * $0 }
    curvature = weights.indices.map { row in weights.indices.map { $0 == row ? pull : 0 } }
  }

  /// What to add to some weights: the curvature's inverse times the gradient, by Gaussian elimination. The pull keeps every
  /// pivot away from zero.
  func newtonStep(_ active: [Int]) -> [Double] {
    var rows = active.map { j in active.map { curvature[j][$0] } + [gradient[j]] }
    for pivot in rows.indices {
      for row in rows.indices where row != pivot {
        let factor = rows[row][pivot] / rows[pivot][pivot]
        for column in pivot..<rows[row].count { rows[row][column] -= factor * rows[pivot][column] }
      }
    }
    return rows.indices.map { rows[$0][active.count] / rows[$0][$0] }
  }
}
