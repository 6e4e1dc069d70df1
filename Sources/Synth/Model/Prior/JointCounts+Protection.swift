import Tables

extension JointCounts {
  /// Pools counts of too few rows with their neighbours until each pool has enough rows. A pool's count is distributed by the
  /// marginal distribution. If all small counts together are too few, half of `least` is kept, which shows that there are some rows
  /// but not how many.
  ///
  /// - Parameters:
  ///   - keys: of the rows of each count, which must be as many; empty in a table without a key.
  ///   - least: the fewest rows, or keys, of a count; 1 keeps every count.
  package static func protect(
    _ counts: inout [Double], keys: [PrivacyUnitSet] = [],
    least: Int = DisclosurePolicy.minimumJointRows,
    order: [Int], marginal: [Double]
  ) {
    var runs: [CodeRun] = []
    for code in order {
      let keys = keys.isEmpty ? PrivacyUnitSet() : keys[code]
      guard keys.count(orRows: Int(counts[code])) < least else { continue }
      if runs.isEmpty || runs[runs.count - 1].unitCount >= least { runs.append(CodeRun()) }
      runs[runs.count - 1].add([code], count: counts[code], keys: keys)
    }
    if runs.count > 1, let last = runs.last, last.unitCount < least {
      runs.removeLast()
      runs[runs.count - 1].add(last.codes, count: last.count, keys: last.keys)
    }
    if runs.count == 1, runs[0].count > 0, runs[0].unitCount < least {
      runs[0].count = Double(least) / 2
    }
    for run in runs {
      let mass = run.codes.reduce(0) { $0 + marginal[$1] }
      for code in run.codes { counts[code] = run.count * marginal[code] / mass }
    }
  }
}

/// Codes whose rows are counted together.
private struct CodeRun {
  private(set) var codes: [Int] = []
  var count = 0.0
  private(set) var keys = PrivacyUnitSet()

  /// The rows, or privacy units, that it counts.
  var unitCount: Int { keys.count(orRows: Int(count)) }

  mutating func add(_ codes: [Int], count: Double, keys: PrivacyUnitSet) {
    self.codes += codes
    self.count += count
    self.keys.formUnion(keys)
  }
}
