/// How a column is distributed in each table, in the parts that a chart shows.
struct ColumnDistribution {
  /// A part of the rows, and which share of them it is in each table.
  struct Part {
    var label: String
    /// Whether it is not an ordinary value of the column: missing, or beyond the chart.
    var isSpecial = false
    var training: Double
    /// nil without a holdout.
    var holdout: Double?
    var synthetic: Double
  }

  /// The bins of a histogram; nil for a category.
  let histogram: HistogramBins?
  /// The parts of the histogram, then those that are shown as bars.
  let bins: [Part]
  let bars: [Part]

  /// - Parameter column: The position of the column.
  init(_ column: Int, of tables: ComparedTables, synthetic: ComparedTable) {
    let all = [tables.training, tables.holdout, synthetic]
    if let levels = tables.columns[column].levels {
      (histogram, bins) = (nil, [])
      bars = CategoryBars(levels: levels, tables: all, column: column).parts
      return
    }
    let numbers = all.map { $0?.values[column].numbers }
    let real = tables.real.flatMap { $0.values[column].numbers }
    if let values = ValueBars(real: real) {
      (histogram, bins) = (nil, [])
      let parts = Self.parts(values.labels, numbers.map { $0.map(values.shares) })
      bars = Self.marked(parts, from: values.values.count)
    } else {
      let histogram = HistogramBins(real: real)
      self.histogram = histogram
      let labels = Array(repeating: "", count: histogram.binCount) + histogram.extras
      let parts = Self.parts(labels, numbers.map { $0.map(histogram.shares) })
      bins = Array(parts.prefix(histogram.binCount))
      bars = Self.marked(Array(parts.dropFirst(histogram.binCount)), from: 0)
    }
  }

  /// - Parameter shares: Those of the training, holdout and synthetic rows.
  private static func parts(_ labels: [String], _ shares: [[Double]?]) -> [Part] {
    labels.enumerated().map { index, label in
      Part(
        label: label, training: shares[0]?[index] ?? 0, holdout: shares[1]?[index],
        synthetic: shares[2]?[index] ?? 0)
    }
  }

  /// Parts; those from a position on are special, and left out where no table has them.
  private static func marked(_ parts: [Part], from first: Int) -> [Part] {
    parts.enumerated().compactMap { index, part in
      guard index >= first else { return part }
      guard part.training > 0 || part.holdout ?? 0 > 0 || part.synthetic > 0 else { return nil }
      var part = part
      part.isSpecial = true
      return part
    }
  }
}
