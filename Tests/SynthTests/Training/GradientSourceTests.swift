import NN
import Synth
import Tables
import Testing

/// Other sources of gradients and other sums take the place of the plain ones without a change of the trainer.
@Suite struct GradientSourceTests {
  /// The gradients of a part, that of every row cut to a norm, as training with differential privacy needs them.
  private final class ClippedRows: GradientSource, @unchecked Sendable {
    let gradients: ParameterArena
    private let shard: Shard
    private let limit: Float

    init(_ shard: Shard, limit: Float) {
      self.shard = shard
      self.limit = limit
      gradients = ParameterArena(shard.gradients.layout)
    }

    func accumulate(_ part: BatchPart) -> Double {
      var loss = 0.0
      for row in part.rows.indices {
        loss += shard.accumulate(
          BatchPart(
            rows: part.rows[row...row], batchSize: part.batchSize, stream: part.stream))
        let (own, sum) = (shard.gradients.buffer.row, gradients.buffer.row)
        let norm = own.elements.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
        let scale = min(1, limit / Float(part.batchSize) / Float(norm))
        for index in 0..<own.count { sum[0, index] += scale * own[0, index] }
        own.fill(0)
      }
      return loss
    }

    func evaluate(_ rows: ArraySlice<Int32>, stream: UInt64) -> Double {
      shard.evaluate(rows, stream: stream)
    }
  }

  /// A sum that keeps the norm of what it summed.
  private final class MeasuredSum: GradientReducer, @unchecked Sendable {
    private let sum: GradientSum
    private(set) var squares = 0.0
    var total: ParameterArena { sum.total }

    init(of parts: [ParameterArena]) { sum = GradientSum(of: parts) }

    func sumAndClear(_ range: Range<Int>) -> Double {
      let part = sum.sumAndClear(range)
      squares += part
      return part
    }
  }

  /// The parameters after a step on a batch of 24 rows, its loss, and the norm of its gradient.
  private func step(
    limit: Float?
  ) throws -> (values: [Float], loss: Double, norm: Double, measured: Double) {
    let encoder = try TableEncoder(try mixedTable(rows: 60, seed: 5))
    let network = Network(
      vocabularySizes: encoder.columns.map(\.vocabularySize), hiddenSize: 6, residualSize: 4)
    let values = network.initialValues(counts: encoder.columns.map(\.counts), seed: 3)
    let packed = PackedParameters(of: [], values: values)
    let sources: [any GradientSource] = (0..<2).map { _ in
      let shard = Shard(
        network, prior: .none(network), values: values, packed: packed,
        table: encoder.table, order: .natural, seeds: TrainingSeeds(seed: 1))
      if let limit { return ClippedRows(shard, limit: limit) }
      return shard
    }
    let sum = MeasuredSum(of: sources.map(\.gradients))
    let step = GradientStep(
      values, sources: sources, reducer: sum,
      ordinal: OrdinalOptimizer(network, midRanks: network.vocabularySizes.map { _ in nil }),
      packed: packed, pool: WorkerPool(threadCount: 1))
    let rows = (0..<24).map { Int32($0) }
    let result = step.run(number: 1, rate: 0.01) { source in
      BatchPart(
        rows: rows[source * 12..<(source + 1) * 12], batchSize: 24, stream: UInt64(source))
    }
    return (
      values.buffer.row.elements, result.loss, result.norm, sum.squares.squareRoot()
    )
  }

  @Test func clippedRowsTakeThePlaceOfPlainOnes() throws {
    let plain = try step(limit: nil)
    #expect(plain.norm > 0.5 && abs(plain.measured - plain.norm) < 1e-9)
    let loose = try step(limit: 1e6)
    #expect(abs(loose.loss - plain.loss) < 1e-4 * plain.loss)
    #expect(abs(loose.norm - plain.norm) < 1e-4 * plain.norm)
    for (own, other) in zip(loose.values, plain.values) { #expect(abs(own - other) < 1e-4) }
    // The mean of 24 gradients, none longer than the limit, is no longer than it.
    let tight = try step(limit: 0.25)
    #expect(tight.norm < 0.25 && tight.norm > 0.05)
    #expect(abs(tight.loss - plain.loss) < 1e-4 * plain.loss)
    #expect(zip(tight.values, plain.values).contains { abs($0 - $1) > 1e-3 })
  }
}
