import Eval

/// A value that does not depend on what a chart's points differ in: a level line across it.
struct ReferenceLevel {
  let name: String
  let style: SeriesStyle
  let value: Double?

  static func holdout(_ value: Double?, _ name: String = "holdout") -> ReferenceLevel {
    ReferenceLevel(name: name, style: .holdout, value: value)
  }

  static func reference(_ name: String, _ value: Double?) -> ReferenceLevel {
    ReferenceLevel(name: name, style: SeriesStyle(.training, dashes: .dotted), value: value)
  }
}

extension [ReferenceLevel] {
  /// Those that are known.
  var values: [Double] { compactMap(\.value) }

  /// A line for each that is known, across an axis.
  func lines(across x: Axis) -> [XYChart.Series] {
    compactMap { level in
      level.value.map { value in
        XYChart.Series(
          level.name, level.style,
          .line([x.domain.lowerBound, x.domain.upperBound].map { Point(x: $0, y: value) }))
      }
    }
  }
}
