import Tables

extension ColumnEncoder {
  /// Whether a column of a model file can be used without another check.
  func isConsistent(rowCount: Int) -> Bool {
    let kindIsConsistent =
      switch kind {
      case .category: type == .category || type == .boolean
      case .number(let number): (type == .integer || type == .decimal) && number.isConsistent
      }
    return kindIsConsistent && (1...Int(UInt16.max)).contains(vocabularySize)
      && counts.count == vocabularySize && addUp(to: rowCount)
  }

  /// Whether the counts add up to a number of rows. Any counts are safe: nothing overflows.
  private func addUp(to rowCount: Int) -> Bool {
    var left = rowCount
    for count in counts {
      guard count >= 0, count <= left else { return false }
      left -= count
    }
    return left == 0
  }
}

extension NumberEncoder {
  fileprivate var isConsistent: Bool {
    guard (-300...300).contains(unitDecimals), edges.count != 1,
      words.map({ (1...NumberEncoder.mostWords).contains($0.count) }) ?? true,
      significantDigits?.isConsistent ?? true
    else { return false }
    let countable =
      significantDigits.map { -$0.mostCount...$0.mostCount + 1 } ?? NumberEncoder.countable
    return [spikes, edges].allSatisfy { units in
      units.isAscending && units.allSatisfy { countable.contains($0) }
        && (significantDigits != nil
          || [units.first, units.last].allSatisfy { (Double($0 ?? 0) / scale).isFinite })
    } && (histogram?.isConsistent(edges: edges) ?? true)
  }

  /// What Float64 counts exactly, and the unit after it, where the last bin may end.
  private static let countable = -(1 << 53)...(1 << 53) + 1
}

extension BinHistogram {
  /// Whether every bin begins with a piece, all lies in bins, and counts are such that their sum cannot overflow.
  fileprivate func isConsistent(edges: [Int]) -> Bool {
    guard let first = edges.first, let end = edges.last, starts.count == startCounts.count,
      values.count == valueCounts.count, starts.isAscending, values.isAscending
    else { return false }
    return Set(starts).isSuperset(of: edges.dropLast())
      && (starts + values).allSatisfy { (first..<end).contains($0) }
      && (startCounts + valueCounts).allSatisfy { (0...BinHistogram.mostRows).contains($0) }
      && (heaping?.isConsistent ?? true)
  }

  private static let mostRows = 1 << 32
}

extension DeltaCoding {
  /// Whether the steps are some of ``allSteps``, each once.
  var isConsistent: Bool {
    !steps.isEmpty && steps.isAscending && steps.allSatisfy { DeltaCoding.allSteps.contains($0) }
  }
}
