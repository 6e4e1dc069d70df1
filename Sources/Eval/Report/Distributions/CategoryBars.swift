/// The most frequent levels of a category one by one, all others together.
struct CategoryBars {
  /// The number of levels that get a bar of their own.
  static let limit = 10

  let parts: [ColumnDistribution.Part]

  /// - Parameter tables: Training, holdout and synthetic rows.
  init(levels: [String], tables: [ComparedTable?], column: Int) {
    let counts = tables.map {
      $0.map { Self.counts($0.values[column].codes, levelCount: levels.count) }
    }
    let real = levels.indices.map { (counts[0]?[$0] ?? 0) + (counts[1]?[$0] ?? 0) }
    // Levels come with the most frequent first.
    let known = levels.indices.filter { real[$0] > 0 }
    // One level too many is not worth a bar for "1 other".
    let shownCount = known.count <= Self.limit + 1 ? known.count : Self.limit

    func part(_ label: String, isSpecial: Bool, _ codes: [Int]) -> ColumnDistribution.Part {
      let shares = zip(counts, tables).map { counts, table -> Double? in
        guard let counts, let table, table.rowCount > 0 else { return nil }
        return Double(codes.reduce(0) { $0 + counts[$1] }) / Double(table.rowCount)
      }
      return ColumnDistribution.Part(
        label: label, isSpecial: isSpecial, training: shares[0] ?? 0, holdout: shares[1],
        synthetic: shares[2] ?? 0)
    }

    var parts = known.prefix(shownCount).map {
      part(levels[$0].isEmpty ? "(empty)" : levels[$0], isSpecial: false, [$0])
    }
    let others = Array(known.dropFirst(shownCount))
    if !others.isEmpty {
      parts.append(part("\(NumberText.count(others.count)) others", isSpecial: true, others))
    }
    let invented = levels.indices.filter { real[$0] == 0 && counts[2]?[$0] ?? 0 > 0 }
    if !invented.isEmpty { parts.append(part("in no real row", isSpecial: true, invented)) }
    let missing = part("missing", isSpecial: true, [levels.count])
    if missing.training > 0 || missing.holdout ?? 0 > 0 || missing.synthetic > 0 {
      parts.append(missing)
    }
    self.parts = parts
  }

  /// How often each level occurs; missing values are counted last.
  private static func counts(_ codes: [Int32], levelCount: Int) -> [Int] {
    var counts = [Int](repeating: 0, count: levelCount + 1)
    for code in codes { counts[code < 0 ? levelCount : Int(code)] += 1 }
    return counts
  }
}
