import CKernels

struct EmbeddingOperation {
  let table: Variable
  let codes: Codes
  /// The first column that is read.
  let firstColumn: Int
  let output: Variable
}

extension Tape {
  /// The rows of table (V, E) that codes (B) name: (B, E).
  public func embedding(_ codes: Codes, table: Variable) -> Variable {
    let output = variable(rows: codes.count, columns: table.columns)
    embed(codes, of: table, into: output)
    return output
  }

  /// The same for some columns of the table: output (B, N) becomes columns `firstColumn`..<`firstColumn` + N of the rows.
  public func embed(
    _ codes: Codes, of table: Variable, firstColumn: Int = 0, into output: Variable
  ) {
    precondition(
      output.rows == codes.count && firstColumn >= 0
        && firstColumn + output.columns <= table.columns,
      "columns from \(firstColumn) of \(table.columns) do not fit \(output.rows) × \(output.columns)"
    )
    assert(codes.allBelow(table.rows))
    lk_gather_rows(
      codes.count, output.columns, table.columns, value(of: table).start + firstColumn, codes.start,
      value(of: output).start)
    record(
      .embedding(
        EmbeddingOperation(
          table: table, codes: codes, firstColumn: firstColumn, output: output)))
  }
}

extension EmbeddingOperation {
  func backward(on tape: Tape) {
    lk_scatter_add_rows(
      codes.count, output.columns, table.columns, tape.gradient(of: output).start, codes.start,
      tape.gradient(of: table).start + firstColumn)
  }
}
