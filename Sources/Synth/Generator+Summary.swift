import Foundation

extension Generator {
  /// What a model holds, for people and programs.
  public struct Summary: Codable, Equatable, Sendable {
    /// One column of the training data.
    public struct Column: Codable, Equatable, Sendable {
      public let name: String
      /// boolean, integer, decimal or category.
      public let type: String
      /// Codes that the model knows: categories, or frequent values and bins.
      public let codes: Int
      /// Share of missing values in the training data.
      public let missingShare: Double
      /// Lowest number that is written, nil for categories.
      public let minimum: Double?
      /// Highest number that is written, nil for categories.
      public let maximum: Double?
      /// Share of training rows whose category is too rare to be told.
      public let rareShare: Double
    }

    public let rows: Int
    public let modelSize: ModelSize
    public let order: ColumnOrder
    public let parameters: Int
    public let epochLimit: Int
    public let batchSize: Int
    public let learningRate: Float
    public let seed: UInt64
    public let heldOutRows: Int
    public let bestEpoch: Int
    public let stopReason: StopReason
    public let history: [EpochRecord]
    public let columns: [Column]
  }

  /// What the model holds.
  public var summary: Summary {
    Summary(
      rows: rowCount, modelSize: plan.modelSize, order: plan.order, parameters: parameterCount,
      epochLimit: plan.epochs, batchSize: plan.batchSize, learningRate: plan.learningRate,
      seed: plan.seed, heldOutRows: plan.heldOutCount, bestEpoch: bestEpoch,
      stopReason: stopReason, history: history, columns: columns.map(\.summary))
  }
}

extension ColumnEncoder {
  fileprivate var summary: Generator.Summary.Column {
    let total = Double(max(1, counts.reduce(0, +)))
    func share(_ code: Int?) -> Double { code.map { Double(counts[$0]) / total } ?? 0 }
    var (minimum, maximum, rare): (Double?, Double?, Int?)
    switch kind {
    case .category(let category): rare = category.rareCode
    case .number(let number):
      let scale = number.scale
      let lowest = [number.spikes.first, number.edges.first].compactMap { $0 }.min()
      let highest = [number.spikes.last, number.edges.last.map { $0 - 1 }].compactMap { $0 }.max()
      minimum = lowest.map { Double($0) / scale }
      maximum = highest.map { Double($0) / scale }
    }
    return Generator.Summary.Column(
      name: name, type: type.rawValue, codes: vocabularySize, missingShare: share(missingCode),
      minimum: minimum, maximum: maximum, rareShare: share(rare))
  }
}

extension Generator.Summary {
  /// JSON with sorted keys.
  public func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }

  /// A table for people.
  public var text: String {
    var lines = [
      "rows          \(rows), \(heldOutRows) of them held out",
      "model         \(modelSize.rawValue), \(parameters) parameters, \(order.rawValue) order",
      "training      epoch \(bestEpoch) of at most \(epochLimit), batches of \(batchSize), "
        + "learning rate \(learningRate), seed \(seed)",
      "ended         \(stopReason.sentence)",
    ]
    if history.indices.contains(bestEpoch - 1), heldOutRows > 0 {
      let loss = history[bestEpoch - 1].heldOutLoss
      lines.append("held-out loss " + String(format: "%.4f nats per row", loss))
    }
    let header = ["column", "type", "codes", "missing", "lowest", "highest", "rare"]
    let rows = columns.map { column in
      [
        Self.shortened(column.name), column.type, "\(column.codes)",
        Self.percentage(column.missingShare), column.minimum.map { "\($0.shortDescription)" } ?? "",
        column.maximum.map { "\($0.shortDescription)" } ?? "", Self.percentage(column.rareShare),
      ]
    }
    let widths = header.indices.map { index in
      ([header] + rows).map { $0[index].count }.max() ?? 0
    }
    lines.append("")
    for row in [header] + rows {
      let cells = row.enumerated().map { index, cell in
        let padding = String(repeating: " ", count: widths[index] - cell.count)
        return index < 2 ? cell + padding : padding + cell
      }
      lines.append(cells.joined(separator: "  "))
    }
    return lines.joined(separator: "\n")
  }

  private static func shortened(_ name: String) -> String {
    name.count > 40 ? name.prefix(39) + "…" : name
  }

  private static func percentage(_ share: Double) -> String {
    share == 0 ? "" : String(format: "%.2f %%", 100 * share)
  }
}

extension StopReason {
  fileprivate var sentence: String {
    switch self {
    case .epochLimit: "all epochs were run"
    case .timeLimit: "the time was over"
    case .noImprovement: "the held-out loss had stopped improving"
    case .cancelled: "on request"
    }
  }
}

extension Double {
  /// Without `.0` where the number is whole.
  fileprivate var shortDescription: String {
    self == rounded() && magnitude < 1e15 ? "\(Int(self))" : "\(self)"
  }
}
