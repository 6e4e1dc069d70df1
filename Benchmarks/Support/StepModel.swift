import NN

/// A model of the same shape of work as a table's: codes read by a gated recurrent unit, a query per column, a residual
/// block over all columns at once, one head per column. For training steps through the public layers alone.
public final class StepModel {
  /// Codes of each column, as in a table of census records.
  public static let vocabularySizes = [75, 9, 120, 16, 16, 7, 15, 6, 5, 2, 100, 80, 96, 42]

  public let values: ParameterArena
  public let gradients: ParameterArena
  public let tape: Tape
  private let gru: FoldedGRU
  private let query: Parameter
  private let block: ResidualBlock
  private let heads: [Linear]
  private let packed: PackedParameters
  private let optimizer: AdamW
  /// Keeps the codes: the tape of the steps is reset in each of them.
  private let codesTape: Tape
  private let codes: [Codes]
  private let order: [Int]
  private let dropout: Float
  private let batchSize: Int
  private var step: UInt64 = 0

  /// A model with small random weights and one batch of random codes.
  public init(hiddenSize: Int = 64, batchSize: Int = 32, dropout: Float = 0.1) {
    var layout = ParameterLayout()
    gru = FoldedGRU(
      vocabularySizes: StepModel.vocabularySizes, hiddenSize: hiddenSize, name: "gru",
      layout: &layout)
    query = layout.add("query", rows: StepModel.vocabularySizes.count, columns: hiddenSize)
    block = ResidualBlock(
      size: hiddenSize, innerSize: hiddenSize, dropout: dropout, name: "block", layout: &layout)
    heads = StepModel.vocabularySizes.enumerated().map { column, size in
      Linear(inputSize: hiddenSize, outputSize: size, name: "heads.\(column)", layout: &layout)
    }
    values = ParameterArena(layout)
    gradients = ParameterArena(layout)
    let random = Philox(seed: 1, purpose: 1)
    random.fillNormal(values.buffer.row, deviation: 0.1, stream: 0)
    values[block.norm.gain].fill(1)
    packed = PackedParameters(
      of: [gru.recurrent, block.expand.weight, block.contract.weight] + heads.map(\.weight),
      values: values)
    tape = Tape(values: values, gradients: gradients, packed: packed)
    optimizer = AdamW(count: layout.elementCount)
    let codesTape = Tape(values: values)
    self.codesTape = codesTape
    codes = StepModel.vocabularySizes.enumerated().map { column, size in
      let drawn = (0..<batchSize).map {
        Int32(random.below(size, UInt64($0), UInt64(column + 1)))
      }
      return codesTape.codes(drawn, below: size)
    }
    order = Array(codes.indices)
    self.dropout = dropout
    self.batchSize = batchSize
  }

  /// Forward, backward and one move of the optimiser; gives the mean loss of a row in nats.
  public func train() -> Float {
    tape.reset()
    tape.isTraining = true
    tape.seedDropout(Philox(seed: 1, purpose: 6), stream: step)
    step += 1
    gradients.buffer.row.fill(0)
    let total = forward()
    tape.backward(from: total, gradient: 1 / Float(batchSize))
    optimizer.beginStep()
    optimizer.update(
      0..<values.buffer.count, of: values.buffer, gradients: gradients.buffer, rate: 1e-3)
    for index in packed.parameters.indices { packed.refresh(index) }
    return tape.value(of: total)[0, 0] / Float(batchSize)
  }

  private func forward() -> Variable {
    let states = gru(codes, order: order.dropLast(), on: tape)
    let queries = tape.parameter(query)
    let losses = tape.variable(rows: order.count * batchSize, columns: 1)
    for column in order {
      let answers = tape.residual(
        column == 0 ? nil : tape.rows(rows(column - 1), of: states), rows: batchSize,
        query: tape.rows(column..<column + 1, of: queries), block: block, dropout: dropout)
      _ = tape.crossEntropy(
        heads[column](answers, on: tape), targets: codes[column],
        into: tape.rows(rows(column), of: losses))
    }
    return tape.sum(losses)
  }

  private func rows(_ column: Int) -> Range<Int> {
    column * batchSize..<(column + 1) * batchSize
  }
}
