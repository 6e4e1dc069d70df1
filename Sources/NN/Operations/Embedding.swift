import CKernels

struct EmbeddingOperation {
  let table: Variable
  let codes: Codes
  let output: Variable
}

extension Tape {
  /// The rows of table (V, E) that codes (B) name: (B, E).
  public func embedding(_ codes: Codes, table: Variable) -> Variable {
    assert(codes.allBelow(table.rows))
    let output = variable(rows: codes.count, columns: table.columns)
    lk_gather_rows(
      codes.count, table.columns, value(of: table).start, codes.start, value(of: output).start)
    record(.embedding(EmbeddingOperation(table: table, codes: codes, output: output)))
    return output
  }
}

extension EmbeddingOperation {
  func backward(on tape: Tape) {
    lk_scatter_add_rows(
      codes.count, table.columns, tape.gradient(of: output).start, codes.start,
      tape.gradient(of: table).start)
  }
}
