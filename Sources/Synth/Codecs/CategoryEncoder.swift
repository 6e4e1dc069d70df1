import Tables

/// The value of a category.
package enum CategoryLevel: Hashable, Sendable {
  case text(String)
  /// One of a fixed list, or the byte of a character.
  case code(Int)
}

extension CategoryLevel: ExpressibleByStringLiteral {
  package init(stringLiteral text: String) { self = .text(text) }
}

extension CategoryLevel: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let code = try? container.decode(Int.self) {
      self = .code(code)
    } else {
      self = .text(try container.decode(String.self))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .text(let text): try container.encode(text)
    case .code(let code): try container.encode(code)
    }
  }
}

/// Codes of a column of categories: the kept levels, then one code for all rare ones, then one for missing.
package struct CategoryEncoder: Codable, Equatable {
  /// Kept values, the most frequent first.
  package let levels: [CategoryLevel]
  /// Whether some rows of the training data hold a level too rare to keep.
  package let hasRare: Bool
  package let hasMissing: Bool
  /// Whether the rare code is drawn; otherwise another is drawn in its place.
  package let drawsRare: Bool

  /// The most levels with a code of their own. Columns with more levels are taken apart.
  static let mostLevels = 4_000

  /// The text of the rare code where no other is made up: see ``RareValues``.
  package static let rareToken = "_RARE_"

  /// A column of texts.
  package init(
    _ profile: ColumnProfile, policy: ColumnPolicy, drawsRare: Bool = false
  ) {
    let levels = profile.levels.map {
      CountedLevel(level: .text($0.text), count: $0.count, keys: $0.keys)
    }
    self.init(
      levels, hasOthers: !profile.isExact, hasMissing: profile.missingCount > 0,
      unitCount: profile.keyCount, policy: policy, drawsRare: drawsRare)
  }

  /// - Parameters:
  ///   - levels: the most frequent first.
  ///   - hasOthers: whether some rows have other levels.
  ///   - unitCount: the privacy units of the rows with a value, in a table with a key.
  init(
    _ levels: [CountedLevel], hasOthers: Bool, hasMissing: Bool, unitCount: Int?,
    policy: ColumnPolicy, drawsRare: Bool
  ) {
    let isMasked = policy.masks(levels.reduce(0) { $0 + $1.count }, unitCount: unitCount)
    let kept =
      isMasked
      ? [] : levels.filter { $0.unitCount >= policy.minimumRows }.prefix(Self.mostLevels)
    self.levels = kept.map(\.level)
    hasRare = kept.count < levels.count || hasOthers
    self.hasMissing = hasMissing
    self.drawsRare = drawsRare
  }

  package var vocabularySize: Int { levels.count + (hasRare ? 1 : 0) + (hasMissing ? 1 : 0) }
  package var rareCode: Int? { hasRare ? levels.count : nil }
  package var missingCode: Int? { hasMissing ? vocabularySize - 1 : nil }
}

/// A level and the rows that have it.
struct CountedLevel {
  let level: CategoryLevel
  var count: Int
  var keys = PrivacyUnitSet()

  var unitCount: Int { keys.count(orRows: count) }
}
