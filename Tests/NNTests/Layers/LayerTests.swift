import NN
import TestSupport
import Testing

@Suite struct LayerTests {
  @Test func layerNormIsThatOfPyTorch() {
    var layout = ParameterLayout()
    let norm = LayerNorm(size: 7, name: "norm", layout: &layout)
    #expect(layout.parameters.map(\.name) == ["norm.gain", "norm.bias"])
    let (values, gradients) = (ParameterArena(layout), ParameterArena(layout))
    values[norm.gain].assign(closedForm(2, 7))
    values[norm.bias].assign(closedForm(3, 7))
    let tape = Tape(values: values, gradients: gradients)
    let input = tape.constant(closedForm(1, 28, scale: 2), rows: 4, columns: 7)
    let output = norm(input, on: tape)
    expectClose(tape.value(of: output).elements, GoldenLayerNorm.output, absolute: 1e-6)
    tape.backward(from: output, upstream: closedForm(4, 28))
    let expected: [(Matrix, [Double])] = [
      (tape.gradient(of: input), GoldenLayerNorm.inputGradient),
      (gradients[norm.gain], GoldenLayerNorm.gainGradient),
      (gradients[norm.bias], GoldenLayerNorm.biasGradient),
    ]
    for (gradient, golden) in expected {
      expectClose(gradient.elements, golden, absolute: 1e-6, relative: 1e-6)
    }
  }

  @Test func residualBlockIsThatOfPyTorch() {
    let (batchSize, size, innerSize) = (3, 5, 8)
    var layout = ParameterLayout()
    let block = ResidualBlock(
      size: size, innerSize: innerSize, dropout: 0.3, name: "block", layout: &layout)
    let parameters = [
      block.norm.gain, block.norm.bias, block.expand.weight, block.expand.bias!,
      block.contract.weight, block.contract.bias!,
    ]
    #expect(layout.parameters == parameters)
    #expect(
      layout.parameters.map(\.name) == [
        "block.norm.gain", "block.norm.bias", "block.expand.weight", "block.expand.bias",
        "block.contract.weight", "block.contract.bias",
      ])
    let (values, gradients) = (ParameterArena(layout), ParameterArena(layout))
    for (index, parameter) in parameters.enumerated() {
      values[parameter].assign(closedForm(Double(index + 2), parameter.count))
    }
    let tape = Tape(values: values, gradients: gradients)
    tape.isTraining = false
    let input = tape.constant(closedForm(1, batchSize * size), rows: batchSize, columns: size)
    let output = block(input, query: tape.constant(rows: 1, columns: size), on: tape)
    expectClose(tape.value(of: output).elements, GoldenResidualBlock.output, absolute: 2e-6)
    tape.backward(from: output, upstream: closedForm(8, batchSize * size))
    let golden = [
      GoldenResidualBlock.gainGradient, GoldenResidualBlock.shiftGradient,
      GoldenResidualBlock.expandGradient, GoldenResidualBlock.expandBiasGradient,
      GoldenResidualBlock.contractGradient, GoldenResidualBlock.contractBiasGradient,
    ]
    let tolerance = Tolerance(absolute: 3e-6, relative: 2e-6)
    for (parameter, golden) in zip(parameters, golden) {
      expectClose(
        gradients[parameter].elements, golden, absolute: tolerance.absolute,
        relative: tolerance.relative, parameter.name)
    }
    expectClose(
      tape.gradient(of: input).elements, GoldenResidualBlock.inputGradient,
      absolute: tolerance.absolute, relative: tolerance.relative)
  }

  @Test func residualBlockDropsOutWhileTraining() {
    var layout = ParameterLayout()
    let block = ResidualBlock(
      size: 5, innerSize: 8, dropout: 0.5, name: "block", layout: &layout)
    let values = ParameterArena(layout)
    for parameter in layout.parameters { values[parameter].assign(closedForm(1, parameter.count)) }
    let tape = Tape(values: values)
    let input = tape.constant(closedForm(2, 15), rows: 3, columns: 5)
    let query = tape.constant(rows: 1, columns: 5)
    func output() -> [Float] { tape.value(of: block(input, query: query, on: tape)).elements }
    let training = output()
    #expect(output() != training)
    tape.isTraining = false
    let quiet = output()
    #expect(output() == quiet)
    #expect(quiet != training)
  }

  @Test func linearHasABiasByDefault() {
    var layout = ParameterLayout()
    let full = Linear(inputSize: 3, outputSize: 4, name: "full", layout: &layout)
    let bare = Linear(inputSize: 4, outputSize: 2, hasBias: false, name: "bare", layout: &layout)
    let shapes = layout.parameters.map { "\($0.name) \($0.rows) \($0.columns)" }
    #expect(shapes == ["full.weight 3 4", "full.bias 1 4", "bare.weight 4 2"])
    let values = ParameterArena(layout)
    for parameter in layout.parameters { values[parameter].assign(closedForm(3, parameter.count)) }
    let tape = Tape(values: values)
    let input = closedForm(4, 15)
    let output = bare(full(tape.constant(input, rows: 5, columns: 3), on: tape), on: tape)
    let dense = { (parameter: Parameter) in
      Dense(values[parameter].elements, rows: parameter.rows, columns: parameter.columns)
    }
    let inner = Reference.addingRow(
      Reference.product(Dense(input, rows: 5, columns: 3), dense(full.weight)), dense(full.bias!))
    expectClose(
      tape.value(of: output).elements, Reference.product(inner, dense(bare.weight)).elements,
      absolute: 2e-6)
  }

  @Test func embeddingGathersFromItsTable() {
    var layout = ParameterLayout()
    let embedding = Embedding(
      vocabularySize: 6, embeddingSize: 3, name: "code", layout: &layout)
    #expect(layout.parameters == [embedding.table] && embedding.table.name == "code.table")
    let values = ParameterArena(layout)
    values[embedding.table].assign((0..<18).map(Float.init))
    let tape = Tape(values: values)
    let rows = embedding(tape.codes([5, 0, 5, 2], below: 6), on: tape)
    #expect(tape.value(of: rows).elements == [15, 16, 17, 0, 1, 2, 15, 16, 17, 6, 7, 8])
  }
}
