extension DecisionDiagram {
  /// Why diagrams cannot be joined.
  package enum JoinFailure: Error {
    /// No row obeys all.
    case empty
    /// There are more arcs than may be.
    case tooLarge
  }

  private static let mostArcs = 1 << 22

  /// The diagram of the rows that several allow: a state of it is one of each of them.
  package static func joining(_ diagrams: [DecisionDiagram]) throws(JoinFailure) -> DecisionDiagram
  {
    let columns = Set(diagrams.flatMap(\.columns)).sorted()
    var layers: [Layer] = []
    var arcCount = 0
    // Those that are over, or have not begun, are in state 0.
    var states = [diagrams.map { _ in Int32(0) }]
    for column in columns {
      let places = diagrams.map { $0.columns.firstIndex(of: column) }
      var layer = Layer()
      var next: [[Int32]: Int32] = [:]
      var nextStates: [[Int32]] = []
      for state in states {
        for code in commonCodes(diagrams, places, state) {
          let target = diagrams.indices.map { index -> Int32 in
            guard let place = places[index] else { return state[index] }
            let layer = diagrams[index].layers[place]
            return layer.targets[layer.arc(of: code, in: state[index])!]
          }
          if next[target] == nil {
            next[target] = Int32(nextStates.count)
            nextStates.append(target)
          }
          layer.codes.append(code)
          layer.targets.append(next[target]!)
        }
        layer.starts.append(Int32(layer.codes.count))
        if arcCount + layer.codes.count > mostArcs { throw .tooLarge }
      }
      arcCount += layer.codes.count
      layers.append(layer)
      states = nextStates
    }
    guard let joined = DecisionDiagram(columns: columns, layers: layers).trimmed() else {
      throw .empty
    }
    return joined
  }

  /// The codes that every diagram with a layer at its place allows in its state.
  private static func commonCodes(
    _ diagrams: [DecisionDiagram], _ places: [Int?], _ state: [Int32]
  ) -> [Int32] {
    let own = diagrams.indices.filter { places[$0] != nil }
    func layer(_ index: Int) -> Layer { diagrams[index].layers[places[index]!] }
    let first = layer(own[0])
    return first.codes[first.arcs(of: state[own[0]])].filter { code in
      own.dropFirst().allSatisfy { layer($0).arc(of: code, in: state[$0]) != nil }
    }
  }
}

/// What some rules allow together; nil where that is nothing.
struct RuledDiagram {
  let diagram: DecisionDiagram?
  /// Indices of the rules.
  let rules: [Int]

  enum Failure: Error {
    case noCombination(rules: [Int])
    case tooManyStates(rules: [Int])
  }

  /// The diagrams of rules that share columns as one: masks of different diagrams then never touch the same column, and a row
  /// that obeys one of them cannot run into an end of another.
  static func joined(_ all: [RuledDiagram]) throws(Failure) -> [DecisionDiagram] {
    var groups: [(diagrams: [DecisionDiagram], columns: Set<Int>, rules: [Int])] = []
    for ruled in all {
      guard let diagram = ruled.diagram else { throw .noCombination(rules: ruled.rules) }
      var group = (diagrams: [diagram], columns: Set(diagram.columns), rules: ruled.rules)
      while let other = groups.firstIndex(where: { !$0.columns.isDisjoint(with: group.columns) }) {
        let joined = groups.remove(at: other)
        group = (
          joined.diagrams + group.diagrams, joined.columns.union(group.columns),
          joined.rules + group.rules
        )
      }
      groups.append(group)
    }
    var diagrams: [DecisionDiagram] = []
    for group in groups {
      do {
        diagrams.append(
          group.diagrams.count == 1
            ? group.diagrams[0] : try DecisionDiagram.joining(group.diagrams))
      } catch {
        switch error {
        case .empty: throw .noCombination(rules: group.rules)
        case .tooLarge: throw .tooManyStates(rules: group.rules)
        }
      }
    }
    return diagrams
  }
}
