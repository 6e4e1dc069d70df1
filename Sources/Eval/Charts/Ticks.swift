import Foundation

/// Where an axis is marked.
package enum Ticks {
  /// Multiples of 1, 2, 2.5 or 5 times a power of ten: the finest of these with at most so many marks in the range.
  package static func linear(in domain: ClosedRange<Double>, atMost limit: Int) -> [Double] {
    let span = domain.upperBound - domain.lowerBound
    guard span > 0, span.isFinite, limit > 0 else { return [domain.lowerBound] }
    // A hair's breadth, so that a border that is a multiple but for rounding is marked.
    let slack = span * 1e-9
    for step in steps(from: span / Double(limit)) {
      let first = ((domain.lowerBound - slack) / step).rounded(.up)
      let last = ((domain.upperBound + slack) / step).rounded(.down)
      guard first <= last else { break }
      guard last - first < Double(limit) else { continue }
      return (0...Int(last - first)).map { (first + Double($0)) * step + 0 }
    }
    return [domain.lowerBound]
  }

  /// Powers of ten; their double and fivefold too where there is room; every second, third, ... power where there is not.
  package static func logarithmic(in domain: ClosedRange<Double>, atMost limit: Int) -> [Double] {
    guard domain.lowerBound > 0, domain.upperBound > domain.lowerBound, limit > 0 else {
      return [domain.lowerBound]
    }
    let lowest = Int(log10(domain.lowerBound).rounded(.down))
    let highest = Int(log10(domain.upperBound).rounded(.up))
    let range = domain.lowerBound * (1 - 1e-9)...domain.upperBound * (1 + 1e-9)
    for multiples in [[1.0, 2, 5], [1, 3]] {
      let ticks = (lowest...highest).flatMap { power in
        multiples.map { $0 * pow(10, Double(power)) }
      }.filter(range.contains)
      if (2...max(2, limit)).contains(ticks.count) { return ticks }
    }
    for stride in 1...max(1, highest - lowest) {
      let ticks = (lowest...highest).filter { $0 % stride == 0 }.map { pow(10, Double($0)) }
        .filter(range.contains)
      if ticks.count <= limit && !ticks.isEmpty { return ticks }
    }
    return linear(in: domain, atMost: limit)
  }

  /// The nice steps of three powers of ten, from a size on.
  private static func steps(from smallest: Double) -> [Double] {
    let lowest = Int(log10(smallest).rounded(.down))
    var steps: [Double] = []
    for power in lowest...lowest + 2 {
      // A division by a power of ten is exact where a multiplication by its inverse is not.
      let size = pow(10, Double(abs(power)))
      for multiple in [1.0, 2, 2.5, 5] {
        steps.append(power < 0 ? multiple / size : multiple * size)
      }
    }
    return steps.filter { $0 >= smallest * (1 - 1e-9) }
  }

  /// The smallest nice step that is not below a size: 1, 2, 2.5, 5 or 10 times a power of ten.
  package static func step(atLeast size: Double) -> Double {
    guard size > 0, size.isFinite else { return 1 }
    return steps(from: size).first ?? size
  }
}
