import Tables

/// Collects the states of a layer, each once: states with the same arcs are the same.
private struct LayerBuilder {
  typealias Arc = (code: Int32, target: Int32)

  private(set) var layer = DecisionDiagram.Layer()
  private var states: [[Int32]: Int32] = [:]

  /// The state with these arcs, whose codes ascend.
  mutating func state(_ arcs: [Arc]) -> Int32 {
    let key = arcs.flatMap { [$0.code, $0.target] }
    if let state = states[key] { return state }
    let state = Int32(layer.stateCount)
    states[key] = state
    for arc in arcs {
      layer.codes.append(arc.code)
      layer.targets.append(arc.target)
    }
    layer.starts.append(Int32(layer.codes.count))
    return state
  }
}

extension DecisionDiagram {
  /// The diagram of a list of combinations: one code for each column in each of them. nil for an empty list.
  ///
  /// - Parameter columns: in ascending order.
  package init?(columns: [Int], combinations: [[Int32]]) {
    precondition(
      columns.isAscending && combinations.allSatisfy { $0.count == columns.count },
      "combinations of other than the \(columns.count) columns")
    guard !columns.isEmpty, !combinations.isEmpty else { return nil }
    let sorted = combinations.sorted { $0.lexicographicallyPrecedes($1) }
    var layers: [Layer] = []
    // What can follow each beginning: first whole combinations, in the end nothing.
    var states = sorted.indices.map { (combination: $0, state: Int32(0)) }
    for column in columns.indices.reversed() {
      var builder = LayerBuilder()
      var shorter: [(combination: Int, state: Int32)] = []
      var arcs: [LayerBuilder.Arc] = []
      for (index, (combination, state)) in states.enumerated() {
        let code = sorted[combination][column]
        if arcs.last?.code != code { arcs.append((code, state)) }
        let next = index + 1 < states.count ? sorted[states[index + 1].combination] : nil
        guard next?[..<column] != sorted[combination][..<column] else { continue }
        shorter.append((combination, builder.state(arcs)))
        arcs = []
      }
      layers.append(builder.layer)
      states = shorter
    }
    self.init(columns: columns, layers: layers.reversed())
  }

  /// The same for codes in place of their classes; nil where that leaves nothing.
  ///
  /// - Parameter classes: for each of the columns, the class of every code; nil for codes that are not allowed.
  package func expanded(_ classes: [[Int32?]]) -> DecisionDiagram? {
    precondition(classes.count == columns.count, "classes for other than the columns")
    let codes = classes.map { classes in
      Dictionary(
        grouping: classes.indices.filter { classes[$0] != nil }, by: { classes[$0]! })
    }
    return rebuilt { column, state, target in
      let layer = layers[column]
      return layer.arcs(of: state).flatMap { arc -> [LayerBuilder.Arc] in
        guard let target = target(layer.targets[arc]) else { return [] }
        return codes[column][layer.codes[arc], default: []].map { (Int32($0), target) }
      }.sorted { $0.code < $1.code }
    }
  }

  /// The diagram of rows in which one of some columns is true.
  ///
  /// - Parameters:
  ///   - columns: in any order.
  ///   - isTrue: for each of them, whether a code is that of true; nil for codes that are not allowed.
  ///   - isNeeded: whether one of them must be true in every row.
  package init?(oneOf columns: [Int], isTrue: [[Bool?]], isNeeded: Bool) {
    let order = columns.indices.sorted { columns[$0] < columns[$1] }
    var choices = order.indices.map { choice in
      order.indices.map { Int32($0 == choice ? 1 : 0) }
    }
    if !isNeeded { choices.append(order.map { _ in 0 }) }
    let classes = order.map { isTrue[$0].map { $0.map { $0 ? Int32(1) : 0 } } }
    guard
      let diagram = DecisionDiagram(columns: order.map { columns[$0] }, combinations: choices)?
        .expanded(classes)
    else { return nil }
    self = diagram
  }

  /// Builds a diagram anew from its end, state after state; nil where nothing leads to the end.
  ///
  /// - Parameter arcs: the arcs of a state of the layer at an index, in ascending order of their codes, given which state of the
  ///   next layer a state has become; nil for those from which nothing leads on.
  private func rebuilt(
    _ arcs: (
      _ index: Int, _ state: Int32, _ target: (Int32) -> Int32?
    ) -> [LayerBuilder.Arc]
  ) -> DecisionDiagram? {
    var rebuilt: [Layer] = []
    var states: [Int32?] = [0]
    for index in layers.indices.reversed() {
      var builder = LayerBuilder()
      states = (0..<layers[index].stateCount).map { state in
        let arcs = arcs(index, Int32(state)) { states[Int($0)] }
        return arcs.isEmpty ? nil : builder.state(arcs)
      }
      rebuilt.append(builder.layer)
    }
    // A first state without arcs is none.
    guard states[0] != nil else { return nil }
    return DecisionDiagram(columns: columns, layers: rebuilt.reversed())
  }

  /// The same without states from which nothing leads to the end; nil where none is left.
  func trimmed() -> DecisionDiagram? {
    rebuilt { index, state, target in
      let layer = layers[index]
      return layer.arcs(of: state).compactMap { arc in
        target(layer.targets[arc]).map { (layer.codes[arc], $0) }
      }
    }
  }
}
