import NN

/// The drawn value of a subfield.
enum SubfieldValue {
  case missing
  /// A text too rare to be kept.
  case rare
  case number(Double)
  case text(String)
  /// One of a fixed list, or the byte of a character.
  case code(Int)
}

extension Double {
  /// The number as an integer, limited so that arithmetic cannot overflow.
  var ordinal: Int { Int(Swift.min(Swift.max(rounded(), -1e16), 1e16)) }
}

/// The random numbers that a field of a row needs in addition to its subfields. They depend only on seed, row and field, not on the
/// order of draws.
package struct RowRandom {
  let philox: Philox
  let row: Int
  let field: Int

  package init(philox: Philox, row: Int, field: Int) {
    self.philox = philox
    self.row = row
    self.field = field
  }

  /// A number in 0..<limit.
  ///
  /// - Parameter draw: a different number for each draw of the field in the row.
  func below(_ limit: Int, draw: Int) -> Int {
    philox.below(limit, UInt64(row), UInt64(field) << 32 | UInt64(draw))
  }
}
