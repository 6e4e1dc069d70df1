import Tables

/// A column as numbers that can be added and compared.
struct Quantities: Sendable {
  /// What the numbers count.
  enum Unit: Sendable, Equatable {
    case number
    /// Days since 1970.
    case date
    /// Minutes since midnight.
    case timeOfDay
    /// Minutes since 1970.
    case timestamp
  }

  static let minutesPerDay = 1_440.0

  /// Its index in ``ComparedTables/columns``.
  let column: Int
  let unit: Unit
  /// For each of all tables, the number of every row; NaN where it is missing or cannot be read.
  let tables: [[Double]]

  /// nil for a column of other texts.
  ///
  /// Texts are dates or times in one format, as they are or as the first of two that a word or dash separates: `6:00 a.m. to 6:04
  /// a.m.`. Texts without digits count as missing if fewer than half of the training rows have them.
  init?(_ column: Int, of tables: ComparedTables) {
    self.column = column
    let values = tables.all.map { $0.values[column] }
    guard let levels = tables.columns[column].levels else {
      unit = .number
      self.tables = values.map(\.numbers)
      return
    }
    var counts = Array(repeating: 0, count: levels.count)
    for code in tables.training.values[column].codes where code >= 0 { counts[Int(code)] += 1 }
    let readable = levels.indices.filter {
      counts[$0] > 0 && levels[$0].utf8.contains { (0x30...0x39).contains($0) }
    }
    let rowCount = readable.reduce(0) { $0 + counts[$1] }
    guard !readable.isEmpty, 2 * rowCount >= tables.training.rowCount else { return nil }
    let starts = levels.map(Self.start)
    guard
      let format = TemporalFormat(
        detecting: readable.map { starts[$0] }, named: tables.columns[column].name)
    else { return nil }
    let numbers = starts.map { Self.number($0, format) }
    unit =
      switch format.content {
      case .date: .date
      case .time: .timeOfDay
      case .timestamp: .timestamp
      }
    self.tables = values.map { $0.codes.map { $0 < 0 ? .nan : numbers[Int($0)] } }
  }

  /// A text up to the word or dash of a range, morning and afternoon without points.
  private static func start(of text: String) -> String {
    let plain = text.replacing("a.m.", with: "am").replacing("p.m.", with: "pm")
    for separator in [" to ", " - ", " – "] {
      if let range = plain.firstRange(of: separator) {
        return String(plain[..<range.lowerBound])
      }
    }
    return plain
  }

  private static func number(_ text: String, _ format: TemporalFormat) -> Double {
    var text = text
    guard let value = text.withUTF8({ format.parse($0) }) else { return .nan }
    let minutes = Double(value.tick) * minutesPerDay / Double(format.ticksPerDay)
    return switch format.content {
    case .date: Double(value.day)
    case .time: minutes
    case .timestamp: Double(value.day) * minutesPerDay + minutes - Double(value.offset ?? 0)
    }
  }

  /// An eighth of the distance between the lowest and the highest twentieth of some numbers: the largest tolerance.
  static func largestTolerance(_ numbers: [Double]) -> Double {
    let sorted = numbers.filter { !$0.isNaN }.sorted()
    if sorted.isEmpty { return 0 }
    return (sorted.quantile(0.95) - sorted.quantile(0.05)) / 8
  }
}
