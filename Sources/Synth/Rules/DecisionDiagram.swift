import Tables

/// Which codes some columns may have together: a multi-valued decision diagram (Srinivasan and others, "Algorithms for discrete
/// function manipulation", 1990).
///
/// There is a layer of states for each column. In a state the column may have the codes of the state's arcs, and the arc of the
/// code leads to a state of the next layer. A row begins in state 0 of the first layer, and every state has a path to the
/// end. A diagram never needs more memory than a list of its combinations, and usually much less, because combinations with the
/// same ends share their states.
package struct DecisionDiagram: Codable, Equatable, Sendable {
  /// The states of a column.
  package struct Layer: Codable, Equatable, Sendable {
    /// The first arc of each state, and the end of the last.
    package internal(set) var starts: [Int32] = [0]
    /// The codes of the arcs, ascending within a state.
    package internal(set) var codes: [Int32] = []
    /// The states of the next layer that they lead to; 0 in the last layer.
    package internal(set) var targets: [Int32] = []

    package var stateCount: Int { starts.count - 1 }

    /// The arcs of a state.
    func arcs(of state: Int32) -> Range<Int> {
      Int(starts[Int(state)])..<Int(starts[Int(state) + 1])
    }

    /// The arc of a code in a state; nil where the code is not allowed.
    func arc(of code: Int32, in state: Int32) -> Int? {
      let arc = nearestArc(to: code, in: state)
      return codes[arc] == code ? arc : nil
    }

    /// The arc of a code in a state, or of another code where it is not allowed.
    func nearestArc(to code: Int32, in state: Int32) -> Int {
      let arcs = arcs(of: state)
      return min(codes[arcs].partitioningIndex { $0 >= code }, arcs.upperBound - 1)
    }
  }

  /// Places of the columns, ascending.
  package let columns: [Int]
  /// One for each column.
  package let layers: [Layer]

  init(columns: [Int], layers: [Layer]) {
    self.columns = columns
    self.layers = layers
  }

  /// Whether the columns may have the codes that `code` gives for them.
  package func allows(_ code: (_ column: Int) -> Int32) -> Bool {
    var state: Int32 = 0
    for (column, layer) in zip(columns, layers) {
      guard let arc = layer.arc(of: code(column), in: state) else { return false }
      state = layer.targets[arc]
    }
    return true
  }

  /// Whether the diagram is valid for columns with given numbers of codes, some of which must not be drawn.
  package func isConsistent(vocabularySizes: [Int], suppressed: [Int?]) -> Bool {
    guard !columns.isEmpty, layers.count == columns.count, columns.isAscending,
      columns.allSatisfy(vocabularySizes.indices.contains),
      layers.allSatisfy({ $0.stateCount >= 1 }), layers[0].stateCount == 1
    else { return false }
    return layers.indices.allSatisfy { index in
      let column = columns[index]
      return layers[index].isConsistent(
        vocabularySize: vocabularySizes[column], suppressed: suppressed[column],
        nextCount: index + 1 < layers.count ? layers[index + 1].stateCount : 1)
    }
  }
}

extension DecisionDiagram.Layer {
  /// Whether a layer with at least one state can be followed.
  fileprivate func isConsistent(
    vocabularySize: Int, suppressed: Int?, nextCount: Int
  ) -> Bool {
    guard starts.first == 0, Int(starts[starts.count - 1]) == codes.count,
      targets.count == codes.count, starts.isAscending,
      codes.allSatisfy({ (0..<vocabularySize).contains(Int($0)) && Int($0) != suppressed }),
      targets.allSatisfy({ (0..<nextCount).contains(Int($0)) })
    else { return false }
    return (0..<stateCount).allSatisfy { state in
      codes[arcs(of: Int32(state))].isAscending
    }
  }
}
