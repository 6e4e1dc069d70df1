import Foundation
import Tables

/// Finds the words of a column of texts that say most about the other columns of a sample of rows.
///
/// Words are chosen one after another. Each is the one with the most information about the other columns in the texts without an
/// earlier word: the mutual information of its presence with each column's values in groups, less what chance would give by the
/// Bayesian information criterion (Schwarz, "Estimating the dimension of a model", 1978).
package struct KeywordSearch {
  /// For each row the texts' words; empty where there is no text.
  private var wordsOfRow: [[Int]] = []
  /// The words that enough rows share.
  private var words: [String] = []
  private var rowsOfWord: [[Int]] = []
  private let groups: [ColumnGroups]
  /// The rows without an earlier word.
  private var isLeft: [Bool] = []
  private var totals: [[Int]]

  /// - Parameters:
  ///   - texts: one for each row of the sample; nil where there is none.
  ///   - groups: the values of the other columns.
  ///   - keys: the privacy units of the sample's rows.
  package init(_ texts: [String?], groups: [ColumnGroups], keys: [UInt16], minimumRows: Int) {
    self.groups = groups
    let wordSets = texts.map { $0.map { Set(Keywords.words(of: $0)) } ?? [] }
    var tallies: [String: RowTally] = [:]
    for (row, words) in wordSets.enumerated() {
      var unit = PrivacyUnitSet()
      unit.insert(keys[row])
      for word in words { tallies[word, default: RowTally()] += RowTally(rows: 1, keys: unit) }
    }
    words = tallies.filter { $0.value.count >= minimumRows }.map(\.key).sorted()
    let places = Dictionary(uniqueKeysWithValues: zip(words, words.indices))
    wordsOfRow = wordSets.map { $0.compactMap { places[$0] } }
    rowsOfWord = words.map { _ in [] }
    for (row, words) in wordsOfRow.enumerated() {
      for word in words { rowsOfWord[word].append(row) }
    }
    isLeft = texts.map { $0 != nil }
    totals = groups.map { Array(repeating: 0, count: $0.count) }
    for row in isLeft.indices where isLeft[row] { count(row, by: 1) }
  }

  /// The words, the most informative first.
  package func keywords() -> Keywords {
    var search = self
    var found: [String] = []
    // What is left to say becomes less with every word, so that most scores need no update.
    var scores = words.indices.map(search.score)
    while found.count < Keywords.most {
      guard var best = scores.indices.max(by: { scores[$0] < scores[$1] }) else { break }
      while true {
        scores[best] = search.score(best)
        let next = scores.indices.max { scores[$0] < scores[$1] }!
        if scores[next] <= scores[best] { break }
        best = next
      }
      guard scores[best] > 0 else { break }
      found.append(words[best])
      search.take(best)
      scores[best] = -.infinity
    }
    return Keywords(found)
  }

  /// Leaves out the texts with a word.
  private mutating func take(_ word: Int) {
    for row in rowsOfWord[word] where isLeft[row] {
      isLeft[row] = false
      count(row, by: -1)
    }
  }

  private mutating func count(_ row: Int, by step: Int) {
    for column in groups.indices { totals[column][Int(groups[column].groups[row])] += step }
  }

  /// The information of a word in nats, less what chance would give.
  private func score(_ word: Int) -> Double {
    let rows = rowsOfWord[word].filter { isLeft[$0] }
    guard !rows.isEmpty else { return -.infinity }
    var score = 0.0
    for (column, totals) in zip(groups, totals) {
      var counts = Array(repeating: 0, count: column.count)
      for row in rows { counts[Int(column.groups[row])] += 1 }
      score += max(0, Self.information(counts, of: totals))
    }
    return score
  }

  /// - Parameters:
  ///   - counts: the rows with the word in each group.
  ///   - totals: all rows in each group.
  private static func information(_ counts: [Int], of totals: [Int]) -> Double {
    let (with, all) = (counts.reduce(0, +), totals.reduce(0, +))
    let share = Double(with) / Double(all)
    guard share < 1 else { return 0 }
    var nats = 0.0
    for (count, total) in zip(counts, totals) where total > 0 {
      let expected = share * Double(total)
      let (with, without) = (Double(count), Double(total - count))
      if with > 0 { nats += with * log(with / expected) }
      if without > 0 { nats += without * log(without / (Double(total) - expected)) }
    }
    let freedom = Double(totals.count { $0 > 0 } - 1)
    return nats - freedom / 2 * log(Double(all))
  }
}
