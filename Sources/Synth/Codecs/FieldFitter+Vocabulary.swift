import Tables

extension FieldFitter {
  /// What stands beside the levels of a category that has too many for codes of their own; nil for other columns.
  func companionVotes(of column: Int) -> CompanionVotes? {
    let minimumRows = policies[column].minimumRows
    let levels = profile.columns[column].levels.filter { $0.keyCount >= minimumRows }
    guard kinds[column]?.kind == .category, !isMasked(column),
      levels.count > CategoryEncoder.mostLevels
    else { return nil }
    return CompanionVotes(
      column: column, levels: levels, others: possibleCompanions(of: column),
      minimumRows: minimumRows)
  }

  /// Columns with a few shared values, those with the most values first.
  private func possibleCompanions(of column: Int) -> [Int] {
    let shared = kinds.indices.filter {
      let profile = profile.columns[$0]
      return $0 != column && kinds[$0] != nil && profile.isExact
        && (2...CategoryEncoder.mostLevels).contains(profile.distinctCount)
    }
    let ranked = shared.sorted {
      (profile.columns[$1].distinctCount, $0) < (profile.columns[$0].distinctCount, $1)
    }
    return Array(ranked.prefix(FieldFitter.mostCompanions))
  }

  private static let mostCompanions = 8
}

/// For each level of a column the value of another column that stands beside it in most rows.
struct CompanionVotes {
  let column: Int
  let levels: [Level]
  /// The values as numbers; nil where too few rows have one for it to be kept.
  private(set) var winners: [Int?]

  private let minimumRows: Int
  private let tokens: StringInterner
  /// The columns that are looked at, their values, and the votes on them.
  private let others: [Int]
  private var values: [StringInterner]
  private var votes: [BoyerMooreMajority]
  /// The place of the column with the most information in its values; nil if there is no column.
  private var best: Int?
  private var units: [PrivacyUnitSet]

  init(column: Int, levels: [Level], others: [Int], minimumRows: Int) {
    self.column = column
    self.levels = levels
    self.others = others
    self.minimumRows = minimumRows
    var tokens = StringInterner()
    for var level in levels.map(\.text) { level.withUTF8 { _ = tokens.insert($0) } }
    self.tokens = tokens
    values = others.map { _ in StringInterner() }
    votes = others.map { _ in BoyerMooreMajority(voterCount: levels.count) }
    winners = levels.map { _ in nil }
    units = levels.map { _ in PrivacyUnitSet() }
  }

  /// Takes note of the rows of a batch.
  mutating func vote(_ batch: ColumnBatch) {
    for row in 0..<batch.rowCount {
      guard let level = level(batch, row) else { continue }
      for (index, other) in others.enumerated() where !batch.isMissing(row, other) {
        votes[index].add(level, values[index].insert(batch[row, other]))
      }
    }
  }

  /// Chooses the column, after the last batch.
  mutating func choose() {
    let nats = votes.map { $0.nats(leastLead: minimumRows) }
    best = votes.indices.max { nats[$0] < nats[$1] }
    if let best { winners = votes[best].winners(leastLead: minimumRows) }
  }

  /// Takes note of the privacy units that the winners stand for, in another pass.
  mutating func countUnits(_ batch: ColumnBatch, keys: PrivacyUnits) {
    guard let best else { return }
    for row in 0..<batch.rowCount {
      guard let level = level(batch, row), let winner = winners[level],
        !batch.isMissing(row, others[best]),
        values[best].find(batch[row, others[best]]) == winner
      else { continue }
      units[level].insert(keys.key(ofRow: batch.firstRow + row))
    }
  }

  /// Gives up the winners that too few units share.
  mutating func keepShared() {
    winners = zip(winners, units).map { $1.count >= minimumRows ? $0 : nil }
  }

  private func level(_ batch: ColumnBatch, _ row: Int) -> Int? {
    batch.isMissing(row, column) ? nil : tokens.find(batch[row, column])
  }
}
