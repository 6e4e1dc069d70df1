/// How the fields of a column are read as numbers.
package struct NumberReading: Sendable, Equatable {
  /// The notation of the numbers; nil for plain numbers.
  package let notation: NumberNotation?

  /// Reads plain numbers only.
  static let plain = NumberReading(notation: nil)

  private init(notation: NumberNotation?) { self.notation = notation }

  /// The number in a field; nil if it is not a number. Plain numbers are read in any notation.
  @inline(__always)
  package func number(_ field: UnsafeBufferPointer<UInt8>) -> ParsedNumber? {
    notation?.parse(field) ?? tableNumber(field)
  }
}

extension NumberReading {
  /// - Parameters:
  ///   - indices: the distinct texts of a column without missing ones.
  ///   - tokens: the texts by their indices.
  ///   - rows: the number of rows that have a text.
  /// - Returns: nil unless all or nearly all of them are numbers of one notation; see ``Majority``.
  package init?(detecting indices: [Int], of tokens: StringInterner, rows: (Int) -> Int) {
    if indices.allSatisfy({ tokens.withToken($0, tableNumber) != nil }) {
      notation = nil
      return
    }
    let majority = Majority(of: indices, rows: rows)
    let plain = majority.rows { tokens.withToken($0, tableNumber) != nil } ?? 0
    let notated = NumberNotation.detected(in: indices, of: tokens, majority)
    let most = max(plain, notated?.rows ?? 0)
    guard most > 0 else { return nil }
    notation = plain == most ? nil : notated?.notation
    if most < majority.rowCount, areCodes(indices, of: tokens, rows: rows) { return nil }
  }

  /// One row in this many may have mixed letters and digits that are not a number.
  private static let rowsPerTypingError = 1_000

  /// Whether the texts that are not numbers show that the column holds codes: digits with leading zeros, too many digits, or mixed
  /// letters and digits in more rows than typing errors explain.
  func areCodes(_ indices: [Int], of tokens: StringInterner, rows: (Int) -> Int) -> Bool {
    let hasUnit = notation.map { !$0.suffix.isEmpty } ?? false
    var (rowCount, mixedRows) = (0, 0)
    for index in indices {
      rowCount += rows(index)
      let (isNumber, hasDigits, hasLetters) = tokens.withToken(index) { field in
        (
          number(field) != nil,
          field.contains(where: \.isDigit)
            && field.allSatisfy { CharacterClasses(of: $0) != nil },
          !field.allSatisfy(\.isDigit)
        )
      }
      if isNumber || !hasDigits { continue }
      if !hasLetters { return true }
      if !hasUnit { mixedRows += rows(index) }
    }
    return mixedRows > max(1, rowCount / Self.rowsPerTypingError)
  }
}

/// Distinct texts of a column that are enough to decide its type: all of them, or at least 20 that 19 of 20 rows have.
struct Majority {
  private let indices: [Int]
  private let counts: [Int]
  let rowCount: Int

  private static let leastTexts = 20
  private static let rowsPerOther = 20

  init(of indices: [Int], rows: (Int) -> Int) {
    self.indices = indices
    counts = indices.map(rows)
    rowCount = counts.reduce(0, +)
  }

  /// The number of rows whose texts meet a condition; nil if they are not a majority.
  func rows(where meets: (Int) -> Bool) -> Int? {
    var (others, texts) = (0, 0)
    for (index, rows) in zip(indices, counts) {
      if meets(index) {
        texts += 1
      } else {
        others += rows
        guard Majority.isFew(others, of: rowCount) else { return nil }
      }
    }
    return others == 0 || texts >= Majority.leastTexts ? rowCount - others : nil
  }

  /// Whether a number of rows may have other texts.
  static func isFew(_ others: Int, of rowCount: Int) -> Bool {
    rowsPerOther * others <= rowCount
  }
}
