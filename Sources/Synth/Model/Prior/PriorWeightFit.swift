import Foundation
import NN

/// Finds the weights of a column's parents in a ``PairPrior``, from some rows and the log ratios of each parent.
///
/// The logits of a row are log p(v) + sum over parents j of w_j log p(v | u_j) / p(v). Their likelihood is concave in w: Newton's
/// method finds the best weights of at least zero, with a pull to zero that decides where rows do not.
package struct PriorWeightFit {
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
    for _ in 0..<PriorWeightFit.mostSteps {
      let slope = slope(at: weights)
      active.removeAll { weights[$0] == 0 && slope.gradient[$0] <= 0 }
      let step = slope.newtonStep(active)
      var largest = 0.0
      for (index, parent) in active.enumerated() {
        let weight = min(PriorWeightFit.mostWeight, max(0, weights[parent] + step[index]))
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

  /// The derivatives of the likelihood: of each row, the ratios of its code less their means, and the ratios' covariances.
  private func slope(at weights: [Double]) -> Slope {
    var slope = Slope(weights: weights, pull: PriorWeightFit.pull)
    let buffer = Buffer(count: parentCount * (parentCount + width))
    defer { withExtendedLifetime(buffer) {} }
    let covariances = buffer.matrix(at: 0, rows: parentCount, columns: parentCount)
    let deviations = buffer.matrix(
      at: parentCount * parentCount, rows: parentCount, columns: width)
    var probabilities = [Float](repeating: 0, count: width)
    for row in targets.indices {
      fill(&probabilities, row: row, weights: weights)
      for j in 0..<parentCount {
        let start = (row * parentCount + j) * width
        var mean: Float = 0
        for v in 0..<width { mean += probabilities[v] * ratios[start + v] }
        for v in 0..<width {
          deviations[j, v] = probabilities[v].squareRoot() * (ratios[start + v] - mean)
        }
        slope.gradient[j] += Double(ratios[start + targets[row]] - mean)
      }
      Product.multiply(deviations, deviations, transposeB: true, into: covariances, adds: true)
    }
    for j in 0..<parentCount {
      for k in 0..<parentCount { slope.curvature[j][k] += Double(covariances[j, k]) }
    }
    return slope
  }

  /// The softmax of a row's logits.
  private func fill(_ probabilities: inout [Float], row: Int, weights: [Double]) {
    for v in 0..<width { probabilities[v] = bases[row * width + v] }
    for j in 0..<parentCount where weights[j] > 0 {
      let (start, weight) = ((row * parentCount + j) * width, Float(weights[j]))
      for v in 0..<width { probabilities[v] += weight * ratios[start + v] }
    }
    let most = probabilities.max() ?? 0
    var sum: Float = 0
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
