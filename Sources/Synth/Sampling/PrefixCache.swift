import NN

/// The first steps of whole-row drawing, computed once for all rows: the logits of the first column are the same in
/// every row, and those of the second depend on the first code alone.
final class PrefixCache: Sendable {
  /// The logits of the first column without their bias, (1, V).
  let firstLogits: Buffer
  /// One row for each code of the first column; nil where the tables would be too large.
  let second: Second?

  /// Tables with one row for each code of the first column.
  struct Second: Sendable {
    let vocabularySize: Int
    fileprivate let stateBuffer: Buffer
    fileprivate let productBuffer: Buffer
    fileprivate let logitsBuffer: Buffer

    fileprivate init(vocabularySize: Int, hiddenSize: Int, secondVocabularySize: Int) {
      self.vocabularySize = vocabularySize
      stateBuffer = Buffer(count: vocabularySize * hiddenSize)
      productBuffer = Buffer(count: vocabularySize * 3 * hiddenSize)
      logitsBuffer = Buffer(count: vocabularySize * secondVocabularySize)
    }

    /// The state after the code, (V, H).
    var states: Matrix { matrix(stateBuffer) }
    /// That state times U, (V, 3H).
    var products: Matrix { matrix(productBuffer) }
    /// The logits of the second column without their bias, (V, V').
    var logits: Matrix { matrix(logitsBuffer) }

    private func matrix(_ buffer: Buffer) -> Matrix {
      buffer.matrix(at: 0, rows: vocabularySize, columns: buffer.count / vocabularySize)
    }
  }

  /// The most numbers that the tables may have.
  private static let tableLimit = 1 << 19

  init(_ network: Network, values: ParameterArena, weights: InferenceWeights) {
    let rows = Sampler.blockRows
    let decoder = DecoderState(network, values: values, weights: weights, rows: rows)
    let vocabularySize = network.vocabularySizes[0]
    decoder.reset()
    decoder.ask(0)
    firstLogits = Buffer(count: vocabularySize)
    firstLogits.row.assign(decoder.head(0).rows(0..<1))
    let width = 4 * network.hiddenSize + (network.vocabularySizes.dropFirst().first ?? 0)
    guard network.columnCount > 1, vocabularySize * width <= PrefixCache.tableLimit else {
      second = nil
      return
    }
    let second = Second(
      vocabularySize: vocabularySize, hiddenSize: network.hiddenSize,
      secondVocabularySize: network.vocabularySizes[1])
    for first in stride(from: 0, to: vocabularySize, by: rows) {
      let codes = (0..<rows).map { Int32(min(first + $0, vocabularySize - 1)) }
      let count = min(rows, vocabularySize - first)
      decoder.reset()
      decoder.read(codes, of: 0)
      decoder.updateProduct()
      decoder.ask(1)
      for (table, part) in [
        (second.states, decoder.state), (second.products, decoder.product),
        (second.logits, decoder.head(1)),
      ] {
        table.rows(first..<first + count).assign(part.rows(0..<count))
      }
    }
    self.second = second
  }
}
