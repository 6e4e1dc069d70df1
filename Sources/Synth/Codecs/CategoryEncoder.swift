import Tables

/// Codes of a column of categories: the kept levels, then one code for all rare ones, then one for missing.
package struct CategoryEncoder: Codable, Equatable {
  /// Kept spellings, the most frequent first.
  package let levels: [String]
  /// Whether some rows of the training data hold a level too rare to keep.
  package let hasRare: Bool
  package let hasMissing: Bool
  /// Whether rare levels are drawn, as ``rareToken``; otherwise another is drawn in their place.
  package let drawsRareToken: Bool

  /// At most this many levels have a code of their own; what is rarer is drawn as one of them. Columns of more are taken apart.
  static let mostLevels = 4_000

  /// What stands for a category that must not be told, where no other is to be or can be written.
  package static let rareToken = "_RARE_"

  package init(
    _ profile: ColumnProfile, protection: Protection, drawsRareToken: Bool = false
  ) {
    let kept =
      protection.masks(profile.levels.reduce(0) { $0 + $1.count }, keyCount: profile.keyCount)
      ? [] : profile.levels.filter { $0.keyCount >= protection.leastRows }.prefix(Self.mostLevels)
    levels = kept.map(\.text)
    hasRare = kept.count < profile.levels.count || !profile.isExact
    hasMissing = profile.missingCount > 0
    self.drawsRareToken = drawsRareToken
  }

  package var vocabularySize: Int { levels.count + (hasRare ? 1 : 0) + (hasMissing ? 1 : 0) }
  package var rareCode: Int? { hasRare ? levels.count : nil }
  package var missingCode: Int? { hasMissing ? vocabularySize - 1 : nil }
}
