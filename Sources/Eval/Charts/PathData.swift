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
