/// Numbers between two ends, either of which may be left out or missing.
package struct Interval: Equatable, Sendable {
  /// An end: infinite if there is none.
  package struct End: Equatable, Sendable {
    package var value: Double
    /// Whether the end itself is outside.
    package var isStrict: Bool

    package init(value: Double, isStrict: Bool) {
      self.value = value
      self.isStrict = isStrict
    }
  }

  package var lower: End
  package var upper: End

  /// All numbers, unless ends are given.
  package init(
    lower: End = End(value: -.infinity, isStrict: false),
    upper: End = End(value: .infinity, isStrict: false)
  ) {
    self.lower = lower
    self.upper = upper
  }

  /// Whether no real number lies in it.
  package var isEmpty: Bool {
    lower.value > upper.value
      || (lower.value == upper.value && (lower.isStrict || upper.isStrict))
  }

  package func contains(_ number: Double) -> Bool {
    let point = End(value: number, isStrict: false)
    return !Interval(lower: lower, upper: point).isEmpty
      && !Interval(lower: point, upper: upper).isEmpty
  }

  /// Moves the lower end up to another.
  mutating func intersect(atLeast end: End) {
    if end.value > lower.value || (end.value == lower.value && end.isStrict) { lower = end }
  }

  /// Moves the upper end down to another.
  mutating func intersect(atMost end: End) {
    if end.value < upper.value || (end.value == upper.value && end.isStrict) { upper = end }
  }
}
