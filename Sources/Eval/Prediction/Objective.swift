import Foundation

/// The predicted quantity and the loss to minimise.
package enum Objective: Sendable, Equatable {
  /// Labels 0 and 1. A margin is the log odds of 1.
  case binary
  /// Labels 0..<classCount. Each row has as many margins, the logarithms of the classes' chances but for a constant.
  case multiclass(classCount: Int)
  /// Numbers of mean 0 and about unit variance. A margin is the number.
  case regression

  /// The number of margins of a row.
  var marginCount: Int {
    if case .multiclass(let classCount) = self { classCount } else { 1 }
  }

  /// The probabilities of several classes: the softmax of each row of margins.
  package static func chances(ofMargins margins: [Float], classCount: Int) -> [Float] {
    var chances = margins
    for first in stride(from: 0, to: margins.count, by: classCount) {
      let row = first..<first + classCount
      let largest = margins[row].max()!
      for index in row { chances[index] = exp(margins[index] - largest) }
      let total = chances[row].reduce(0, +)
      for index in row { chances[index] /= total }
    }
    return chances
  }

  /// What XGBoost is given for rows with these labels.
  ///
  /// The weight that a leaf needs is the sum of the second derivatives of its rows' losses: of two classes at most 1/4 for a
  /// row, for a number 1, and next to nothing for one of many classes.
  func parameters(labels: [Float]) -> [(name: String, value: String)] {
    switch self {
    case .binary:
      let share = labels.reduce(0) { $0 + Double($1) } / Double(labels.count)
      return [
        ("objective", "binary:logistic"), ("base_score", "\(min(max(share, 1e-6), 1 - 1e-6))"),
        ("min_child_weight", "5"),
      ]
    case .multiclass(let classCount):
      return [("objective", "multi:softprob"), ("num_class", "\(classCount)")]
    case .regression:
      return [("objective", "reg:squarederror"), ("base_score", "0"), ("min_child_weight", "10")]
    }
  }

  /// The mean loss of margins, (rows, margins): log loss in nats for classes, squared error for numbers.
  func loss(_ margins: UnsafeBufferPointer<Float>, labels: [Float]) -> Double {
    precondition(
      margins.count == labels.count * marginCount,
      "\(margins.count) margins of \(labels.count) rows")
    var sum = 0.0
    switch self {
    case .binary:
      for (margin, label) in zip(margins, labels) {
        // log(1 + exp(-m)) of the margin m towards the label, without overflow.
        let toward = Double(label > 0 ? margin : -margin)
        sum += max(-toward, 0) + log1p(exp(-abs(toward)))
      }
    case .multiclass(let classCount):
      for (row, label) in labels.enumerated() {
        let first = row * classCount
        let ofRow = margins[first..<first + classCount]
        let largest = ofRow.max()!
        let total = ofRow.reduce(0.0) { $0 + Double(exp($1 - largest)) }
        sum += log(total) + Double(largest - margins[first + Int(label)])
      }
    case .regression:
      for (margin, label) in zip(margins, labels) {
        let error = Double(margin - label)
        sum += error * error
      }
    }
    return sum / Double(labels.count)
  }
}
