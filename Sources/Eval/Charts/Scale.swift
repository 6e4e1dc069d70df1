import Foundation

/// An axis of a chart: the values it spans and how it is marked.
package struct Axis: Sendable, Equatable {
  /// How values are spread over the axis.
  package enum Kind: Sendable { case linear, logarithmic }

  /// How marks are written.
  package enum Labels: Sendable { case number, percent }

  package let kind: Kind
  /// Never empty, finite, and above 0 for a logarithmic axis.
  package let domain: ClosedRange<Double>
  package var title: String?
  package var labels: Labels
  /// The values that are marked, ascending; empty: round ones.
  package var marks: [Double] = []

  /// An axis over a range of values; where that is empty or cannot be shown, it is widened to one that can.
  package init(
    _ kind: Kind = .linear, from lower: Double, to upper: Double, title: String? = nil,
    labels: Labels = .number
  ) {
    self.kind = kind
    self.title = title
    self.labels = labels
    domain = Axis.usable(kind, lower, upper)
  }

  /// An axis that holds all values; those that cannot be shown are passed over.
  package init(
    _ kind: Kind = .linear, over values: some Sequence<Double>, title: String? = nil,
    labels: Labels = .number
  ) {
    let shown = values.filter { $0.isFinite && (kind == .linear || $0 > 0) }
    self.init(
      kind, from: shown.min() ?? (kind == .linear ? 0 : 1), to: shown.max() ?? 1, title: title,
      labels: labels)
  }

  /// The values that are marked.
  package func ticks(atMost limit: Int) -> [Double] {
    if !marks.isEmpty { return marks.filter(domain.contains) }
    return switch kind {
    case .linear: Ticks.linear(in: domain, atMost: limit)
    case .logarithmic: Ticks.logarithmic(in: domain, atMost: limit)
    }
  }

  /// How far along the axis a value lies: 0 at its start, 1 at its end; NaN where it has no place.
  package func share(of value: Double) -> Double {
    switch kind {
    case .linear:
      // Halves, because the span of two large numbers of opposite sign may be infinite.
      let span = domain.upperBound / 2 - domain.lowerBound / 2
      return (value / 2 - domain.lowerBound / 2) / span
    case .logarithmic:
      return log(value / domain.lowerBound) / log(domain.upperBound / domain.lowerBound)
    }
  }

  /// The label of a mark.
  package func label(_ value: Double) -> String {
    switch labels {
    case .number: NumberText.number(value, significant: 6)
    case .percent: NumberText.number(100 * value, significant: 4) + "\u{A0}%"
    }
  }

  /// The text of a value between the marks.
  package func description(of value: Double) -> String {
    switch labels {
    case .number: NumberText.number(value)
    case .percent: NumberText.percent(value)
    }
  }

  private static func usable(_ kind: Kind, _ lower: Double, _ upper: Double) -> ClosedRange<Double>
  {
    let limit = 1e300
    var lower = lower.isFinite ? max(-limit, min(limit, lower)) : 0
    var upper = upper.isFinite ? max(-limit, min(limit, upper)) : 1
    if lower > upper { swap(&lower, &upper) }
    switch kind {
    case .linear:
      if lower == upper {
        let margin = max(abs(lower) * 0.05, 0.5)
        return lower - margin...upper + margin
      }
      return lower...upper
    case .logarithmic:
      if upper <= 0 { return 0.1...1 }
      if lower <= 0 { lower = upper / 1000 }
      return lower == upper ? lower / 2...upper * 2 : lower...upper
    }
  }
}

/// Where the values of an axis lie in a picture.
package struct Scale: Sendable {
  package let axis: Axis
  /// Where the domain's two ends lie.
  package let start: Double
  package let end: Double

  package init(_ axis: Axis, from start: Double, to end: Double) {
    self.axis = axis
    self.start = start
    self.end = end
  }

  /// Where a value lies; one beyond the axis lies on its end.
  package func position(_ value: Double) -> Double {
    let share = axis.share(of: value)
    // NaN is on the start.
    let bounded = share > 0 ? min(share, 1) : 0
    return start + bounded * (end - start)
  }
}
