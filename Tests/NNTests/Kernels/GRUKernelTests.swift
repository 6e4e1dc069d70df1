import CKernels
import TestSupport
import Testing

/// The gates' kernels alone; the step with its products is in GRUStepTests.
@Suite struct GRUKernelTests {
  private struct Problem {
    let rows = 4
    let width: Int
    let updateKeeps: Bool
    let codes: [Int32]?
    let input, bias, state, recurrentPart, upstream: [Float]

    init(width: Int, updateKeeps: Bool, hasCodes: Bool) {
      var generator = SplitMix64(seed: 1)
      self.width = width
      self.updateKeeps = updateKeeps
      codes = hasCodes ? [5, 1, 5, 0] : nil
      input = generator.normal((hasCodes ? 6 : rows) * 3 * width)
      bias = generator.normal(3 * width, deviation: 0.5)
      state = generator.normal(rows * width)
      recurrentPart = generator.normal(rows * 3 * width)
      upstream = generator.normal(rows * width)
    }

    func next(input: [Double], recurrentPart: [Double], state: [Double]) -> Dense {
      let table = Dense(input, rows: input.count / (3 * width), columns: 3 * width)
      return Reference.gruStep(
        input: codes.map { Reference.gathered(table, $0) } ?? table,
        recurrentPart: Dense(recurrentPart, rows: rows, columns: 3 * width),
        bias: Dense(bias, rows: 1, columns: 3 * width),
        state: Dense(state, rows: rows, columns: width), updateKeeps: updateKeeps)
    }

    func forward(_ set: InstructionSet) -> (gates: [Float], candidate: [Float], next: [Float]) {
      var candidate: [Float] = []
      var next: [Float] = []
      let gates = written(over: recurrentPart) { gates in
        candidate = written(count: rows * width) { candidate in
          next = written(count: rows * width) { next in
            set.kernels.gru_forward(
              rows, width, updateKeeps ? 1 : 0, input, codes, bias, state, gates, candidate, next)
          }
        }
      }
      return (gates, candidate, next)
    }
  }

  private static let variants = [(false, false), (false, true), (true, false), (true, true)]

  @Test(arguments: InstructionSet.available, oddSizes)
  func forward(_ set: InstructionSet, _ width: Int) {
    for (updateKeeps, hasCodes) in Self.variants {
      let problem = Problem(width: width, updateKeeps: updateKeeps, hasCodes: hasCodes)
      let expected = problem.next(
        input: problem.input.map(Double.init),
        recurrentPart: problem.recurrentPart.map(Double.init),
        state: problem.state.map(Double.init))
      expectClose(problem.forward(set).next, expected.elements, absolute: 1e-6)
    }
  }

  @Test(arguments: InstructionSet.available, [1, 3, 17, 33])
  func backward(_ set: InstructionSet, _ width: Int) {
    for (updateKeeps, hasCodes) in Self.variants {
      let problem = Problem(width: width, updateKeeps: updateKeeps, hasCodes: hasCodes)
      let (gates, candidate, _) = problem.forward(set)
      // Both gradients are added to what is there: a half here.
      let half = { (count: Int) in [Float](repeating: 0.5, count: count) }
      var stateGradient: [Float] = []
      var inputGradient: [Float] = []
      let recurrentGradient = written(over: gates) { gates in
        stateGradient = written(over: half(problem.state.count)) { stateGradient in
          inputGradient = written(over: half(problem.input.count)) { inputGradient in
            set.kernels.gru_backward(
              problem.rows, width, updateKeeps ? 1 : 0, problem.codes, problem.state, candidate,
              problem.upstream, gates, stateGradient, inputGradient)
          }
        }
      }
      expectGradients(
        [
          inputGradient.map { $0 - 0.5 }, recurrentGradient, stateGradient.map { $0 - 0.5 },
        ],
        at: [problem.input, problem.recurrentPart, problem.state], absolute: 2e-6, relative: 1e-5
      ) { inputs in
        let next = problem.next(input: inputs[0], recurrentPart: inputs[1], state: inputs[2])
        return zip(next.elements, problem.upstream).reduce(0) { $0 + $1.0 * Double($1.1) }
      }
    }
  }
}
