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

extension [Double] {
  /// The quantile at a share from 0 to 1 of sorted elements, between two of them by a straight line, as NumPy has it.
  func quantile(_ share: Double) -> Double {
    let place = share * Double(count - 1)
    let index = Swift.min(count - 1, Int(place))
    let next = Swift.min(count - 1, index + 1)
    return self[index] + (place - Double(index)) * (self[next] - self[index])
  }
}
