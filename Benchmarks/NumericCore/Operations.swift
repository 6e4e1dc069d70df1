import Measuring
import NN

/// An operation of the tape, measured forward and backward.
private struct TapeOperation: Sendable {
  let name: String
  /// What it reads, as parameters: (rows, columns).
  let inputs: [[Int]]
  /// What its codes are below.
  var vocabularySize = 120
  /// Floating-point operations forward, where products are most of the work, and backward they are twice as many; otherwise
  /// bytes are counted.
  var productWork: Double?
  let compute: @Sendable (Tape, [Variable], Codes) -> Variable
}

/// Rows of a shard, columns of a table, hidden units.
private let (batch, columns, hidden) = (32, 14, 64)
/// One row per column and row of the shard.
private let (all, bias) = ([columns * batch, hidden], [1, hidden])

private let operations: [TapeOperation] = [
  TapeOperation(
    name: "GRU sequence", inputs: [[120, 3 * hidden], [hidden, 3 * hidden], [1, 3 * hidden]],
    // The first of its steps starts from zeros and needs no product.
    productWork: 2 * Double((columns - 2) * batch * hidden * 3 * hidden)
  ) { tape, inputs, codes in
    tape.gruSequence(
      stepCount: columns - 1, batchSize: batch, recurrent: inputs[1], bias: inputs[2],
      convention: .updateReplaces
    ) { _ in (inputs[0], codes) }
  },
  TapeOperation(
    name: "linear", inputs: [all, [hidden, hidden], bias],
    productWork: 2 * Double(columns * batch * hidden * hidden)
  ) { tape, inputs, _ in tape.linear(inputs[0], weight: inputs[1], bias: inputs[2]) },
  TapeOperation(name: "layer norm", inputs: [all, bias, bias]) { tape, inputs, _ in
    tape.layerNorm(inputs[0], gain: inputs[1], bias: inputs[2])
  },
  TapeOperation(name: "GELU", inputs: [all]) { tape, inputs, _ in tape.gelu(inputs[0]) },
  TapeOperation(name: "GELU with dropout", inputs: [all]) { tape, inputs, _ in
    tape.gelu(inputs[0], dropout: 0.1)
  },
  TapeOperation(name: "dropout", inputs: [all]) { tape, inputs, _ in
    tape.dropout(inputs[0], rate: 0.1)
  },
  TapeOperation(name: "cross-entropy of 120 codes", inputs: [[batch, 120]]) {
    tape, inputs, codes in tape.crossEntropy(inputs[0], targets: codes)
  },
  TapeOperation(name: "cross-entropy of 16 codes", inputs: [[batch, 16]], vocabularySize: 16) {
    tape, inputs, codes in tape.crossEntropy(inputs[0], targets: codes)
  },
  // As many codes as rows, so that all of the table counts as read.
  TapeOperation(name: "embedding", inputs: [[batch, hidden]], vocabularySize: batch) {
    tape, inputs, codes in tape.embedding(codes, table: inputs[0])
  },
  TapeOperation(name: "add", inputs: [all, all]) { tape, inputs, _ in
    tape.add(inputs[0], inputs[1])
  },
  TapeOperation(name: "add row", inputs: [all, bias]) { tape, inputs, _ in
    tape.addRow(inputs[0], row: inputs[1])
  },
  TapeOperation(name: "sum", inputs: [[columns * batch, 1]]) { tape, inputs, _ in
    tape.sum(inputs[0])
  },
]

func measureOperations() {
  for operation in operations {
    let rate: Rate = operation.productWork == nil ? .bytes : .floatingPointOperations
    measure("Tape, \(operation.name), forward", rate) {
      let round = OperationRound(operation)
      let amount = operation.productWork ?? round.forwardBytes
      return Workload(
        amount: amount, callsPerSample: 100, run: round.forward, checksum: round.outputChecksum)
    }
    measure("Tape, \(operation.name), backward", rate) {
      let round = OperationRound(operation)
      let amount = operation.productWork.map { 2 * $0 } ?? round.backwardBytes
      return Workload(
        amount: amount, callsPerSample: 100, setUp: round.forward, run: round.backward,
        checksum: round.gradientChecksum)
    }
  }
}

/// One operation on a tape of its own, again and again.
private final class OperationRound {
  private let operation: TapeOperation
  private let parameters: [Parameter]
  private let values: ParameterArena
  private let gradients: ParameterArena
  private let tape: Tape
  /// Keeps the codes: the other tape is reset in each round.
  private let codesTape: Tape
  private let codes: Codes
  private var output: Variable

  init(_ operation: TapeOperation) {
    self.operation = operation
    var layout = ParameterLayout()
    parameters = operation.inputs.enumerated().map { index, shape in
      layout.add("input \(index)", rows: shape[0], columns: shape[1])
    }
    values = ParameterArena(layout)
    gradients = ParameterArena(layout)
    let random = Philox(seed: 1, purpose: 1)
    random.fillNormal(values.buffer.row, deviation: 0.5, stream: 0)
    tape = Tape(values: values, gradients: gradients)
    codesTape = Tape(values: values)
    let drawn = (0..<batch).map { Int32(random.below(operation.vocabularySize, UInt64($0), 1)) }
    codes = codesTape.codes(drawn, below: operation.vocabularySize)
    output = tape.constant(rows: 1, columns: 1)
    forward()
  }

  /// Computes the operation anew, its output's gradient all ones.
  func forward() {
    tape.reset()
    output = operation.compute(tape, parameters.map(tape.parameter), codes)
    tape.gradient(of: output).fill(1)
  }

  /// Walks back through the operation. The walk starts at a number that nothing depends on.
  func backward() { tape.backward(from: tape.constant(rows: 1, columns: 1)) }

  func outputChecksum() -> Double { tape.value(of: output).sumOfSquares }
  func gradientChecksum() -> Double { gradients.buffer.row.sumOfSquares }

  private var inputBytes: Double { Double(4 * operation.inputs.reduce(0) { $0 + $1[0] * $1[1] }) }
  private var outputBytes: Double { Double(4 * output.rows * output.columns) }
  /// Inputs and output.
  var forwardBytes: Double { inputBytes + outputBytes }
  /// Inputs, their gradients and the output's.
  var backwardBytes: Double { 2 * inputBytes + outputBytes }
}
