import Tables

extension FieldFitter {
  /// The levels of a category that has too many for codes of their own, in groups; nil for other columns.
  ///
  /// - Throws: what reading throws: what stands beside the levels is looked for in the table itself.
  func vocabularyCoding(
    of column: Int, in source: some RowSource
  ) throws -> VocabularyCoding? {
    let minimumRows = policies[column].minimumRows
    let levels = profile.columns[column].levels.filter { $0.keyCount >= minimumRows }
    guard kinds[column]?.kind == .category, !isMasked(column),
      levels.count > CategoryEncoder.mostLevels
    else { return nil }
    let companions = try companions(of: column, levels: levels, in: source)
    return VocabularyCoding(groups: VocabularyClusters(levels, companions: companions).groups)
  }

  /// For each level, the number of the value of another column that most of its rows have; nil if too few rows have the value to
  /// keep it. The other column is the one whose values have the most information.
  private func companions(
    of column: Int, levels: [Level], in source: some RowSource
  ) throws -> [Int?] {
    var tokens = StringInterner()
    for var level in levels.map(\.text) { level.withUTF8 { _ = tokens.insert($0) } }
    let others = possibleCompanions(of: column)
    var values = others.map { _ in StringInterner() }
    var votes = others.map { _ in BoyerMooreMajority(voterCount: levels.count) }
    try source.forEachBatch { batch in
      for row in 0..<batch.rowCount {
        guard !batch.isMissing(row, column), let level = tokens.find(batch[row, column]) else {
          continue
        }
        for (index, other) in others.enumerated() where !batch.isMissing(row, other) {
          votes[index].add(level, values[index].insert(batch[row, other]))
        }
      }
    }
    let minimumRows = policies[column].minimumRows
    let nats = votes.map { $0.nats(leastLead: minimumRows) }
    guard let best = votes.indices.max(by: { nats[$0] < nats[$1] }) else {
      return levels.map { _ in nil }
    }
    let winners = votes[best].winners(leastLead: minimumRows)
    guard keys.count > 0 else { return winners }
    var winnersKeys = levels.map { _ in PrivacyUnitSet() }
    try source.forEachBatch { batch in
      for row in 0..<batch.rowCount {
        guard !batch.isMissing(row, column), let level = tokens.find(batch[row, column]),
          let winner = winners[level], !batch.isMissing(row, others[best]),
          values[best].find(batch[row, others[best]]) == winner
        else { continue }
        winnersKeys[level].insert(keys.key(ofRow: batch.firstRow + row))
      }
    }
    return zip(winners, winnersKeys).map { $1.count >= minimumRows ? $0 : nil }
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
