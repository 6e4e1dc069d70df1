extension EncodedTable {
  /// The combinations of codes that some columns have in at least the given number of rows, and of keys, in ascending order. Rows do not count in
  /// which one of the codes stands for another number.
  ///
  /// - Parameters:
  ///   - columns: in ascending order, and the number of codes of each.
  ///   - suppressed: for each of them the code whose rows do not count.
  func combinations(
    of columns: [(column: Int, vocabularySize: Int)], suppressed: [Int?], minimumRows: Int
  ) -> [[Int32]] {
    // The number of each row's beginning, column after column; those of fewer rows have none.
    var prefixes = [Int32](repeating: 0, count: rowCount)
    for (column, _) in columns {
      for row in inexactRows[column] { prefixes[Int(row)] = -1 }
    }
    var combinations: [[Int32]] = [[]]
    for ((column, size), suppressed) in zip(columns, suppressed) {
      var counter = CellCounter(rows: combinations.count, columns: size)
      for row in 0..<rowCount where prefixes[row] >= 0 {
        let code = Int(self.columns[column][row])
        if code != suppressed { counter.count(Int(prefixes[row]), code) }
      }
      let kept = counter.cells(leastCount: minimumRows)
      combinations = kept.map { combinations[$0 / size] + [Int32($0 % size)] }
      let numbers = Dictionary(uniqueKeysWithValues: zip(kept, kept.indices.map(Int32.init)))
      for row in 0..<rowCount where prefixes[row] >= 0 {
        let cell = Int(prefixes[row]) * size + Int(self.columns[column][row])
        prefixes[row] = numbers[cell] ?? -1
      }
    }
    guard keys.count > 0 else { return combinations }
    var owners = combinations.map { _ in Set<UInt16>() }
    for (row, combination) in prefixes.enumerated() where combination >= 0 {
      if owners[Int(combination)].count < minimumRows {
        owners[Int(combination)].insert(keys.key(ofRow: row))
      }
    }
    return zip(combinations, owners).filter { $1.count >= minimumRows }.map(\.0)
  }
}

/// Counts the cells of a table that may be too large to be kept whole.
private struct CellCounter {
  private let columns: Int
  private var dense: [Int32]
  private var sparse: [Int: Int32] = [:]

  private static let mostDense = 1 << 22

  init(rows: Int, columns: Int) {
    self.columns = columns
    let cells = rows * columns
    dense = Array(repeating: 0, count: cells <= CellCounter.mostDense ? cells : 0)
  }

  mutating func count(_ row: Int, _ column: Int) {
    let cell = row * columns + column
    if dense.isEmpty { sparse[cell, default: 0] += 1 } else { dense[cell] += 1 }
  }

  /// The cells with at least the given count, in ascending order.
  func cells(leastCount: Int) -> [Int] {
    dense.isEmpty
      ? sparse.filter { $0.value >= leastCount }.keys.sorted()
      : dense.indices.filter { dense[$0] >= leastCount }
  }
}
