import Measuring
import NN

func measureInference() {
  let (rows, hidden, codes) = (64, 64, 120)
  let stateBytes = Double(4 * rows * hidden)
  measure("Inference, query of 64 rows", .bytes) {
    let memory = Buffer(count: 3 * rows * hidden)
    let states = (0..<3).map {
      memory.matrix(at: $0 * rows * hidden, rows: rows, columns: hidden)
    }
    let vectors = Buffer(count: 4 * hidden)
    let (query, offset, gain, bias) = (
      vectors.matrix(at: 0, rows: 1, columns: hidden),
      vectors.matrix(at: hidden, rows: 1, columns: hidden),
      vectors.matrix(at: 2 * hidden, rows: 1, columns: hidden),
      vectors.matrix(at: 3 * hidden, rows: 1, columns: hidden)
    )
    fill([states[0], vectors.row])
    return Workload(
      amount: 3 * stateBytes, callsPerSample: 200,
      run: {
        Inference.query(
          states[0], query: query, offset: offset, gain: gain, bias: bias, sum: states[1],
          normal: states[2])
      },
      checksum: {
        withExtendedLifetime((memory, vectors)) { states[1].sumOfSquares + states[2].sumOfSquares }
      })
  }
  measure("Inference, bias and GELU of 64 rows", .bytes) {
    let (memory, original, bias) = (
      Buffer(count: rows * hidden), Buffer(count: rows * hidden), Buffer(count: hidden)
    )
    fill([original.row, bias.row])
    return Workload(
      amount: 2 * stateBytes, callsPerSample: 200, setUp: { memory.row.assign(original.row) },
      run: {
        Inference.addBiasAndGELU(
          memory.matrix(at: 0, rows: rows, columns: hidden), bias: bias.row)
      },
      checksum: { memory.row.sumOfSquares })
  }
  measure("Inference, GRU step of 64 rows", .rows) {
    let (products, table) = (Buffer(count: rows * 3 * hidden), Buffer(count: codes * 3 * hidden))
    let (bias, states) = (Buffer(count: 3 * hidden), Buffer(count: 2 * rows * hidden))
    fill([products.row, table.row, bias.row, states.row])
    let drawn = drawnCodes(rows, below: codes)
    let (state, next) = (
      states.matrix(at: 0, rows: rows, columns: hidden),
      states.matrix(at: rows * hidden, rows: rows, columns: hidden)
    )
    return Workload(
      amount: Double(rows), callsPerSample: 200,
      run: {
        Inference.gruStep(
          table: table.matrix(at: 0, rows: codes, columns: 3 * hidden), codes: drawn,
          product: products.matrix(at: 0, rows: rows, columns: 3 * hidden), bias: bias.row,
          state: state, convention: .updateReplaces, next: next)
      },
      checksum: { withExtendedLifetime(states) { next.sumOfSquares } })
  }
  measure("Inference, 64 rows gathered", .bytes) {
    let (table, gathered) = (Buffer(count: codes * hidden), Buffer(count: rows * hidden))
    fill([table.row])
    let drawn = drawnCodes(rows, below: codes)
    return Workload(
      amount: 2 * stateBytes, callsPerSample: 500,
      run: {
        Inference.gather(
          drawn, of: table.matrix(at: 0, rows: codes, columns: hidden),
          into: gathered.matrix(at: 0, rows: rows, columns: hidden))
      },
      checksum: { gathered.row.sumOfSquares })
  }
  measure("Inference, 64 rows filled", .bytes) {
    let (row, filled) = (Buffer(count: hidden), Buffer(count: rows * hidden))
    fill([row.row])
    return Workload(
      amount: stateBytes, callsPerSample: 500,
      run: {
        Inference.fill(filled.matrix(at: 0, rows: rows, columns: hidden), with: row.row)
      },
      checksum: { filled.row.sumOfSquares })
  }
  for columns in [64, 120, 192] {
    measure(
      "Inference, packed weights: 64 × 64 · 64 × \(columns)", .floatingPointOperations
    ) {
      let (input, weights) = (Buffer(count: rows * hidden), Buffer(count: hidden * columns))
      let result = Buffer(count: rows * columns)
      fill([input.row, weights.row])
      let packed = PackedWeights(weights.matrix(at: 0, rows: hidden, columns: columns))
      return Workload(
        amount: 2 * Double(rows * hidden * columns), callsPerSample: 100,
        run: {
          packed.multiply(
            input.matrix(at: 0, rows: rows, columns: hidden),
            into: result.matrix(at: 0, rows: rows, columns: columns))
        },
        checksum: { result.row.sumOfSquares })
    }
  }
  for codes in [16, 120] {
    measure("Inference, sampling 64 rows of \(codes) codes", .rows) {
      let (logits, original) = (Buffer(count: rows * codes), Buffer(count: rows * codes))
      let bias = Buffer(count: codes)
      fill([original.row, bias.row])
      var uniforms = [Float](repeating: 0, count: rows)
      StratifiedUniforms(Philox(seed: 1, purpose: 7)).fill(&uniforms, firstRow: 0, column: 0)
      var drawn = [Int32](repeating: 0, count: rows)
      return Workload(
        amount: Double(rows), callsPerSample: 200, setUp: { logits.row.assign(original.row) },
        run: {
          Inference.sample(
            logits.matrix(at: 0, rows: rows, columns: codes), bias: bias.row, uniforms: uniforms,
            codes: &drawn)
        },
        checksum: { Double(drawn.reduce(0) { $0 + Int($1) }) })
    }
  }
}

private func drawnCodes(_ count: Int, below limit: Int) -> [Int32] {
  let random = Philox(seed: 1, purpose: 7)
  return (0..<count).map { Int32(random.below(limit, UInt64($0), 0)) }
}
