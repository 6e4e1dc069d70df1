import CKernels

struct AddOperation {
  let left: Variable
  let right: Variable
  let output: Variable
}

struct AddRowOperation {
  let input: Variable
  let row: Variable
  let output: Variable
}

extension Tape {
  /// left (B, N) + right (B, N): (B, N).
  public func add(_ left: Variable, _ right: Variable) -> Variable {
    precondition(
      left.rows == right.rows && left.columns == right.columns,
      "\(left.rows) × \(left.columns) and \(right.rows) × \(right.columns) cannot be added")
    let output = variable(rows: left.rows, columns: left.columns)
    let result = value(of: output)
    result.assign(value(of: left))
    lk_add(result.count, value(of: right).start, result.start)
    record(.add(AddOperation(left: left, right: right, output: output)))
    return output
  }

  /// input (B, N) + row (1, N) in every row: (B, N), into `output` where one is given.
  public func addRow(_ input: Variable, row: Variable, into output: Variable? = nil) -> Variable {
    precondition(
      row.rows == 1 && row.columns == input.columns,
      "a row of \(row.columns) does not fit \(input.rows) × \(input.columns)")
    let output = output ?? variable(rows: input.rows, columns: input.columns)
    precondition(
      output.rows == input.rows && output.columns == input.columns, "the output does not fit")
    lk_add_row(
      input.rows, input.columns, value(of: input).start, value(of: row).start,
      value(of: output).start)
    record(.addRow(AddRowOperation(input: input, row: row, output: output)))
    return output
  }
}

extension AddOperation {
  func backward(on tape: Tape) {
    let above = tape.gradient(of: output)
    lk_add(above.count, above.start, tape.gradient(of: left).start)
    lk_add(above.count, above.start, tape.gradient(of: right).start)
  }
}

extension AddRowOperation {
  func backward(on tape: Tape) {
    let above = tape.gradient(of: output)
    lk_add(above.count, above.start, tape.gradient(of: input).start)
    lk_add_column_sums(above.rows, above.columns, above.start, tape.gradient(of: row).start)
  }
}

extension Tape {
  /// Adds to x (B, N), in place, the rows of a table (V, N) that codes (B) name. The table is constant: the gradient of x is
  /// what it would be without, so that nothing is recorded.
  public func addConstants(_ codes: Codes, of table: Matrix, to x: Variable) {
    precondition(codes.count == x.rows, "\(codes.count) codes, \(x.rows) rows")
    assert(codes.allBelow(table.rows))
    Inference.addGathered(codes.start, of: table, to: value(of: x))
  }
}
