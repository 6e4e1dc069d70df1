extension Tape {
  /// Adds to x (B, N), in place, the rows of a table (V, N) that codes (B) name. The table is constant: the gradient of x is
  /// what it would be without, so that nothing is recorded.
  public func addConstants(_ codes: Codes, of table: Matrix, to x: Variable) {
    precondition(codes.count == x.rows, "\(codes.count) codes, \(x.rows) rows")
    assert(codes.allBelow(table.rows))
    Inference.addGathered(codes.start, of: table, to: value(of: x))
  }
}
