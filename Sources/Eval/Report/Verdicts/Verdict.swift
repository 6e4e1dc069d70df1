/// What a figure means, in words.
struct Verdict: Sendable, Equatable {
  enum Level: Int, Sendable, Comparable {
    /// The figures allow no verdict.
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

  /// The interval of the figures includes both good and bad values.
  static func tooFewRows(_ question: String) -> Verdict {
    Verdict(.unknown, "Too few rows to tell \(question)")
  }
}

extension SyntheticEvaluation {
  /// The verdict of each topic that was measured.
  func verdicts(holdoutCount: Int?) -> [(topic: String, verdict: Verdict)] {
    let verdicts: [(topic: String, verdict: Verdict?)] = [
      ("Accuracy", .accuracy(accuracy.overall)),
      ("Similarity", similarity.map { .discriminator($0.discriminator) }),
      ("Utility", utility.map { .utility($0) }),
      (
        "Privacy",
        privacy.map {
          .privacy($0, rowCount: table.rowCount, holdoutCount: holdoutCount)
        }
      ),
      ("Relations", relations.map { .relations($0) }),
      ("Rules", rules.isEmpty ? nil : .rules(rules)),
      ("Statistics", statistics.isEmpty ? nil : .statistics(statistics)),
    ]
    return verdicts.compactMap { topic, verdict in verdict.map { (topic, $0) } }
  }
}
