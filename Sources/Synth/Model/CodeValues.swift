import NN

/// A number for every code of every column, such as biases or shares.
package struct CodeValues: Sendable {
  /// All of them, as `calibration.<column>`.
  package let arena: ParameterArena

  /// Zeros.
  package init(_ network: Network) { self.init(ParameterArena(CodeValues.layout(network))) }

  /// The biases of a network's heads.
  init(biasesOf network: Network, values: ParameterArena) {
    self.init(network)
    for (column, head) in network.heads.enumerated() { self[column].assign(values[head.bias!]) }
  }

  init(_ arena: ParameterArena) { self.arena = arena }

  /// A matrix (1, V) for every column.
  static func layout(_ network: Network) -> ParameterLayout {
    var layout = ParameterLayout()
    for (column, size) in network.vocabularySizes.enumerated() {
      _ = layout.add("calibration.\(column)", rows: 1, columns: size)
    }
    return layout
  }

  /// The numbers of a column, (1, V). Valid while the values are alive.
  package subscript(column: Int) -> Matrix { arena[arena.layout.parameters[column]] }

  /// A copy of the numbers of a column.
  package func elements(of column: Int) -> [Float] {
    withExtendedLifetime(arena) { self[column].elements }
  }

  /// A copy with memory of its own.
  func copy() -> CodeValues { CodeValues(arena.copy()) }

  /// Sets all to zero.
  func clear() { arena.buffer.row.fill(0) }
}
