import Tables

/// A number that nothing is learnt of: it is computed from other fields of the row.
package struct DerivedCoding: Codable, Equatable, Sendable {
  /// Its columns are names of fields.
  package let formula: Formula
  package let format: NumberFormat

  package init(_ formula: Formula, format: NumberFormat) {
    self.formula = formula
    self.format = format
  }

  /// The number as it is written; NaN where it is missing.
  ///
  /// - Parameter values: of one of the formula's columns; NaN for none.
  func number(_ values: (Int) -> Double) -> Double {
    let number = formula.value(values)
    return number.isFinite ? format.rounded(number) : .nan
  }
}

extension Field {
  /// What computes it; nil where it is learnt.
  var derivation: Derivation? {
    if case .derived(let coding) = coding { Derivation(name, coding.formula) } else { nil }
  }
}

extension [Field] {
  /// For each field that is derived, the fields of its formula; nil where there is no such field.
  var operands: [Int: [Int]]? {
    var operands: [Int: [Int]] = [:]
    for (index, field) in enumerated() {
      guard case .derived(let coding) = field.coding else { continue }
      let columns = coding.formula.columns.map { name in firstIndex { $0.name == name } }
      guard !columns.contains(nil) else { return nil }
      operands[index] = columns.compactMap(\.self)
    }
    return operands
  }
}
