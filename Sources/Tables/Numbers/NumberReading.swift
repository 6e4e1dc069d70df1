/// How the fields of a column are read as numbers.
package struct NumberReading: Sendable, Equatable {
  /// nil where numbers are spelled plainly.
  package let notation: NumberNotation?

  /// Plain numbers alone.
  static let plain = NumberReading(notation: nil)

  private init(notation: NumberNotation?) { self.notation = notation }

  /// The number in a field; nil where that is none. A notation also lets plain numbers pass.
  @inline(__always)
  package func number(_ field: UnsafeBufferPointer<UInt8>) -> ParsedNumber? {
    notation?.parse(field) ?? tableNumber(field)
  }
}

extension NumberReading {
  /// - Parameters:
  ///   - indices: the different texts of a column, missing ones apart.
  ///   - tokens: where they are.
  ///   - rows: how many rows have a text.
  /// - Returns: nil where neither all of them nor nearly all are numbers of one notation; see ``Majority``.
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

  /// One row in so many may have letters and digits that are no number.
  private static let rowsPerTypingError = 1_000

  /// Whether texts that are no numbers show that the column holds codes: digits that begin with zeros or are too many, or letters and digits mixed
  /// in more rows than typing errors are in.
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

/// Some of a column's different texts, enough of them to say what the column is.
///
/// Those are all, or at least 20 that 19 of 20 rows have.
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

  /// The rows of texts that meet a condition; nil where these are no majority.
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

  /// Whether so many rows may have something else.
  static func isFew(_ others: Int, of rowCount: Int) -> Bool {
    rowsPerOther * others <= rowCount
  }
}
