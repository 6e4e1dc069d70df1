import Tables

/// A column for the search for rules: its fields as numbers that can be compared.
struct RuleColumn {
  /// What numbers or dates are counted in: those of one unit can be compared.
  enum Unit: Equatable {
    case number
    case dateTime(TemporalFormat.Content, ticksPerDay: Int)

    /// nil for a column whose values cannot be reckoned with.
    ///
    /// - Parameter isNumeric: whether the column's values are numbers.
    init?(_ detected: KindDetection, isNumeric: Bool) {
      switch (detected.format, detected.kind) {
      case (.temporal(let format), _):
        self = .dateTime(format.content, ticksPerDay: format.ticksPerDay)
      case (.plain, .integer), (.plain, .decimal), (.plain, .latitude), (.plain, .longitude),
        (.plain, .constant):
        guard isNumeric else { return nil }
        self = .number
      default: return nil
      }
    }
  }

  /// nil where inequalities say nothing.
  let unit: Unit?
  /// The rows of each value, what is missing among them, where the values are few enough to be combined with others; else empty.
  let valueCounts: [Int]
  /// The privacy units that share each of these values; keys are counted up to eight.
  let valueUnits: [Int]
  /// The cell of true in a column of two truth values.
  let truth: Double?
  private let kind: KindDetection
  /// The levels, for texts.
  private let levels: StringInterner?
  /// The numbers, ascending.
  private let numbers: [Double]

  /// Values of a column whose combinations are looked at.
  private static let mostValues = 500
  /// ... and rows that each has on average, at least.
  private static let minimumRowsPerValue = 10

  /// - Parameter kind: what the column is; nil if there are to be no rules about it.
  init(_ profile: ColumnProfile, kind detected: KindDetection?, rowCount: Int) {
    kind = detected ?? KindDetection(profile, rowCount: rowCount)
    numbers = profile.numbers.map(\.value)
    var levels = StringInterner()
    for var level in profile.levels.map(\.text) { level.withUTF8 { _ = levels.insert($0) } }
    var counts: [Int] = []
    let valueCount = min(rowCount - profile.missingCount, profile.keyCount ?? .max)
    let isMasked = detected == nil || valueCount < DisclosurePolicy.minimumValues
    switch (kind.format, kind.kind) {
    case _ where isMasked:
      self.levels = nil
      (unit, truth) = (nil, nil)
    case (.temporal, _):
      self.levels = nil
      unit = Unit(kind, isNumeric: false)
      truth = nil
    case (_, .integer), (_, .decimal):
      self.levels = nil
      unit = numbers.count > 2 ? .number : nil
      truth = numbers == [0, 1] ? 1 : nil
      // More numbers than these are learnt as ranges, whose combinations are not fixed.
      if numbers.count <= NumberEncoder.mostDiscreteValues { counts = profile.numbers.map(\.count) }
    case (_, .boolean), (_, .category), (_, .pattern):
      self.levels = profile.levels.isEmpty ? nil : levels
      unit = nil
      truth =
        kind.kind == .boolean
        ? profile.levels.firstIndex { ColumnEncoder.isTrue($0.text) }.map(Double.init) : nil
      counts = profile.levels.isEmpty ? profile.numbers.map(\.count) : profile.levels.map(\.count)
    default:
      self.levels = nil
      (unit, truth) = (nil, nil)
    }
    // A sample has no longer texts.
    let areShort = profile.levels.allSatisfy { $0.text.utf8.count <= TableSample.mostCellBytes }
    let isFewValued =
      profile.isExact && areShort && (2...RuleColumn.mostValues).contains(counts.count)
      && rowCount >= RuleColumn.minimumRowsPerValue * counts.count
    let missingCount = profile.missingCount + profile.wordCount
    let missing = missingCount > 0 ? [missingCount] : []
    valueCounts = isFewValued ? counts + missing : []
    let units =
      self.levels == nil
      ? profile.numbers.map { $0.keys.count(orRows: $0.count) } : profile.levels.map(\.keyCount)
    valueUnits = isFewValued ? units + missing : []
  }

  /// The number of a field that is not missing: the number itself or the index of a text; NaN if it is neither.
  func cell(_ field: UnsafeBufferPointer<UInt8>) -> Double {
    if let levels { return levels.find(field).map(Double.init) ?? .nan }
    return kind.number(field) ?? .nan
  }

  /// The index of a cell in ``valueCounts``.
  func valueIndex(of cell: Double) -> Int {
    if cell.isNaN { return valueCounts.count - 1 }
    return levels == nil ? numbers.partitioningIndex { $0 >= cell } : Int(cell)
  }
}

extension [RuleColumn] {
  /// The cells of some rows of a table.
  ///
  /// - Parameter keys: of the table's rows.
  func sample(of source: some RowSource, keys: PrivacyUnits) throws -> NumberSample {
    var sample = NumberSample(columnCount: count, keys: keys) { self[$0].cell($1) }
    try source.forEachBatch { sample.add($0) }
    return sample
  }

  /// Calls `body` with the cells of every row; NaN in all columns but some.
  func forEachRow(
    of source: some RowSource, columns: [Int], _ body: ([Double]) -> Void
  ) throws {
    var cells = map { _ in Double.nan }
    try source.forEachBatch { batch in
      for row in 0..<batch.rowCount {
        for column in columns {
          cells[column] =
            batch.isMissing(row, column) ? .nan : self[column].cell(batch[row, column])
        }
        body(cells)
      }
    }
  }
}
