extension [Double] {
  /// The mean of at least one number, of any size.
  package var mean: Double {
    let sum = reduce(0, +)
    return sum.isFinite ? sum / Double(count) : reduce(0) { $0 + $1 / Double(count) }
  }

  /// The number that a share of ascending numbers lie below, interpolated between two: type 7 of Hyndman and Fan ("Sample
  /// quantiles in statistical packages", 1996), numpy's default.
  package func quantile(_ share: Double) -> Double {
    let position = share * Double(count - 1)
    let below = Int(position)
    let part = position - Double(below)
    return self[below] * (1 - part) + self[Swift.min(below + 1, count - 1)] * part
  }
}
