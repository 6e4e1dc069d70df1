import NN

/// The prior of each column given earlier columns, from counts of pairs. The network learns the rest.
///
/// To the logits of column c is added the sum over some earlier columns, c's parents, of
/// w log p(v | u) / p(v), where u is the parent's code and w its weight. This is naive Bayes with weights, which correct for
/// information that parents share. Pairs that determine each other (a place and its district) hold from the first step
/// on, however few the rows, and what the network has to learn is smaller. The tables are counted, never trained; they are
/// constants of the model like its encoders.
package struct PairPrior: Sendable {
  /// For each column the earlier columns that it is conditioned on, in ascending order.
  package let parents: [[Int]]
  /// w log p(v | u) / p(v) of each column and parent, (parent's V, V).
  package let values: ParameterArena
  private let parameters: [[Parameter]]

  /// Tables of zeros.
  package init(parents: [[Int]], vocabularySizes: [Int]) {
    self.parents = parents
    let layout = PairPrior.layout(parents: parents, vocabularySizes: vocabularySizes)
    var left = layout.parameters[...]
    parameters = parents.map { parents in parents.map { _ in left.removeFirst() } }
    values = ParameterArena(layout)
  }

  /// The tables of all columns and parents, without their memory.
  static func layout(parents: [[Int]], vocabularySizes: [Int]) -> ParameterLayout {
    var layout = ParameterLayout()
    for (column, parents) in parents.enumerated() {
      for parent in parents {
        _ = layout.add(
          "prior.\(column).\(parent)", rows: vocabularySizes[parent],
          columns: vocabularySizes[column])
      }
    }
    return layout
  }

  /// An empty prior.
  package static func none(_ network: Network) -> PairPrior {
    PairPrior(
      parents: network.vocabularySizes.map { _ in [] }, vocabularySizes: network.vocabularySizes)
  }

  /// The table of a column and its parent at an index of ``parents``.
  package func table(of column: Int, parent index: Int) -> Matrix {
    values[parameters[column][index]]
  }

  /// The most numbers of a table: larger tables would hold little but chance.
  package static let mostCells = 1 << 18

  /// Whether parents are such that counting could have found them.
  static func isConsistent(parents: [[Int]], vocabularySizes: [Int]) -> Bool {
    parents.count == vocabularySizes.count
      && parents.enumerated().allSatisfy { column, parents in
        zip(parents, parents.dropFirst()).allSatisfy { $0 < $1 }
          && parents.allSatisfy { parent in
            (0..<column).contains(parent)
              && vocabularySizes[parent] * vocabularySizes[column] <= mostCells
          }
      }
  }
}
