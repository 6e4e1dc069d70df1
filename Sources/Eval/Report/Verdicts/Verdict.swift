/// What a figure means, in words.
struct Verdict: Sendable, Equatable {
  enum Level: Int, Sendable, Comparable {
    /// Nothing can be said.
    case unknown
    case good, fair, poor

    static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }

    /// The sign beside the words: colour is never the only one.
    var sign: String {
      switch self {
      case .good: "✓"
      case .fair: "≈"
      case .poor: "✕"
      case .unknown: "?"
      }
    }

    var word: String {
      switch self {
      case .good: "good"
      case .fair: "fair"
      case .poor: "poor"
      case .unknown: "unknown"
      }
    }
  }

  var level: Level
  /// A sentence without its full stop.
  var words: String

  init(_ level: Level, _ words: String) {
    self.level = level
    self.words = words
  }
}
