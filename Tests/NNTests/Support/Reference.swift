import Foundation

/// A row-major matrix of Double, for references that are written to be read.
struct Dense {
  let rows: Int
  let columns: Int
  var elements: [Double]

  init(_ elements: [Double], rows: Int, columns: Int) {
    precondition(elements.count == rows * columns)
    self.rows = rows
    self.columns = columns
    self.elements = elements
  }

  init(rows: Int, columns: Int, element: (_ row: Int, _ column: Int) -> Double) {
    let elements = (0..<rows * columns).map { element($0 / columns, $0 % columns) }
    self.init(elements, rows: rows, columns: columns)
  }

  subscript(row: Int, column: Int) -> Double { elements[row * columns + column] }

  func map(_ transform: (Double) -> Double) -> Dense {
    Dense(elements.map(transform), rows: rows, columns: columns)
  }
}

/// The operations by their definitions, in Double.
enum Reference {
  static func product(_ a: Dense, _ b: Dense) -> Dense {
    Dense(rows: a.rows, columns: b.columns) { row, column in
      (0..<a.columns).reduce(0) { $0 + a[row, $1] * b[$1, column] }
    }
  }

  static func sum(_ a: Dense, _ b: Dense) -> Dense {
    Dense(zip(a.elements, b.elements).map(+), rows: a.rows, columns: a.columns)
  }

  /// x plus the one row of `row`.
  static func addingRow(_ x: Dense, _ row: Dense) -> Dense {
    Dense(rows: x.rows, columns: x.columns) { x[$0, $1] + row[0, $1] }
  }

  static func gathered(_ table: Dense, _ codes: [Int32]) -> Dense {
    Dense(rows: codes.count, columns: table.columns) { table[Int(codes[$0]), $1] }
  }

  static func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

  /// The step from g (B, 3H), state · U (B, 3H), bias (1, 3H) and state (B, H).
  static func gruStep(
    input g: Dense, recurrentPart: Dense, bias: Dense, state: Dense, updateKeeps: Bool
  ) -> Dense {
    let u = addingRow(recurrentPart, bias)
    let width = state.columns
    return Dense(rows: state.rows, columns: width) { row, unit in
      let reset = sigmoid(g[row, unit] + u[row, unit])
      let update = sigmoid(g[row, width + unit] + u[row, width + unit])
      let candidate = tanh(g[row, 2 * width + unit] + reset * u[row, 2 * width + unit])
      let kept = updateKeeps ? update : 1 - update
      return kept * state[row, unit] + (1 - kept) * candidate
    }
  }

  static func layerNorm(_ x: Dense, gain: Dense, bias: Dense, epsilon: Double) -> Dense {
    let width = Double(x.columns)
    let statistics = (0..<x.rows).map { row in
      let mean = (0..<x.columns).reduce(0) { $0 + x[row, $1] } / width
      let variance = (0..<x.columns).reduce(0) { $0 + pow(x[row, $1] - mean, 2) } / width
      return (mean: mean, deviation: (variance + epsilon).squareRoot())
    }
    return Dense(rows: x.rows, columns: x.columns) { row, column in
      let (mean, deviation) = statistics[row]
      return (x[row, column] - mean) / deviation * gain[0, column] + bias[0, column]
    }
  }

  static func gelu(_ x: Double) -> Double { x * 0.5 * erfc(-x / 2.squareRoot()) }

  static func geluSlope(_ x: Double) -> Double {
    0.5 * erfc(-x / 2.squareRoot()) + x * exp(-x * x / 2) / (2 * Double.pi).squareRoot()
  }

  static func softmax(_ logits: Dense) -> Dense {
    let sums = (0..<logits.rows).map { row in
      let most = (0..<logits.columns).map { logits[row, $0] }.max()!
      return (most: most, sum: (0..<logits.columns).reduce(0) { $0 + exp(logits[row, $1] - most) })
    }
    return Dense(rows: logits.rows, columns: logits.columns) { row, column in
      exp(logits[row, column] - sums[row].most) / sums[row].sum
    }
  }

  /// (B, 1), in nats.
  static func crossEntropy(_ logits: Dense, targets: [Int32]) -> Dense {
    Dense(rows: logits.rows, columns: 1) { row, _ in
      let most = (0..<logits.columns).map { logits[row, $0] }.max()!
      let sum = (0..<logits.columns).reduce(0) { $0 + exp(logits[row, $1] - most) }
      return log(sum) + (most - logits[row, Int(targets[row])])
    }
  }
}

extension Dense {
  init(_ elements: [Float], rows: Int, columns: Int) {
    self.init(elements.map(Double.init), rows: rows, columns: columns)
  }
}

/// The numbers of `closed_form` in Tools/reference/golden.py.
func closedForm(_ phase: Double, _ count: Int, scale: Double = 1) -> [Float] {
  (0..<count).map { index in
    let i = Double(index)
    return Float(scale * sin(phase + 0.7 * i + 0.013 * i * i))
  }
}
