import Tables

/// A column as rules see it: its fields as numbers that can be compared.
struct RuleColumn {
  /// Whether inequalities between its numbers can say something.
  let isOrdered: Bool
  /// The rows of each value, what is missing among them, where the values are few enough to be combined with others; else empty.
  let valueCounts: [Int]
  /// The cell of true in a column of two truth values.
  let truth: Double?
  private let missingValues: MissingValues
  /// The levels, for texts.
  private let levels: TokenTable?
  /// The numbers, ascending.
  private let numbers: [Double]

  /// Values of a column whose combinations are looked at.
  private static let mostValues = 500
  /// ... and rows that each has on average, at least.
  private static let leastRowsPerValue = 10

  init(_ profile: ColumnProfile, rowCount: Int, missingValues: MissingValues) {
    self.missingValues = missingValues
    numbers = profile.numbers.map(\.value)
    var levels = TokenTable()
    for var level in profile.levels.map(\.text) { level.withUTF8 { _ = levels.insert($0) } }
    let counts: [Int]
    switch profile.type {
    case .integer, .decimal:
      self.levels = nil
      isOrdered = numbers.count > 2
      truth = numbers == [0, 1] ? 1 : nil
      counts = profile.numbers.map(\.count)
    case .boolean, .category:
      self.levels = levels
      isOrdered = false
      truth =
        profile.type == .boolean
        ? profile.levels.firstIndex { ColumnEncoder.isTrue($0.text) }.map(Double.init) : nil
      counts = profile.levels.map(\.count)
    }
    let isFewValued =
      profile.isExact && (2...RuleColumn.mostValues).contains(counts.count)
      && rowCount >= RuleColumn.leastRowsPerValue * counts.count
    let missing = profile.missingCount > 0 ? [profile.missingCount] : []
    valueCounts = isFewValued ? counts + missing : []
  }

  /// What stands for a field: a number itself, the index of a text; NaN for what is missing.
  func cell(_ field: UnsafeBufferPointer<UInt8>) -> Double {
    if missingValues.contains(field) { return .nan }
    if let levels { return levels.find(field).map(Double.init) ?? .nan }
    return parseNumber(field)?.value ?? .nan
  }

  /// The index of a cell in ``valueCounts``.
  func valueIndex(of cell: Double) -> Int {
    if cell.isNaN { return valueCounts.count - 1 }
    return levels == nil ? numbers.partitioningIndex { $0 >= cell } : Int(cell)
  }
}
