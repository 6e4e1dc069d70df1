import Tables

/// Codes of a column of categories: the kept levels, then one code for all rare ones, then one for missing.
package struct CategoryEncoder: Codable, Equatable {
  /// Kept spellings, the most frequent first.
  package let levels: [String]
  /// Whether some rows of the training data hold a level too rare to keep.
  package let hasRare: Bool
  package let hasMissing: Bool

  /// What stands for a category that must not be told, where no other can be written.
  package static let rareToken = "_RARE_"

  package init(_ profile: ColumnProfile) {
    let kept = profile.levels.filter { $0.count >= Protection.leastRows }
      .prefix(Protection.mostLevels)
    levels = kept.map(\.text)
    hasRare = kept.count < profile.levels.count || !profile.isExact
    hasMissing = profile.missingCount > 0
  }

  package var vocabularySize: Int { levels.count + (hasRare ? 1 : 0) + (hasMissing ? 1 : 0) }
  package var rareCode: Int? { hasRare ? levels.count : nil }
  package var missingCode: Int? { hasMissing ? vocabularySize - 1 : nil }
}

/// What may be told of single rows.
enum Protection {
  /// A category, or a value of its own, is kept only where at least this many rows share it; of a number's values, as many
  /// are cut off at either end.
  static let leastRows = 5
  /// At most this many levels of a column have a code of their own; what is rarer is drawn as one of them.
  static let mostLevels = 4_000
}
