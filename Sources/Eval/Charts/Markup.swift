/// A piece of HTML or SVG. Literals are taken as they are; text interpolated with `\()` is escaped, so that a
/// column's name cannot become a part of the page.
///
///     let cell: Markup = "<td>\(column.name)</td>"
package struct Markup: Sendable, Equatable, ExpressibleByStringInterpolation {
  /// The HTML.
  package private(set) var text: String

  package init(stringLiteral value: String) { text = value }
  package init(stringInterpolation: Interpolation) { text = stringInterpolation.text }

  /// Markup from elsewhere that is known to be safe.
  package init(trusted text: String) { self.text = text }

  /// Nothing.
  package static let empty: Markup = ""

  package var isEmpty: Bool { text.isEmpty }

  package static func += (left: inout Markup, right: Markup) { left.text += right.text }

  package static func + (left: Markup, right: Markup) -> Markup {
    Markup(trusted: left.text + right.text)
  }

  package struct Interpolation: StringInterpolationProtocol {
    fileprivate var text = ""

    package init(literalCapacity: Int, interpolationCount: Int) {
      text.reserveCapacity(literalCapacity + 8 * interpolationCount)
    }

    package mutating func appendLiteral(_ literal: String) { text += literal }

    package mutating func appendInterpolation(_ text: String) { self.text += escaped(text) }

    package mutating func appendInterpolation(_ markup: Markup) { text += markup.text }

    package mutating func appendInterpolation(_ pieces: [Markup]) {
      for piece in pieces { text += piece.text }
    }

    package mutating func appendInterpolation(_ count: Int) { text += String(count) }

    /// A coordinate, as short as possible: see ``coordinate(_:)``.
    package mutating func appendInterpolation(_ position: Double) { text += coordinate(position) }
  }
}

/// Escapes text for HTML, between tags and in quoted attributes.
///
/// Characters that HTML or XML forbid become U+FFFD.
package func escaped(_ text: String) -> String {
  var result = ""
  result.reserveCapacity(text.utf8.count)
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "'": result += "&#39;"
    case "\t", "\n", "\r": result += " "
    case "\0"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}":
      result += "\u{FFFD}"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}

/// JSON that is safe inside a `<script>` element, and inside an older browser's string. Control characters that JSON allows
/// and HTML does not are escaped.
package func escapedForScript(_ json: String) -> String {
  var result = ""
  result.reserveCapacity(json.utf8.count)
  for scalar in json.unicodeScalars {
    switch scalar {
    case "<": result += "\\u003c"
    case ">": result += "\\u003e"
    case "&": result += "\\u0026"
    case "\u{7F}"..."\u{9F}": result += "\\u00" + String(scalar.value, radix: 16)
    case "\u{2028}": result += "\\u2028"
    case "\u{2029}": result += "\\u2029"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}

/// A number for a path or an attribute, to a hundredth and without trailing zeros; infinities and NaN become 0.
package func coordinate(_ value: Double) -> String {
  guard value.isFinite, abs(value) < 1e12 else { return "0" }
  let hundredths = Int((value * 100).rounded())
  let (whole, rest) = abs(hundredths).quotientAndRemainder(dividingBy: 100)
  let sign = hundredths < 0 ? "-" : ""
  if rest == 0 { return "\(sign)\(whole)" }
  if rest % 10 == 0 { return "\(sign)\(whole).\(rest / 10)" }
  return "\(sign)\(whole).\(rest < 10 ? "0" : "")\(rest)"
}

/// The `d` attribute of an SVG path.
package struct PathData: Sendable, Equatable {
  package private(set) var text = ""

  package init() {}

  /// Lines through points.
  package init(through points: some Sequence<(x: Double, y: Double)>) {
    for (index, point) in points.enumerated() {
      if index == 0 { move(to: point.x, point.y) } else { line(to: point.x, point.y) }
    }
  }

  package mutating func move(to x: Double, _ y: Double) {
    text += "M\(coordinate(x)) \(coordinate(y))"
  }

  package mutating func line(to x: Double, _ y: Double) {
    text += "L\(coordinate(x)) \(coordinate(y))"
  }

  package mutating func horizontal(to x: Double) { text += "H\(coordinate(x))" }

  package mutating func vertical(to y: Double) { text += "V\(coordinate(y))" }

  package mutating func close() { text += "Z" }

  package mutating func append(_ other: PathData) { text += other.text }
}
