import Measuring
import NN

func measureRandom() {
  let random = Philox(seed: 1, purpose: 1)
  measure("Philox, uniform numbers", .bytes) {
    let buffer = Buffer(count: 64 * 192)
    return Workload(
      amount: Double(4 * buffer.count), callsPerSample: 10,
      run: { random.fillUniform(buffer.row, within: 1, stream: 1) },
      checksum: { buffer.row.sumOfSquares })
  }
  measure("Philox, normal numbers", .bytes) {
    let buffer = Buffer(count: 64 * 192)
    return Workload(
      amount: Double(4 * buffer.count), callsPerSample: 10,
      run: { random.fillNormal(buffer.row, deviation: 1, stream: 1) },
      checksum: { buffer.row.sumOfSquares })
  }
  measure("Philox, blocks of four words", .bytes) {
    var sum = SIMD4<UInt32>()
    return Workload(
      amount: 16 * 10_000,
      run: { for counter in UInt64(0)..<10_000 { sum &+= random.words(counter, 1) } },
      checksum: { Double(sum[0] | 1) })
  }
  measure("Philox, 10,000 shuffled", .rows) {
    var rows = Array(Int32(0)..<10_000)
    return Workload(
      amount: 10_000, run: { random.shuffle(&rows, stream: 1) },
      checksum: { Double(rows.reduce(0) { $0 + Int($1) }) })
  }
  measure("Stratified uniforms, blocks of 64", .bytes) {
    let uniforms = StratifiedUniforms(Philox(seed: 1, purpose: 7))
    var numbers = [Float](repeating: 0, count: 64)
    var block = 0
    return Workload(
      amount: Double(4 * numbers.count), callsPerSample: 500,
      run: {
        uniforms.fill(&numbers, firstRow: block * 64, column: 3)
        block += 1
      },
      checksum: { Double(numbers.reduce(0, +)) })
  }
}
