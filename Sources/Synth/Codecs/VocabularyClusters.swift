import Tables

/// Groups the levels of a large vocabulary. A group has about the square root of the number of levels. Levels that occur with the same
/// value of another column are neighbours, and among these levels with the same beginning.
package struct VocabularyClusters {
  /// The texts of the levels in each group, the most frequent first.
  package let groups: [[String]]

  /// - Parameters:
  ///   - levels: the most frequent first.
  ///   - companions: for each level the value of the other column; nil if it must not be kept.
  package init(_ levels: [Level], companions: [Int?]) {
    let most = Int(Double(levels.count).squareRoot().rounded(.up))
    let blocks = Dictionary(grouping: levels.indices) { companions[$0] ?? .max }
    var groups: [[Int]] = []
    for (_, block) in blocks.sorted(by: { $0.key < $1.key }) {
      let block = block.sorted { levels[$0].text < levels[$1].text }
      let parts = (block.count + most - 1) / most
      for part in 0..<parts {
        let levels = block[part * block.count / parts..<(part + 1) * block.count / parts]
        if let last = groups.last, last.count + levels.count <= most,
          min(last.count, levels.count) < most / 4
        {
          groups[groups.count - 1] += levels
        } else {
          groups.append(Array(levels))
        }
      }
    }
    self.groups = groups.map { $0.sorted().map { levels[$0].text } }
  }
}
