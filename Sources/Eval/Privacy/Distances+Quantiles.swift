extension Distances {
  /// - Parameter distances: At least one.
  init(_ distances: [Double]) {
    let sorted = distances.sorted()
    mean = sorted.reduce(0, +) / Double(sorted.count)
    median = sorted.quantile(0.5)
    lowest5Percent = sorted.quantile(0.05)
    quantiles = (0...100).map { sorted.quantile(Double($0) / 100) }
  }
}
