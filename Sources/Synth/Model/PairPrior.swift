import NN

/// What one earlier column says about each column, by counting: the network learns the rest.
///
/// To the logits of column c is added log p(v | u) / p(v), where u is the code of the earlier column, c's parent, that tells
/// most about c. Pairs that determine each other (a place and its district) hold from the first step on, however few
/// the rows, and what the network has to learn is smaller. The tables are counted, never trained; they are constants of the
/// model like its encoders.
package struct PairPrior: Sendable {
  /// For each column the earlier column that it is conditioned on, nil where none tells enough.
  package let parents: [Int?]
  /// log p(v | u) / p(v) of each column with a parent, (parent's V, V).
  package let values: ParameterArena
  private let parameters: [Parameter?]

  /// Tables of zeros.
  package init(parents: [Int?], vocabularySizes: [Int]) {
    self.parents = parents
    var layout = ParameterLayout()
    parameters = parents.enumerated().map { column, parent in
      parent.map {
        layout.add(
          "prior.\(column)", rows: vocabularySizes[$0], columns: vocabularySizes[column])
      }
    }
    values = ParameterArena(layout)
  }

  /// A prior that says nothing.
  package static func none(_ network: Network) -> PairPrior {
    PairPrior(
      parents: network.vocabularySizes.map { _ in nil }, vocabularySizes: network.vocabularySizes)
  }

  /// The table of a column; nil where it has no parent.
  package func table(of column: Int) -> Matrix? { parameters[column].map { values[$0] } }

  /// Tables of more numbers than this are not made: they would hold little but chance.
  package static let mostCells = 1 << 18

  /// Whether parents are such as counting could have found.
  static func isConsistent(parents: [Int?], vocabularySizes: [Int]) -> Bool {
    parents.count == vocabularySizes.count
      && parents.enumerated().allSatisfy { column, parent in
        guard let parent else { return true }
        return (0..<column).contains(parent)
          && vocabularySizes[parent] * vocabularySizes[column] <= mostCells
      }
  }
}
