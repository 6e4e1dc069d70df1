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
    let (products, original) = (Buffer(count: rows * 3 * hidden), Buffer(count: rows * 3 * hidden))
    let (table, bias) = (Buffer(count: codes * 3 * hidden), Buffer(count: 3 * hidden))
    let memory = Buffer(count: 3 * rows * hidden)
    fill([original.row, table.row, bias.row, memory.row])
    let drawn = drawnCodes(rows, below: codes)
    func states(_ index: Int) -> Matrix {
      memory.matrix(at: index * rows * hidden, rows: rows, columns: hidden)
    }
    return Workload(
      amount: Double(rows), callsPerSample: 200, setUp: { products.row.assign(original.row) },
      run: {
        Inference.gruStep(
          table: table.matrix(at: 0, rows: codes, columns: 3 * hidden), codes: drawn,
          product: products.matrix(at: 0, rows: rows, columns: 3 * hidden), bias: bias.row,
          state: states(0), convention: .updateReplaces, candidate: states(1), next: states(2))
      },
      checksum: { states(2).sumOfSquares })
  }
  for codes in [16, 120] {
    measure("Inference, sampling 64 rows of \(codes) codes", .rows) {
      let (logits, original) = (Buffer(count: rows * codes), Buffer(count: rows * codes))
      let bias = Buffer(count: codes)
      fill([original.row, bias.row])
      var uniforms = [Float](repeating: 0, count: rows)
      StratifiedUniforms(seed: 1, purpose: .choice).fill(&uniforms, firstRow: 0, column: 0)
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
  let random = Philox(seed: 1, purpose: .choice)
  return (0..<count).map { Int32(random.below(limit, UInt64($0), 0)) }
}
