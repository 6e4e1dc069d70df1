import Tables

/// Counts the values of one subfield, to fit its encoder.
struct SubfieldScanner {
  private let limits: ProfileLimits
  private var missingCount = 0
  private var rareCount = 0
  /// Privacy units of the rows with a value, until there are enough.
  private var unitsWithValue: [UInt16] = []
  private var hasKeys = false

  private var shape = NumberShape()
  private var places: [Double: Int] = [:]
  /// The different numbers in the order of their appearance, until there are too many.
  private var numbers: [(number: ParsedNumber, count: Int, keys: PrivacyUnitSet)] = []
  /// Takes the numbers once there are too many to count one by one.
  private var summary: NumberSummary?

  private var codes: [Int: CountedLevel] = [:]
  private var areDigits = true
  private var areCharacters = false

  private var texts: ColumnScanner
  private var textCount = 0

  /// - Parameter columnCount: the subfields of the table, which share the memory.
  init(columnCount: Int) {
    limits = ProfileLimits(columnCount: columnCount)
    texts = ColumnScanner(textsWithin: limits)
  }

  /// Counts a subfield in all rows of a batch.
  mutating func scan(_ batch: SubfieldBatch, subfield: Int, keys: PrivacyUnits) {
    hasKeys = keys.count > 0
    for row in 0..<batch.rowCount {
      let key = keys.key(ofRow: batch.firstRow + row)
      switch batch.cell(row, subfield) {
      case .missing:
        missingCount += 1
        continue
      case .rare: rareCount += 1
      case .number(let number), .nearest(let number): add(number, key: key)
      case .code(let code):
        areDigits = false
        add(code: code, key: key)
      case .character(let byte):
        areCharacters = true
        areDigits = areDigits && SubfieldCell.digit(byte) != nil
        add(code: Int(byte), key: key)
      case .cell:
        batch.withBytes(row, subfield) { bytes in
          if let number = tableNumber(bytes) {
            add(number, key: key)
          } else {
            add(text: bytes, key: key)
          }
        }
      case .word, .text: batch.withBytes(row, subfield) { add(text: $0, key: key) }
      }
      note(key)
    }
  }

  /// The most privacy units that are counted.
  private static let mostUnits = 32

  private mutating func note(_ key: UInt16) {
    if key != 0, unitsWithValue.count < Self.mostUnits, !unitsWithValue.contains(key) {
      unitsWithValue.append(key)
    }
  }

  private mutating func add(_ number: ParsedNumber, key: UInt16) {
    shape.add(number)
    if summary != nil {
      summary?.add(number, key: key)
      return
    }
    let value = number.value + 0
    if let place = places[value] {
      numbers[place].count += 1
      numbers[place].keys.insert(key)
      return
    }
    places[value] = numbers.count
    var keys = PrivacyUnitSet()
    keys.insert(key)
    numbers.append((number, 1, keys))
    if numbers.count > limits.tokenCount { startSummary() }
  }

  private mutating func startSummary() {
    var summary = NumberSummary(sampleCount: limits.sampleCount)
    for (number, count, keys) in numbers { summary.add(number, count: count, keys: keys) }
    self.summary = summary
    numbers = []
    places = [:]
  }

  private mutating func add(code: Int, key: UInt16) {
    codes[code, default: CountedLevel(level: .code(code), count: 0)].count += 1
    codes[code]?.keys.insert(key)
  }

  private mutating func add(text: UnsafeBufferPointer<UInt8>, key: UInt16) {
    textCount += 1
    texts.add(text, key: key)
  }
}

// MARK: - Encoders

extension SubfieldScanner {
  /// The encoder fitted to the counted values.
  ///
  /// - Parameter interval: the numbers that may be kept.
  func encoder(
    name: String, interval: Interval, policy: ColumnPolicy, drawsRare: Bool
  ) throws(ConstraintError) -> ColumnEncoder {
    if var profile = numberProfile(name: name) {
      try profile.restrict(to: interval, policy: policy)
      return ColumnEncoder(profile, policy: policy)
    }
    let words = texts.profile(name: name)
    // Codes of equal counts are ordered by their digits, so that a table gives the same weights as earlier versions.
    let levels =
      codes.sorted { areCharacters ? $0.key < $1.key : "\($0.key)" < "\($1.key)" }.map(\.value)
      + words.levels.map { CountedLevel(level: .text($0.text), count: $0.count, keys: $0.keys) }
    let encoder = CategoryEncoder(
      levels.sorted { $0.count > $1.count }, hasOthers: rareCount > 0 || !words.isExact,
      hasMissing: missingCount > 0, unitCount: unitCount, policy: policy,
      drawsRare: drawsRare)
    return ColumnEncoder(name: name, type: .category, kind: .category(encoder))
  }

  private var unitCount: Int? { hasKeys ? unitsWithValue.count : nil }

  /// The profile of a subfield of numbers or digits; nil for other subfields.
  private func numberProfile(name: String) -> ColumnProfile? {
    let digits = areDigits && textCount == 0 && rareCount == 0 ? digitCounts : []
    guard summary != nil || !numbers.isEmpty || !digits.isEmpty else { return nil }
    var shape = shape
    for digit in digits { shape.add(ParsedNumber(integer: Int(digit.value))) }
    let counted = numbers.map {
      NumberCount(value: $0.number.value + 0, count: $0.count, keys: $0.keys)
    }
    let words = texts.profile(name: name)
    var profile = ColumnProfile(
      name: name, type: shape.type, missingCount: missingCount,
      numbers: summary?.numbers ?? (counted + digits).sorted { $0.value < $1.value },
      numberFormat: shape.format, isExact: summary == nil)
    profile.scientific = shape.scientific
    profile.words = words.levels
    profile.wordCount = textCount
    profile.keyCount = unitCount
    return profile
  }

  /// The digits of characters; empty for codes of other kinds.
  private var digitCounts: [NumberCount] {
    codes.compactMap { code, level in
      UInt8(exactly: code).flatMap(SubfieldCell.digit).map {
        NumberCount(value: $0, count: level.count, keys: level.keys)
      }
    }
  }
}

extension ColumnProfile {
  /// Leaves out numbers that a rule does not allow.
  ///
  /// - Throws: ``ConstraintError/nothingInRange(column:)`` if no remaining number may be kept.
  mutating func restrict(to interval: Interval, policy: ColumnPolicy) throws(ConstraintError) {
    let before = numberRowCount
    numbers.removeAll { !interval.contains($0.value) }
    let isLost = numberRowCount == 0 || policy.masks(numberRowCount)
    if before > 0, !policy.masks(before), isLost { throw .nothingInRange(column: name) }
  }

  /// The rows that have a number.
  private var numberRowCount: Int { numbers.reduce(0) { $0 + $1.count } }
}
