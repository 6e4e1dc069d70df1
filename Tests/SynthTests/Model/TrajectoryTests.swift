import Foundation
import NN
import Synth
import TestSupport
import Testing

/// The whole model against PyTorch: the numbers come from Tools/reference/trajectory.py, where every setting here has its
/// equal.
@Suite struct TrajectoryTests {
  private static let vocabularySizes = [5, 3, 7, 2]
  private static let ordinalColumns = [0, 2]
  private static let (rowCount, batchSize, naturalCount, stepCount) = (24, 9, 5, 10)
  private static let naturalOrder = [0, 1, 2, 3]
  private static let otherOrder = [2, 0, 3, 1]

  /// The code of a column in a row.
  private static func code(_ row: Int, _ column: Int) -> Int32 {
    let first = (row * row + 3 * row / 2) % 5
    return Int32([first, first / 2, (row * row + row / 4) % 7, (row / 3 + row % 5) % 2][column])
  }

  private let network: Network
  private let values: ParameterArena
  private let ordinal: OrdinalOptimizer

  init() {
    network = Network(
      vocabularySizes: TrajectoryTests.vocabularySizes, hiddenSize: 6, residualSize: 4)
    values = ParameterArena(network.layout)
    let ranks = TrajectoryTests.vocabularySizes.indices.map {
      TrajectoryTests.ordinalColumns.contains($0) ? TrajectoryTests.midRanks(of: $0) : nil
    }
    ordinal = OrdinalOptimizer(network, midRanks: ranks)
    assignStart(ranks)
  }

  /// The middle of each code's rows in the order of the codes.
  private static func midRanks(of column: Int) -> [Double?] {
    let codes = (0..<rowCount).map { Int(code($0, column)) }
    return (0..<vocabularySizes[column]).map { code in
      let below = codes.filter { $0 < code }.count
      let same = codes.filter { $0 == code }.count
      return (Double(below) + Double(same) / 2) / Double(rowCount)
    }
  }

  private func assignStart(_ midRanks: [[Double?]?]) {
    func assign(_ parameter: Parameter?, _ phase: Double, scale: Double, offset: Double = 0) {
      let parameter = parameter!
      values[parameter].assign(closedForm(phase, parameter.count, scale: scale, offset: offset))
    }
    assign(network.gru.recurrent, 1, scale: 0.4)
    assign(network.gru.bias, 2, scale: 0.3)
    assign(network.query, 7, scale: 0.3)
    assign(network.block.norm.gain, 8, scale: 0.2, offset: 1)
    assign(network.block.norm.bias, 9, scale: 0.1)
    assign(network.block.expand.weight, 10, scale: 0.4)
    assign(network.block.expand.bias, 11, scale: 0.2)
    assign(network.block.contract.weight, 12, scale: 0.4)
    assign(network.block.contract.bias, 13, scale: 0.2)
    for column in network.heads.indices {
      assign(network.gru.tables[column], 3 + Double(column), scale: 0.5)
      assign(network.heads[column].weight, 14 + Double(column), scale: 0.4)
      assign(network.heads[column].bias, 18 + Double(column), scale: 0.2)
    }
    // T + phi A, multiplied out.
    for (column, ranks) in midRanks.enumerated() {
      guard let ranks else { continue }
      let buffer = Buffer(count: OrdinalFeatures.width * 3 * network.hiddenSize)
      let factor = buffer.matrix(
        at: 0, rows: OrdinalFeatures.width, columns: 3 * network.hiddenSize)
      factor.assign(closedForm(22 + Double(column), factor.count, scale: 0.1))
      let features = OrdinalFeatures(midRanks: ranks)
      Product.multiply(features.features, factor, into: values[network.gru.tables[column]], beta: 1)
    }
  }

  /// The losses of some rows read in one order, (C B, 1).
  private func losses(of rows: [Int], order: [Int], on tape: Tape) -> Variable {
    let codes = TrajectoryTests.vocabularySizes.enumerated().map { column, size in
      tape.codes(rows.map { TrajectoryTests.code($0, column) }, below: size)
    }
    return network.losses(of: codes, order: order, on: tape)
  }

  // MARK: Gradients

  @Test func gradientsInTableOrder() throws {
    try compareGradients(order: TrajectoryTests.naturalOrder, GoldenTrajectory.naturalGradients)
  }

  @Test func gradientsInAnotherOrder() throws {
    try compareGradients(order: TrajectoryTests.otherOrder, GoldenTrajectory.otherGradients)
  }

  private func compareGradients(order: [Int], _ golden: [String: [Double]]) throws {
    let gradients = ParameterArena(network.layout)
    let tape = Tape(values: values, gradients: gradients)
    let losses = losses(of: Array(0..<TrajectoryTests.rowCount), order: order, on: tape)
    expectClose(
      tape.value(of: losses).elements, try #require(golden["losses"]), absolute: 3e-7,
      relative: 3e-7)
    tape.backward(from: tape.sum(losses), gradient: 1 / Float(TrajectoryTests.rowCount))
    for parameter in network.layout.parameters {
      expectClose(
        gradients[parameter].elements, try #require(golden[parameter.name]), absolute: 1e-7,
        relative: 1e-6, parameter.name)
    }
    for (index, column) in TrajectoryTests.ordinalColumns.enumerated() {
      let factors =
        try #require(golden["tableFactor.\(column)"]) + #require(golden["headFactor.\(column)"])
      let squares = factors.reduce(0) { $0 + $1 * $1 }
      expectClose(
        [ordinal.project(gradients, column: index)], [squares], relative: 1e-6,
        "factors of column \(column)")
    }
  }

  // MARK: Steps

  /// Ten steps with the optimiser's path of a training run: gradients of two shards summed, ordinal factors projected,
  /// clipped with the rest, moved by an AdamW of their own, and their moves multiplied out.
  @Test func tenSteps() throws {
    let rowCount = TrajectoryTests.rowCount
    let batchSize = TrajectoryTests.batchSize
    let shards = (0..<2).map { _ in ParameterArena(network.layout) }
    let tapes = shards.map { Tape(values: values, gradients: $0) }
    let sum = GradientSum(of: shards)
    let optimizer = AdamW(count: network.layout.elementCount)
    let schedule = WarmUpCosine(
      peak: 0.05, stepCount: TrajectoryTests.stepCount, warmUp: 0.3, floor: 0.02)
    let all = 0..<values.buffer.count
    var (losses, norms): ([Double], [Double]) = ([], [])
    for step in 0..<TrajectoryTests.stepCount {
      let rows = (0..<batchSize).map { (step * batchSize + $0) % rowCount }
      let parts = [
        (Array(rows.prefix(TrajectoryTests.naturalCount)), TrajectoryTests.naturalOrder),
        (Array(rows.dropFirst(TrajectoryTests.naturalCount)), TrajectoryTests.otherOrder),
      ]
      var loss = 0.0
      for (shard, part) in parts.enumerated() {
        tapes[shard].reset()
        let total = tapes[shard].sum(self.losses(of: part.0, order: part.1, on: tapes[shard]))
        loss += Double(tapes[shard].value(of: total)[0, 0])
        tapes[shard].backward(from: total, gradient: 1 / Float(batchSize))
      }
      losses.append(loss / Double(batchSize))
      let squares =
        sum.drain(all)
        + (0..<ordinal.columnCount).reduce(0) { $0 + ordinal.project(sum.total, column: $1) }
      norms.append(squares.squareRoot())
      let scale = clippingFactor(norm: Float(squares.squareRoot()), limit: 1.5)
      let rate = schedule.rate(step: step)
      optimizer.beginStep()
      ordinal.step(rate: rate, scale: scale)
      optimizer.update(
        all, of: values.buffer, gradients: sum.total.buffer, rate: rate, scale: scale)
      for column in 0..<ordinal.columnCount { ordinal.apply(to: values, column: column) }
    }
    let golden = GoldenTrajectory.steps
    expectClose(losses, try #require(golden["losses"]), relative: 5e-7, "losses")
    expectClose(norms, try #require(golden["norms"]), relative: 1e-6, "norms")
    // Both the clipped and the unclipped must have occurred.
    #expect(norms.contains { $0 > 1.5 } && norms.contains { $0 < 1.5 })
    for parameter in network.layout.parameters {
      expectClose(
        values[parameter].elements, try #require(golden[parameter.name]), absolute: 1e-6,
        relative: 1e-6, parameter.name)
    }
  }
}
