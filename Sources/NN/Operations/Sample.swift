import CKernels

extension Tape {
  /// One code per row, drawn from softmax(logits) (B, V) by the inverse distribution function at `uniforms` (B), numbers in
  /// (0, 1). The logits are overwritten.
  public func sample(_ logits: Variable, uniforms: [Float]) -> Codes {
    precondition(uniforms.count == logits.rows, "\(uniforms.count) numbers, \(logits.rows) rows")
    let codes = codes(count: logits.rows)
    lk_sample_rows(
      logits.rows, logits.columns, value(of: logits).start, uniforms, codes.start)
    return codes
  }
}
