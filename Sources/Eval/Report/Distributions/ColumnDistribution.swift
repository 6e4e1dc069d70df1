/// How a column is distributed in each table, in the parts that a chart shows.
struct ColumnDistribution {
  /// A part of the rows, and which share of them it is in each table.
  struct Part {
    var label: String
    /// Whether it is none of the column's ordinary values: what is missing, what lies beyond the chart.
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

  init(
    _ column: Int, training: ComparedTable, holdout: ComparedTable?, synthetic: ComparedTable,
    levels: [String]?
  ) {
    let tables = [training, holdout, synthetic]
    if let levels {
      histogram = nil
      bins = []
      bars = CategoryBars(levels: levels, tables: tables, column: column).parts
    } else {
      let histogram = HistogramBins(
        real: [training, holdout].compactMap { $0?.values[column].numbers }.flatMap { $0 })
      self.histogram = histogram.borders.count > 1 ? histogram : nil
      let counts = tables.map { $0.map { histogram.shares(of: $0.values[column].numbers) } }
      func part(_ index: Int, _ label: String, isSpecial: Bool) -> Part {
        Part(
          label: label, isSpecial: isSpecial, training: counts[0]?[index] ?? 0,
          holdout: counts[1]?[index], synthetic: counts[2]?[index] ?? 0)
      }
      bins = (0..<histogram.binCount).map { part($0, "", isSpecial: false) }
      bars = histogram.extras.enumerated()
        .map { part(histogram.binCount + $0.offset, $0.element, isSpecial: true) }
        .filter { $0.training > 0 || $0.holdout ?? 0 > 0 || $0.synthetic > 0 }
    }
  }
}
