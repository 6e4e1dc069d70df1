/// How a series is distinguished from the others: by colour, and by its dashes or its marker for readers who cannot distinguish colours.
package struct SeriesStyle: Sendable, Equatable {
  package var colour: ChartColour
  package var dashes: Dashes
  package var marker: Marker

  package init(_ colour: ChartColour, dashes: Dashes = .solid, marker: Marker = .circle) {
    self.colour = colour
    self.dashes = dashes
    self.marker = marker
  }

  package enum Dashes: String, Sendable {
    case solid = ""
    case dashed = "5 3"
    case dotted = "1.5 2.5"
  }

  package enum Marker: Sendable { case circle, square, triangle, diamond }

  /// The training rows.
  package static let training = SeriesStyle(.training, marker: .square)
  /// The holdout rows.
  package static let holdout = SeriesStyle(.holdout, dashes: .dashed, marker: .diamond)
  /// The synthetic rows.
  package static let synthetic = SeriesStyle(.synthetic)
}

/// A colour of the palette of Okabe and Ito ("Color universal design", 2008), which the colour-blind can distinguish.
///
/// A page may give its own by a CSS variable.
package enum ChartColour: Sendable, Equatable {
  case training, holdout, synthetic
  /// The series of any other chart, counted from 0.
  case series(Int)
  /// The colour of the text.
  case text

  private static let palette = [
    "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8a8f98",
  ]

  /// The value of `fill` and `stroke`.
  package var css: String {
    switch self {
    case .training: "var(--training,#8a8f98)"
    case .holdout: "var(--holdout,#d55e00)"
    case .synthetic: "var(--synthetic,#0072b2)"
    case .series(let index):
      "var(--series-\(index % Self.palette.count + 1),\(Self.palette[index % Self.palette.count]))"
    case .text: "currentColor"
    }
  }
}
