import NN
import Testing

/// A caller's mistakes end the process, in release builds too.
@Suite struct PreconditionTests {
  @Test func linearShapes() async {
    await #expect(processExitsWith: .failure) {
      let tape = Tape.soiled()
      let input = tape.constant(rows: 2, columns: 3)
      _ = tape.linear(input, weight: tape.constant(rows: 4, columns: 5))
    }
    await #expect(processExitsWith: .failure) {
      let tape = Tape.soiled()
      let input = tape.constant(rows: 2, columns: 3)
      _ = tape.linear(
        input, weight: tape.constant(rows: 3, columns: 5), bias: tape.constant(rows: 1, columns: 4))
    }
  }

  @Test func gruStepShapes() async {
    await #expect(processExitsWith: .failure) {
      let tape = Tape.soiled()
      _ = tape.gruStep(
        input: tape.constant(rows: 2, columns: 9), recurrent: tape.constant(rows: 4, columns: 12),
        bias: tape.constant(rows: 1, columns: 12), state: tape.constant(rows: 2, columns: 4),
        convention: .updateKeeps)
    }
    // A batch of three inputs and two states.
    await #expect(processExitsWith: .failure) {
      let tape = Tape.soiled()
      _ = tape.gruStep(
        input: tape.constant(rows: 3, columns: 12), recurrent: tape.constant(rows: 4, columns: 12),
        bias: tape.constant(rows: 1, columns: 12), state: tape.constant(rows: 2, columns: 4),
        convention: .updateKeeps)
    }
  }

  @Test func crossEntropyShapes() async {
    await #expect(processExitsWith: .failure) {
      let tape = Tape.soiled()
      let logits = tape.constant(rows: 3, columns: 4)
      _ = tape.crossEntropy(logits, targets: tape.codes([1, 2], below: 4))
    }
  }

  @Test func outputsThatDoNotFit() async {
    await #expect(processExitsWith: .failure) {
      let tape = Tape.soiled()
      let logits = tape.constant(rows: 2, columns: 4)
      _ = tape.crossEntropy(
        logits, targets: tape.codes([1, 2], below: 4), into: tape.variable(rows: 3, columns: 1))
    }
  }

  @Test func additionShapes() async {
    await #expect(processExitsWith: .failure) {
      let tape = Tape.soiled()
      _ = tape.add(tape.constant(rows: 2, columns: 3), tape.constant(rows: 3, columns: 2))
    }
  }

  @Test func backwardFromManyNumbers() async {
    await #expect(processExitsWith: .failure) {
      let tape = Tape.soiled()
      tape.backward(from: tape.constant(rows: 2, columns: 1))
    }
  }

  @Test func backwardWithoutGradients() async {
    await #expect(processExitsWith: .failure) {
      let tape = Tape(values: ParameterArena(ParameterLayout()))
      tape.backward(from: tape.constant(rows: 1, columns: 1))
    }
  }

  @Test func codesOutOfRange() async {
    await #expect(processExitsWith: .failure) {
      _ = Tape.soiled().codes([0, 4], below: 4)
    }
    await #expect(processExitsWith: .failure) {
      _ = Tape.soiled().codes([-1], below: 4)
    }
  }

  @Test func dropoutRates() async {
    await #expect(processExitsWith: .failure) {
      let tape = Tape.soiled()
      _ = tape.dropout(tape.constant(rows: 1, columns: 1), rate: 1)
    }
  }

  @Test func elementsOutsideAMatrix() async {
    await #expect(processExitsWith: .failure) {
      _ = Buffer(count: 6).matrix(at: 0, rows: 2, columns: 3)[2, 0]
    }
    await #expect(processExitsWith: .failure) {
      Buffer(count: 6).matrix(at: 0, rows: 2, columns: 3)[0, 3] = 1
    }
    await #expect(processExitsWith: .failure) {
      _ = Buffer(count: 6).matrix(at: 0, rows: 2, columns: 3).rows(1..<3)
    }
  }

  @Test func matricesOutsideABuffer() async {
    await #expect(processExitsWith: .failure) {
      _ = Buffer(count: 6).matrix(at: 1, rows: 2, columns: 3)
    }
  }

  @Test func parametersOfOneName() async {
    await #expect(processExitsWith: .failure) {
      var layout = ParameterLayout()
      _ = layout.add("twice", rows: 1, columns: 1)
      _ = layout.add("twice", rows: 1, columns: 1)
    }
  }

  @Test func poolsWithoutThreads() async {
    await #expect(processExitsWith: .failure) { _ = WorkerPool(threadCount: 0) }
  }

  @Test func optimizerStateOfAnotherSize() async {
    await #expect(processExitsWith: .failure) {
      let optimizer = AdamW(count: 4)
      let buffer = Buffer(count: 5)
      optimizer.update(0..<4, of: buffer, gradients: buffer, rate: 0.1)
    }
  }
}
