import NN
import Testing

/// The program of NN.docc.
@Suite struct DocumentationTests {
  @Test func theExampleLearnsExclusiveOr() {
    var layout = ParameterLayout()
    let hidden = Linear(inputSize: 2, outputSize: 8, name: "hidden", layout: &layout)
    let output = Linear(inputSize: 8, outputSize: 2, name: "output", layout: &layout)
    let values = ParameterArena(layout)
    let gradients = ParameterArena(layout)

    let random = Philox(seed: 1, purpose: 1)
    random.fillUniform(values[hidden.weight], within: 1, stream: 0)
    random.fillUniform(values[output.weight], within: 1, stream: 1)

    let tape = Tape(values: values, gradients: gradients)
    let optimizer = AdamW(count: layout.elementCount)
    let schedule = WarmUp(peak: 0.05, stepCount: 30)
    var loss: Float = 0
    for step in 0..<300 {
      tape.reset()
      gradients.buffer.row.fill(0)
      let input = tape.constant([0, 0, 0, 1, 1, 0, 1, 1], rows: 4, columns: 2)
      let targets = tape.codes([0, 1, 1, 0], below: 2)
      let logits = output(tape.gelu(hidden(input, on: tape)), on: tape)
      let mean = tape.mean(tape.crossEntropy(logits, targets: targets))
      tape.backward(from: mean)
      loss = tape.value(of: mean)[0, 0]
      optimizer.beginStep()
      optimizer.update(
        0..<layout.elementCount, of: values.buffer, gradients: gradients.buffer,
        rate: schedule.rate(step: step))
    }
    #expect(loss < 0.1)
  }
}
