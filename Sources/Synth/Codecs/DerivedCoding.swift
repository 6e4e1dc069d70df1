import Tables

/// The codec of a number that is not learnt but computed from other fields of the row.
package struct DerivedCoding: Codec, CellEncoder {
  /// The formula, whose columns are names of fields.
  package let formula: Formula
  package let format: NumberFormat

  package init(_ formula: Formula, format: NumberFormat) {
    self.formula = formula
    self.format = format
  }

  var subfieldCount: Int { 0 }

  func encode(_ cells: RowCells, field: Int, count: Int, into subfields: inout SubfieldWriter) {}

  func decode(field: Int, in block: inout DecodedBlock) {
    let operands = block.operands(of: field)
    for row in block.rows {
      let number = formula.value { block.operand(operands[$0], row: row).number }
      let written = number.isFinite ? format.rounded(number) : .nan
      block.append(written.isNaN ? .none : .number(written), field: field)
    }
  }

  func operands(in fields: [Field]) -> [Int] {
    formula.columns.compactMap { name in fields.firstIndex { $0.name == name } }
  }

  func numberFormat(
    in fields: [Field], encoders: ArraySlice<ColumnEncoder>
  ) -> NumberFormat? { format }
}

extension Field {
  /// The formula of a derived field; nil for a learnt field.
  var derivation: Derivation? {
    if case .derived(let coding) = coding { Derivation(name, coding.formula) } else { nil }
  }
}

extension [Field] {
  /// For each derived field, the fields of its formula; nil if one of them does not exist.
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
