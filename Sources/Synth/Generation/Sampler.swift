import NN

/// Draws the codes of rows, block by block. Each thread has a sampler of its own.
final class Sampler {
  /// Rows of an aligned block: all of them are computed whatever part is asked for, so that a row does not depend on it.
  static let blockRows = 64

  private let network: Network
  private let tape: Tape
  private let choice: StratifiedUniforms
  private var uniforms = [Float](repeating: 0, count: Sampler.blockRows)
  /// The codes of the last block: `blockRows` for each column.
  private(set) var codes: [Int32]

  /// - Parameter values: weights, with codes that must not be drawn suppressed.
  init(_ network: Network, values: ParameterArena, seed: UInt64) {
    self.network = network
    tape = Tape(values: values)
    tape.isTraining = false
    choice = StratifiedUniforms(seed: seed, purpose: .choice)
    codes = Array(repeating: 0, count: network.columnCount * Sampler.blockRows)
  }

  /// Draws the rows block · blockRows ..< (block + 1) · blockRows.
  func draw(block: Int) {
    tape.reset()
    let rows = Sampler.blockRows
    var state = tape.constant(rows: rows, columns: network.hiddenSize)
    for column in 0..<network.columnCount {
      choice.fill(&uniforms, firstRow: block * rows, column: column)
      let logits = network.logits(of: column, state: state, on: tape)
      let drawn = tape.sample(logits, uniforms: uniforms)
      for row in 0..<rows { codes[column * rows + row] = Int32(drawn[row]) }
      if column + 1 < network.columnCount {
        state = network.next(drawn, of: column, state: state, on: tape)
      }
    }
  }
}
