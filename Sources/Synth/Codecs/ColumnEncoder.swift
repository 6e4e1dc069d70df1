import Tables

/// A column's name, type and the meaning of its codes, without rare or extreme values of the training data.
package struct ColumnEncoder: Codable, Equatable {
  package enum Kind: Codable, Equatable {
    case category(CategoryEncoder)
    case number(NumberEncoder)
  }

  package let name: String
  package let type: ColumnType
  package private(set) var kind: Kind
  /// The spelling of a missing value.
  package let missingSpelling: String
  /// The rows of the training data with each code.
  package private(set) var counts: [Int]

  init(name: String, type: ColumnType, kind: Kind, missingSpelling: String = "") {
    self.name = name
    self.type = type
    self.kind = kind
    self.missingSpelling = missingSpelling
    counts = []
  }

  /// - Parameter drawsRare: whether the code of rare categories is drawn, not another in its place.
  package init(
    _ profile: ColumnProfile, policy: ColumnPolicy, drawsRare: Bool = false
  ) {
    name = profile.name
    type = profile.type
    missingSpelling = profile.missingSpelling
    switch profile.type {
    case .boolean, .category:
      kind = .category(
        CategoryEncoder(profile, policy: policy, drawsRare: drawsRare))
    case .integer, .decimal: kind = .number(NumberEncoder(profile, policy: policy))
    }
    counts = []
  }

  /// Number of codes.
  package var vocabularySize: Int {
    switch kind {
    case .category(let encoder): encoder.vocabularySize
    case .number(let encoder): encoder.vocabularySize
    }
  }

  package var missingCode: Int? {
    switch kind {
    case .category(let encoder): encoder.missingCode
    case .number(let encoder): encoder.missingCode
    }
  }

  /// The code that is learnt but not drawn: rare categories, if another category can be drawn.
  package var suppressedCode: Int? {
    guard case .category(let encoder) = kind, !encoder.levels.isEmpty,
      !encoder.drawsRare
    else { return nil }
    return encoder.rareCode
  }

  /// Adds codes for numbers in bins that follow an earlier column.
  mutating func follow(_ delta: DeltaCoding) {
    guard case .number(var encoder) = kind else { return }
    encoder.delta = delta
    kind = .number(encoder)
  }

  mutating func count(_ codes: [UInt16]) {
    counts = Array(repeating: 0, count: vocabularySize)
    for code in codes { counts[Int(code)] += 1 }
  }

  /// All codes with similar ones side by side: numbers in ascending order, categories by frequency; codes of numbers that follow
  /// another column, of rare and of missing values last.
  package var neighbourOrder: [Int] {
    guard case .number(let encoder) = kind else { return Array(0..<vocabularySize) }
    let sorted = (0..<encoder.rangeCount).sorted { first, second in
      let (a, b) = (encoder.units(of: first), encoder.units(of: second))
      return (a.lowerBound + a.upperBound, first) < (b.lowerBound + b.upperBound, second)
    }
    return sorted + (encoder.rangeCount..<vocabularySize)
  }

  /// The mid-rank of each code's rows among the column's numbers, in (0, 1); nil for codes that are not numbers or follow
  /// another column.
  package var midRanks: [Double?]? {
    guard case .number(let encoder) = kind else { return nil }
    let numbers = encoder.rangeCount
    let total = max(1, counts[0..<numbers].reduce(0, +))
    var ranks = [Double?](repeating: nil, count: vocabularySize)
    var below = 0
    for code in neighbourOrder[..<numbers] {
      ranks[code] = (Double(below) + Double(counts[code]) / 2) / Double(total)
      below += counts[code]
    }
    return ranks
  }
}
