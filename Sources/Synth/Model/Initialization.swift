import Foundation
import NN

extension Network {
  /// Starting values: head biases from the codes' frequencies, small random numbers elsewhere.
  ///
  /// Tables and queries are N(0, 0.1), the update gate's bias is -1 so that the state is kept at first, other weights
  /// are uniform within ± 1 / sqrt(in), and head biases are the logarithms of the empirical frequencies.
  ///
  /// - Parameter counts: how often each code of each column occurs.
  package func initialValues(counts: [[Int]], seed: UInt64) -> ParameterArena {
    let values = ParameterArena(layout)
    let random = Philox(seed: seed, purpose: .initialization)
    for (stream, parameter) in (gru.tables + [query]).enumerated() {
      random.fillNormal(values[parameter], deviation: 0.1, stream: UInt64(stream))
    }
    var stream = UInt64(gru.tables.count + 1)
    func fillUniform(_ parameter: Parameter, inputSize: Int) {
      random.fillUniform(
        values[parameter], within: 1 / Float(inputSize).squareRoot(), stream: stream)
      stream += 1
    }
    fillUniform(gru.recurrent, inputSize: hiddenSize)
    for index in hiddenSize..<2 * hiddenSize { values[gru.bias][0, index] = -1 }
    values[block.norm.gain].fill(1)
    for layer in [block.expand, block.contract] {
      fillUniform(layer.weight, inputSize: layer.weight.rows)
      if let bias = layer.bias { fillUniform(bias, inputSize: layer.weight.rows) }
    }
    for (head, counts) in zip(heads, counts) {
      fillUniform(head.weight, inputSize: hiddenSize)
      let total = Double(counts.reduce(0, +)) + 0.5 * Double(counts.count)
      if let bias = head.bias {
        values[bias].assign(counts.map { Float(log((Double($0) + 0.5) / total)) })
      }
    }
    return values
  }
}
