/// Turns columns into features: a number stays a number, a category becomes a code.
///
/// Of the levels of a category the most frequent in the rows that are learnt from have one code each if they occur in enough
/// rows, two unless stated otherwise. All others share a code, so that free text takes neither memory nor time, and what is learnt of rare levels
/// applies to new ones. If no level is rare, a new level counts as missing.
struct FeatureEncoder: Sendable {
  /// The codes of a column, the shared one included.
  static let codeLimit = 1000

  private let columns: [Int]
  /// For each of the columns, the code of every level; nil for numbers.
  private let codes: [[Float]?]

  /// Features from columns of `tables` with codes for the rows of `samples`.
  init(
    columns: [Int], of tables: ComparedTables, learningFrom samples: [RowSample],
    minimumLevelRows: Int = 2
  ) {
    self.columns = columns
    codes = columns.map { column in
      tables.columns[column].levels.map {
        Self.codes(
          levelCount: $0.count, column: column, samples: samples,
          minimumLevelRows: minimumLevelRows)
      }
    }
  }

  private static func codes(
    levelCount: Int, column: Int, samples: [RowSample], minimumLevelRows: Int
  ) -> [Float] {
    var counts = Array(repeating: 0, count: levelCount)
    for sample in samples {
      guard case .codes(let levels) = sample.table.values[column] else { continue }
      for row in sample.rows where levels[row] >= 0 { counts[Int(levels[row])] += 1 }
    }
    let ranked = counts.indices.filter { counts[$0] > 0 }
      .sorted { (counts[$1], $0) < (counts[$0], $1) }
    // Equally frequent levels are all kept or none: their order would reveal their table.
    let rare = max(
      minimumLevelRows - 1, ranked.count < codeLimit ? 0 : counts[ranked[codeLimit - 1]])
    let kept = ranked.prefix { counts[$0] > rare }
    let shared = Float(kept.count)
    var codes = Array(
      repeating: kept.count < ranked.count ? shared : Float.nan, count: levelCount)
    for (code, level) in kept.enumerated() { codes[level] = Float(code) }
    return codes
  }

  /// The features of samples, one after another.
  func matrix(of samples: [RowSample]) -> FeatureMatrix {
    let rowCount = samples.reduce(0) { $0 + $1.rows.count }
    var values = Array(repeating: Float.nan, count: rowCount * columns.count)
    for (feature, column) in columns.enumerated() {
      var place = feature
      for sample in samples {
        switch sample.table.values[column] {
        case .numbers(let numbers):
          for row in sample.rows {
            values[place] = Self.feature(numbers[row])
            place += columns.count
          }
        case .codes(let levels):
          let codes = codes[feature]!
          for row in sample.rows {
            if levels[row] >= 0 { values[place] = codes[Int(levels[row])] }
            place += columns.count
          }
        }
      }
    }
    return FeatureMatrix(
      rowCount: rowCount, isCategory: codes.map { $0 != nil }, values: values)
  }

  /// The number as XGBoost takes it, which refuses infinities.
  private static func feature(_ number: Double) -> Float {
    number.isNaN ? .nan : Float(min(max(number, -1e38), 1e38))
  }
}
