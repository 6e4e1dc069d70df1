import Measuring
import NN

func measureOptimization() {
  let count = 120_000
  measure("AdamW, 120,000 numbers", .bytes) {
    let (weights, gradients) = (Buffer(count: count), Buffer(count: count))
    fill([weights.row, gradients.row])
    let optimizer = AdamW(count: count)
    // Weights and two moments are read and written, gradients read.
    return Workload(
      amount: Double(7 * 4 * count), callsPerSample: 10,
      run: {
        optimizer.beginStep()
        optimizer.update(0..<count, of: weights, gradients: gradients, rate: 1e-6)
      },
      checksum: { weights.row.sumOfSquares })
  }
  measure("Sum of the gradients of 8 shards, 120,000 numbers", .bytes) {
    var layout = ParameterLayout()
    _ = layout.add("weights", rows: 1, columns: count)
    let (shards, originals) = (
      (0..<8).map { _ in ParameterArena(layout) }, (0..<8).map { _ in ParameterArena(layout) }
    )
    fill(originals.map(\.buffer.row))
    let sum = GradientSum(of: shards)
    var squares = 0.0
    // The shards are read and cleared, the sum is written.
    return Workload(
      amount: Double(17 * 4 * count), callsPerSample: 10,
      setUp: {
        for (shard, original) in zip(shards, originals) {
          shard.buffer.row.assign(original.buffer.row)
        }
      },
      run: { squares = sum.sumAndClear(0..<count) }, checksum: { squares })
  }
  measure("Sum of squares, 120,000 numbers", .bytes) {
    let buffer = Buffer(count: count)
    fill([buffer.row])
    var squares = 0.0
    return Workload(
      amount: Double(4 * count), callsPerSample: 50, run: { squares = buffer.row.sumOfSquares },
      checksum: { squares })
  }
  measure("Packing of 64 × 192, both ways", .bytes) {
    var layout = ParameterLayout()
    let weight = layout.add("weight", rows: 64, columns: 192)
    let values = ParameterArena(layout)
    fill([values[weight]])
    let packed = PackedParameters(of: [weight], values: values)
    return Workload(
      amount: Double(4 * 4 * weight.count), callsPerSample: 100, run: { packed.refresh(0) },
      checksum: { values[weight].sumOfSquares })
  }
  measure("Workers, 8 empty parts on 2 threads", .calls) {
    let pool = WorkerPool(threadCount: 2)
    return Workload(
      amount: 1, callsPerSample: 1_000, run: { pool.run(8) { _ in } },
      checksum: { Double(pool.threadCount) })
  }
}
