import NN

/// Makes the rows of a block obey the rules. Each row follows the decision diagrams while its codes are drawn, and
/// codes without an arc in its current state cannot be drawn.
struct ConstraintMask {
  private let diagrams: [DecisionDiagram]
  /// The diagram and the layer of each column; nil where no rule uses the column.
  private let places: [(diagram: Int, layer: Int)?]
  /// The rows' states, (diagrams, B).
  private var states: [Int32]
  /// The logits of a row's allowed codes, while the others are being replaced.
  private var kept: [Float]

  /// - Parameter diagrams: no two share a column.
  init(_ diagrams: [DecisionDiagram], columnCount: Int) {
    self.diagrams = diagrams
    var places = [(diagram: Int, layer: Int)?](repeating: nil, count: columnCount)
    for (index, diagram) in diagrams.enumerated() {
      for (layer, column) in diagram.columns.enumerated() { places[column] = (index, layer) }
    }
    self.places = places
    states = Array(repeating: 0, count: diagrams.count * Sampler.blockRows)
    let arcCounts = diagrams.flatMap(\.layers).flatMap { layer in
      zip(layer.starts, layer.starts.dropFirst()).map { Int($1 - $0) }
    }
    kept = Array(repeating: 0, count: arcCounts.max() ?? 0)
  }

  /// Makes the forbidden codes of each row unreachable.
  ///
  /// - Parameter logits: the logits of a block's rows, (B, V).
  mutating func restrict(_ logits: Matrix, column: Int) {
    guard let place = places[column] else { return }
    let layer = diagrams[place.diagram].layers[place.layer]
    let first = place.diagram * Sampler.blockRows
    for row in 0..<logits.rows {
      if place.layer == 0 { states[first + row] = 0 }
      let arcs = layer.arcs(of: states[first + row])
      if arcs.count == logits.columns { continue }
      for (index, arc) in arcs.enumerated() { kept[index] = logits[row, Int(layer.codes[arc])] }
      logits.rows(row..<row + 1).fill(Sampler.unreachableLogit)
      for (index, arc) in arcs.enumerated() { logits[row, Int(layer.codes[arc])] = kept[index] }
    }
  }

  /// Moves to the next states by the drawn codes. If logits overflowed, a row may have a forbidden code: it is replaced
  /// by the nearest allowed one.
  mutating func follow(_ codes: UnsafeMutablePointer<Int32>, column: Int) {
    guard let place = places[column] else { return }
    let layer = diagrams[place.diagram].layers[place.layer]
    for row in 0..<Sampler.blockRows {
      let index = place.diagram * Sampler.blockRows + row
      // SAFETY: the caller passes `blockRows` codes.
      let arc = layer.nearestArc(to: codes[row], in: states[index])
      codes[row] = layer.codes[arc]
      states[index] = layer.targets[arc]
    }
  }
}
