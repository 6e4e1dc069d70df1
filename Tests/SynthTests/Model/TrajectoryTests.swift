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
    assign(network.skips, 26, scale: 0.3)
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
      Product.multiply(
        features.features, factor, into: values[network.gru.tables[column]], adds: true)
    }
  }

  /// The losses of some rows read in one order, (C B, 1).
  private func losses(
    of rows: [Int], order: [Int], gradient: Float? = nil, on tape: Tape
  ) -> Variable {
    let codes = TrajectoryTests.vocabularySizes.enumerated().map { column, size in
      tape.codes(rows.map { TrajectoryTests.code($0, column) }, below: size)
    }
    return network.losses(of: codes, order: order, gradient: gradient, on: tape)
  }

  // MARK: Gradients

  // Both with the whole tape and column by column.

  @Test(arguments: [false, true]) func gradientsInTableOrder(_ inParts: Bool) throws {
    try compareGradients(
      order: TrajectoryTests.naturalOrder, inParts: inParts, GoldenTrajectory.naturalGradients)
  }

  @Test(arguments: [false, true]) func gradientsInAnotherOrder(_ inParts: Bool) throws {
    try compareGradients(
      order: TrajectoryTests.otherOrder, inParts: inParts, GoldenTrajectory.otherGradients)
  }

  private func compareGradients(
    order: [Int], inParts: Bool, _ golden: [String: [Double]]
  ) throws {
    let gradients = ParameterArena(network.layout)
    let tape = Tape(values: values, gradients: gradients)
    let gradient = 1 / Float(TrajectoryTests.rowCount)
    let losses = losses(
      of: Array(0..<TrajectoryTests.rowCount), order: order, gradient: inParts ? gradient : nil,
      on: tape)
    expectClose(
      tape.value(of: losses).elements, try #require(golden["losses"]), absolute: 3e-7,
      relative: 3e-7)
    if !inParts { tape.gradient(of: losses).fill(gradient) }
    tape.backward()
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

  /// Rows of the closed form, all of a part in one given order.
  private final class OrderedRows: GradientSource, @unchecked Sendable {
    let gradients: ParameterArena
    private let tape: Tape
    private let order: [Int]
    private let losses: (_ rows: [Int], _ order: [Int], Tape) -> Variable

    init(
      _ values: ParameterArena, order: [Int],
      losses: @escaping (_ rows: [Int], _ order: [Int], Tape) -> Variable
    ) {
      gradients = ParameterArena(values.layout)
      tape = Tape(values: values, gradients: gradients)
      self.order = order
      self.losses = losses
    }

    func accumulate(_ part: BatchPart) -> Double {
      tape.reset()
      let total = tape.sum(losses(part.rows.map(Int.init), order, tape))
      tape.backward(from: total, gradient: 1 / Float(part.batchSize))
      return Double(tape.value(of: total)[0, 0])
    }

    func evaluate(_ rows: ArraySlice<Int32>, stream: UInt64) -> Double { 0 }
  }

  /// Rates that rise and fall.
  private static func rate(_ step: Int) -> Float {
    let rise = min(1, Double(step) / (0.3 * Double(stepCount) + 1))
    let fall = 0.5 * (1 + cos(.pi * Double(step) / Double(stepCount)))
    return Float(0.05 * rise * (fall * 0.98 + 0.02))
  }

  /// Ten steps of a training run: gradients of two parts summed, ordinal factors projected, clipped with the rest, moved by
  /// an AdamW of their own, and their moves multiplied out.
  @Test func tenSteps() throws {
    let batchSize = TrajectoryTests.batchSize
    let sources = [TrajectoryTests.naturalOrder, TrajectoryTests.otherOrder].map { order in
      OrderedRows(values, order: order) { self.losses(of: $0, order: $1, on: $2) }
    }
    let gradientStep = GradientStep(
      values, sources: sources, reducer: GradientSum(of: sources.map(\.gradients)),
      ordinal: ordinal, packed: PackedParameters(of: [], values: values),
      clippingLimit: 1.5, pool: WorkerPool(threadCount: 2))
    var (losses, norms): ([Double], [Double]) = ([], [])
    for step in 0..<TrajectoryTests.stepCount {
      let rows = (0..<batchSize).map { Int32((step * batchSize + $0) % TrajectoryTests.rowCount) }
      let first = TrajectoryTests.naturalCount
      let result = gradientStep.run(number: step + 1, rate: TrajectoryTests.rate(step)) { source in
        BatchPart(
          rows: source == 0 ? rows[..<first] : rows[first...], batchSize: batchSize, stream: 0)
      }
      losses.append(result.loss / Double(batchSize))
      norms.append(result.norm)
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
