import NN
import TestSupport
import Testing

@Suite struct TapeTests {
  @Test func aVariableUsedTwiceAccumulates() {
    var generator = SplitMix64(seed: 1)
    let tolerance = Tolerance(absolute: 5e-6, relative: 3e-6)
    checkOperation(
      [generator.tensor(5, 4), generator.tensor(4, 4, deviation: 0.5)], value: tolerance,
      gradient: tolerance
    ) { tape, inputs in
      // The weight is used by two products, the input by a product and a sum.
      let once = tape.gelu(tape.linear(inputs[0], weight: inputs[1]))
      return tape.linear(tape.add(once, inputs[0]), weight: inputs[1])
    } reference: { inputs in
      let once = Reference.product(inputs[0], inputs[1]).map(Reference.gelu)
      return Reference.product(Reference.sum(once, inputs[0]), inputs[1])
    }
  }

  @Test func whatNothingFlowsIntoHasNoGradient() {
    let tape = Tape.soiled()
    let input = tape.constant([1, 2], rows: 1, columns: 2)
    let used = tape.gelu(input)
    let unused = tape.gelu(tape.add(input, input))
    let result = tape.sum(used)
    tape.backward(from: result)
    #expect(tape.hasGradient(used) && tape.hasGradient(input))
    #expect(!tape.hasGradient(unused))
    let slopes = [1.0, 2].map(Reference.geluSlope)
    expectClose(tape.gradient(of: input).elements, slopes, absolute: 1e-6)
    #expect(tape.gradient(of: unused).elements == [0, 0])
  }

  @Test func backwardScalesAndAddsUp() {
    let tape = Tape.soiled()
    let input = tape.constant(rows: 2, columns: 3)
    let result = tape.sum(input)
    tape.backward(from: result, gradient: -2.5)
    #expect(tape.gradient(of: input).elements == [Float](repeating: -2.5, count: 6))
  }

  /// Parts that run backwards at once give the gradients of the whole, and use one memory.
  @Test func partsGiveTheGradientsOfTheWhole() {
    var layout = ParameterLayout()
    let weight = layout.add("weight", rows: 3, columns: 2)
    let values = ParameterArena(layout)
    values[weight].assign([1, 2, 3, 4, 5, 6])
    func gradients(inParts: Bool) -> (input: [Float], weight: [Float], places: Set<Int>) {
      let gradients = ParameterArena(layout)
      let tape = Tape(values: values, gradients: gradients)
      let base = tape.constant([0.5, -1, 2, 0, 1, -0.25], rows: 2, columns: 3)
      let input = tape.gelu(base)
      if inParts { _ = tape.gradient(of: input) }
      var losses: [Variable] = []
      var places: Set<Int> = []
      for part in 0..<3 {
        let mark = inParts ? tape.mark() : nil
        let logits = tape.linear(input, weight: tape.parameter(weight))
        places.insert(Int(bitPattern: tape.value(of: logits).start))
        let loss = tape.crossEntropy(
          logits, targets: tape.codes([Int32(part % 2), 1], below: 2))
        if let mark {
          tape.backward(from: loss, gradient: 2, since: mark)
        } else {
          losses.append(loss)
        }
      }
      for loss in losses { tape.gradient(of: loss).fill(2) }
      tape.backward()
      return (tape.gradient(of: base).elements, gradients[weight].elements, places)
    }
    let (whole, parts) = (gradients(inParts: false), gradients(inParts: true))
    expectClose(parts.input, whole.input.map(Double.init), absolute: 1e-6)
    expectClose(parts.weight, whole.weight.map(Double.init), absolute: 1e-6)
    #expect(whole.weight.contains { $0 != 0 } && whole.input.contains { $0 != 0 })
    #expect(whole.places.count == 3 && parts.places.count == 1)
  }

  @Test func parameterGradientsAddUpOverTapes() {
    var layout = ParameterLayout()
    let weight = layout.add("weight", rows: 3, columns: 2)
    let (values, gradients) = (ParameterArena(layout), ParameterArena(layout))
    values[weight].assign([1, 2, 3, 4, 5, 6])
    let tape = Tape(values: values, gradients: gradients)
    for (round, input) in [[1, 0, 2], [0, 1, 1] as [Float]].enumerated() {
      let product = tape.linear(
        tape.constant(input, rows: 1, columns: 3), weight: tape.parameter(weight))
      #expect(tape.value(of: product).elements == [[11, 14], [8, 10]][round])
      tape.backward(from: tape.sum(product))
      tape.reset()
    }
    #expect(gradients[weight].elements == [1, 1, 1, 1, 3, 3])
    #expect(values[weight].elements == [1, 2, 3, 4, 5, 6])
  }

  @Test func aParameterFetchedTwiceHasOneGradient() {
    var layout = ParameterLayout()
    let row = layout.add("row", rows: 1, columns: 2)
    let gradients = ParameterArena(layout)
    let tape = Tape(values: ParameterArena(layout), gradients: gradients)
    let sum = tape.add(tape.parameter(row), tape.parameter(row))
    tape.backward(from: tape.sum(sum))
    #expect(gradients[row].elements == [2, 2])
  }

  /// A small network of every operation; the loss and the gradients of its inputs, as bits.
  private func step(_ tape: Tape, batchSize: Int) -> [UInt32] {
    var generator = SplitMix64(seed: 2)
    let table = tape.constant(generator.tensor(7, 5))
    let input = tape.constant(generator.tensor(5, 12))
    let recurrent = tape.constant(generator.tensor(4, 12))
    let bias = tape.constant(generator.tensor(1, 12))
    let output = tape.constant(generator.tensor(4, 7))
    let row = tape.constant(generator.tensor(1, 4))
    let codes = tape.codes(generator.codes(batchSize, below: 7), below: 7)
    tape.seedDropout(Philox(seed: 3, purpose: .dropout), stream: 1)
    let embedded = tape.linear(tape.embedding(codes, table: table), weight: input)
    let states = tape.variable(rows: 2 * batchSize, columns: 4)
    var state = tape.constant(rows: batchSize, columns: 4)
    for step in 0..<2 {
      let slot = tape.rows(step * batchSize..<(step + 1) * batchSize, of: states)
      state = tape.gruStep(
        input: embedded, recurrent: recurrent, bias: bias, state: state, convention: .updateKeeps,
        into: slot)
    }
    let normal = tape.layerNorm(tape.addRow(states, row: row), gain: row, bias: row)
    let active = tape.dropout(tape.gelu(normal, dropout: 0.2), rate: 0.1)
    let targets = tape.codes(generator.codes(2 * batchSize, below: 7), below: 7)
    let loss = tape.mean(tape.crossEntropy(tape.linear(active, weight: output), targets: targets))
    tape.backward(from: loss)
    let inputs = [table, input, recurrent, bias, output, row].map { tape.gradient(of: $0) }
    return ([tape.value(of: loss)] + inputs).flatMap { $0.elements.map(\.bitPattern) }
  }

  @Test func aTapeUsedAgainGivesTheSameBytes() {
    let tape = Tape.soiled()
    let first = step(tape, batchSize: 6)
    #expect(first.allSatisfy { Float(bitPattern: $0).isFinite })
    for batchSize in [6, 50, 1, 6] {
      tape.reset()
      let again = step(tape, batchSize: batchSize)
      #expect((again == first) == (batchSize == 6))
    }
    #expect(step(Tape.soiled(), batchSize: 6) == first)
  }

  @Test func variablesLargerThanABlockOfTheWorkspace() {
    let tape = Tape.soiled()
    for round in 0..<3 {
      let large = (0..<3).map { tape.constant(Float($0 + round), rows: 400, columns: 1000) }
      let small = tape.constant(9, rows: 1, columns: 1)
      for (index, variable) in large.enumerated() {
        #expect(tape.value(of: variable).elements.allSatisfy { $0 == Float(index + round) })
      }
      #expect(tape.value(of: small)[0, 0] == 9)
      tape.reset()
    }
  }

  @Test func codesAreCopied() {
    let tape = Tape.soiled()
    let codes = tape.codes([4, 0, 2] as [Int32], below: 5)
    #expect(codes.count == 3)
    #expect((0..<3).map { codes[$0] } == [4, 0, 2])
    #expect(tape.codes([], below: 0).count == 0)
  }
}
