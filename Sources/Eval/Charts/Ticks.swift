import Foundation

/// The positions of an axis's marks.
package enum Ticks {
  /// Multiples of 1, 2, 2.5 or 5 times a power of ten: the finest of these with at most the given number of marks in the range.
  package static func linear(in domain: ClosedRange<Double>, atMost limit: Int) -> [Double] {
    let span = domain.upperBound - domain.lowerBound
    guard span > 0, span.isFinite, limit > 0 else { return [domain.lowerBound] }
    // A small tolerance, so that a border that is a multiple up to rounding is marked.
    let slack = span * 1e-9
    for step in Step.all(from: span / Double(limit)) {
      let first = ((domain.lowerBound - slack) / step.size).rounded(.up)
      let last = ((domain.upperBound + slack) / step.size).rounded(.down)
      guard first <= last else { break }
      guard last - first < Double(limit) else { continue }
      return (0...Int(last - first)).map { step.multiple(first + Double($0)) }
    }
    return [domain.lowerBound]
  }

  /// Powers of ten; their double and fivefold too if there is room; every second, third, ... power if there is not.
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

  /// The smallest nice step that is not below a size: 1, 2, 2.5, 5 or 10 times a power of ten.
  package static func step(atLeast size: Double) -> Double {
    guard size > 0, size.isFinite else { return 1 }
    return Step.all(from: size).first?.size ?? size
  }
}

/// A nice step: a digit or two times a power of ten.
private struct Step {
  let factor: Double
  let power: Int

  var size: Double { multiple(1) }

  /// The nearest number to a number of steps: dividing by a power of ten is exact where multiplying by its inverse is not.
  func multiple(_ count: Double) -> Double {
    let ten = pow(10, Double(abs(power)))
    return (power < 0 ? count * factor / ten : count * factor * ten) + 0
  }

  /// The nice steps of three powers of ten, from a size on.
  static func all(from smallest: Double) -> [Step] {
    let lowest = Int(log10(smallest).rounded(.down))
    return (lowest...lowest + 2).flatMap { power in
      [1, 2, 2.5, 5].map { Step(factor: $0, power: power) }
    }.filter { $0.size >= smallest * (1 - 1e-9) }
  }
}
