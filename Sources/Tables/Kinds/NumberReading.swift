/// How the fields of a column are read as numbers.
package struct NumberReading: Sendable, Equatable {
  /// nil where numbers are spelled plainly.
  package let notation: NumberNotation?

  /// - Parameters:
  ///   - indices: the different texts of a column, missing ones apart.
  ///   - tokens: where they are.
  /// - Returns: nil where they are not all numbers of one notation.
  package init?(detecting indices: [Int], of tokens: TokenTable) {
    if indices.allSatisfy({ tokens.withToken($0, tableNumber) != nil }) {
      notation = nil
    } else {
      guard let found = NumberNotation(detecting: indices, of: tokens) else { return nil }
      notation = found
    }
  }

  /// The number in a field; nil where that is none.
  @inline(__always)
  package func number(_ field: UnsafeBufferPointer<UInt8>) -> ParsedNumber? {
    guard let notation else { return tableNumber(field) }
    return notation.parse(field)
  }
}
