import Tables

/// The numbers of some rows of a table, to detect which columns follow each other. The same table gives the same sample.
struct NumberSample {
  private let columnCount: Int
  private var sampled: SampledRows
  private let read: (Int, UnsafeBufferPointer<UInt8>) -> Double
  private let keys: PrivacyUnits
  /// (rows, columns); NaN for cells that are not numbers.
  private var numbers: [Double] = []

  /// - Parameters:
  ///   - keys: of the table's rows.
  ///   - read: returns the number of a field of a column; NaN for none. It is not called for cells that are marked as missing.
  init(
    columnCount: Int, keys: PrivacyUnits = .none,
    read: @escaping (Int, UnsafeBufferPointer<UInt8>) -> Double = { tableNumber($1)?.value ?? .nan }
  ) {
    self.columnCount = columnCount
    self.keys = keys
    self.read = read
    sampled = SampledRows(columnCount: columnCount)
  }

  var rowCount: Int { sampled.rows.count }

  /// The privacy units of some of the sample's rows.
  func unitCount(ofRows rows: some Collection<Int>) -> Int {
    keys.count == 0 ? rows.count : Set(rows.lazy.map { keys.key(ofRow: sampled.rows[$0]) }).count
  }

  mutating func add(_ batch: ColumnBatch) {
    let read = read
    add(batch.firstRow, rowCount: batch.rowCount) { row, column in
      batch.isMissing(row, column) ? .nan : read(column, batch[row, column])
    }
  }

  mutating func add(_ batch: SubfieldBatch) {
    add(batch.firstRow, rowCount: batch.rowCount) { batch.number($0, $1) ?? .nan }
  }

  private mutating func add(
    _ firstRow: Int, rowCount: Int, number: (_ row: Int, _ column: Int) -> Double
  ) {
    for row in 0..<rowCount where sampled.keep(firstRow + row) {
      for column in 0..<columnCount { numbers.append(number(row, column)) }
      while let kept = sampled.thin() {
        numbers = kept.flatMap { numbers[$0 * columnCount..<($0 + 1) * columnCount] }
      }
    }
  }

  // MARK: Columns that follow others

  /// The number of preceding columns that a column can follow.
  private static let reach = 64
  /// The fewest rows of a kept step, because fewer may agree by chance ...
  private static let leastStepRows = 10
  /// ... and at least this share of the rows ...
  private static let leastShare = 0.005
  /// ... and the multiple of the rows that have the step from the number in the row before.
  private static let leastExcess = 4

  /// For each column that follows an earlier one, the coding for the earlier column that most rows follow.
  ///
  /// - Parameters:
  ///   - keys: of the table's rows.
  ///   - minimumUnits: the fewest rows, or keys, of a step.
  func deltaCodings(
    _ columns: [ColumnEncoder], keys: PrivacyUnits, minimumUnits: Int
  ) -> [Int: DeltaCoding] {
    var candidates: [(column: Int, encoder: NumberEncoder)] = []
    for (index, column) in columns.enumerated() {
      guard case .number(let encoder) = column.kind, encoder.binCount > 0 else { continue }
      candidates.append((index, encoder))
    }
    var deltaCodings: [Int: DeltaCoding] = [:]
    for (index, (column, encoder)) in candidates.enumerated() {
      let unit = encoder.unit
      let values = (0..<rowCount).map { row -> Double in
        let value = number(row, column)
        guard !value.isNaN else { return .nan }
        let code = encoder.code(of: unit.count(value))
        return code < encoder.spikes.count ? .nan : value
      }
      let best = candidates[max(0, index - NumberSample.reach)..<index]
        .map { delta($0.column, values, keys: keys, minimumUnits: minimumUnits) }
        .max { $0.rowCount < $1.rowCount }
      if let best, best.rowCount > 0 { deltaCodings[column] = best.delta }
    }
    return deltaCodings
  }

  /// The number of a row of the sample in a column.
  func number(_ row: Int, _ column: Int) -> Double { numbers[row * columnCount + column] }

  /// The numbers of the sample's first rows in some columns, column by column.
  func numbers(_ columns: [Int], rowCount: Int) -> [ArraySlice<Double>] {
    let all = columns.flatMap { column in (0..<rowCount).lazy.map { number($0, column) } }
    return columns.indices.map { all[$0 * rowCount..<($0 + 1) * rowCount] }
  }

  /// How some numbers of the rows follow those of a column, and the number of rows in which they do.
  private func delta(
    _ column: Int, _ values: [Double], keys: PrivacyUnits, minimumUnits: Int
  ) -> (delta: DeltaCoding, rowCount: Int) {
    let first = DeltaCoding.allSteps.lowerBound
    var together = [Int](repeating: 0, count: DeltaCoding.allSteps.count)
    var keysTogether = together.map { _ in PrivacyUnitSet() }
    var byChance = together
    for (row, value) in values.enumerated() where !value.isNaN {
      if let step = DeltaCoding.step(from: number(row, column), to: value) {
        together[step - first] += 1
        keysTogether[step - first].insert(keys.key(ofRow: sampled.rows[row]))
      }
      let other = number(row > 0 ? row - 1 : rowCount - 1, column)
      if let step = DeltaCoding.step(from: other, to: value) { byChance[step - first] += 1 }
    }
    let least = max(
      NumberSample.leastStepRows, Int(NumberSample.leastShare * Double(rowCount)))
    let steps = DeltaCoding.allSteps.filter {
      let count = together[$0 - first]
      let keyCount = keysTogether[$0 - first].count(orRows: count)
      return count >= least && keyCount >= minimumUnits
        && count >= NumberSample.leastExcess * byChance[$0 - first]
    }
    return (
      DeltaCoding(column: column, steps: steps), steps.reduce(0) { $0 + together[$1 - first] }
    )
  }
}
