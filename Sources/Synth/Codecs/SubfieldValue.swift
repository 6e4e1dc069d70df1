import NN

/// A drawn part of a field.
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
  /// A whole number that can be reckoned with, whatever a part may be.
  var ordinal: Int { Int(Swift.min(Swift.max(rounded(), -1e16), 1e16)) }
}

/// Draws what a row's field needs beside its parts: a function of seed, row and field, never of who draws first.
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
  /// - Parameter draw: another number for each draw of the field in the row.
  func below(_ limit: Int, draw: Int) -> Int {
    philox.below(limit, UInt64(row), UInt64(field) << 32 | UInt64(draw))
  }
}
