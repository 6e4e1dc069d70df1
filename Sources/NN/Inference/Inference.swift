import CKernels

/// The forward pass of a trained model on matrices alone: without a tape, nothing is kept for the backward pass, and
/// biases are fused into the kernels that follow them.
public enum Inference {
  /// For rows of states (B, H): the layer norm of state + query, and state + query + offset.
  ///
  /// - Parameters:
  ///   - state: (B, H).
  ///   - query: (1, H).
  ///   - offset: (1, H).
  ///   - gain: of the norm, (1, H).
  ///   - bias: of the norm, (1, H).
  ///   - epsilon: added to the variance.
  ///   - sum: receives state + query + offset, (B, H); may be `state`.
  ///   - normal: receives the norm, (B, H).
  public static func query(
    _ state: Matrix, query: Matrix, offset: Matrix, gain: Matrix, bias: Matrix,
    epsilon: Float = 1e-5, sum: Matrix, normal: Matrix
  ) {
    let (rows, width) = (state.rows, state.columns)
    func isRow(_ matrix: Matrix) -> Bool { matrix.rows == 1 && matrix.columns == width }
    precondition(
      isRow(query) && isRow(offset) && isRow(gain) && isRow(bias) && sum.rows == rows
        && sum.columns == width && normal.rows == rows && normal.columns == width,
      "the query's matrices do not fit states of \(rows) × \(width)")
    lk_query_forward(
      rows, width, epsilon, state.start, query.start, offset.start, gain.start, bias.start,
      nil, sum.start, normal.start)
  }

  /// x (B, N) = gelu(x + bias (1, N)).
  public static func addBiasAndGELU(_ x: Matrix, bias: Matrix) {
    precondition(bias.rows == 1 && bias.columns == x.columns, "the bias does not fit")
    lk_bias_gelu(x.rows, x.columns, bias.start, x.start)
  }

  /// One step of a gated recurrent unit with looked-up inputs: see
  /// ``Tape/gruStep(input:codes:recurrent:bias:state:convention:into:)``.
  ///
  /// - Parameters:
  ///   - table: projected inputs, (V, 3H).
  ///   - codes: rows of the table, (B).
  ///   - product: state U, (B, 3H).
  ///   - bias: (1, 3H).
  ///   - state: (B, H).
  ///   - convention: what the update gate multiplies.
  ///   - next: receives the next state, (B, H); may be `state`.
  public static func gruStep(
    table: Matrix, codes: UnsafePointer<Int32>, product: Matrix, bias: Matrix, state: Matrix,
    convention: GRUConvention, next: Matrix
  ) {
    let (rows, width) = (state.rows, state.columns)
    precondition(
      table.columns == 3 * width && product.rows == rows && product.columns == 3 * width
        && bias.columns == 3 * width
        && next.rows == rows && next.columns == width,
      "the step's matrices do not fit states of \(rows) × \(width)")
    lk_gru_forward(
      rows, width, convention.flag, table.start, codes, bias.start, state.start, product.start,
      nil, next.start)
  }

  /// rows (B, N) = columns `firstColumn`..<`firstColumn` + N of the rows of a table that codes (B) select.
  public static func gather(
    _ codes: UnsafePointer<Int32>, of table: Matrix, firstColumn: Int = 0, into rows: Matrix
  ) {
    precondition(
      firstColumn >= 0 && firstColumn + rows.columns <= table.columns,
      "\(rows.columns) columns from \(firstColumn) of \(table.columns)")
    lk_gather_rows(
      rows.rows, rows.columns, table.columns, table.start + firstColumn, codes, rows.start)
  }

  /// sum (B, H) += N inputs (B, H), one under the other, each times its row of gains (G, H): see
  /// ``Tape/skip(_:inputs:gains:gainRows:)``.
  ///
  /// - Parameter gainRows: for each input its row of the gains; negative to leave it out.
  public static func addSkips(
    _ inputs: Matrix, gains: Matrix, gainRows: [Int32], to sum: Matrix
  ) {
    precondition(
      inputs.rows == gainRows.count * sum.rows && inputs.columns == sum.columns
        && gains.columns == sum.columns && gainRows.allSatisfy { $0 < gains.rows },
      "\(gainRows.count) rows of gains do not fit inputs of \(inputs.rows) × \(inputs.columns)")
    lk_skip_forward(
      sum.rows, sum.columns, gainRows.count, inputs.start, gains.start, gainRows, sum.start)
  }

  /// rows (B, N) += the rows of table (V, N) that codes (B) select.
  public static func addGathered(
    _ codes: UnsafePointer<Int32>, of table: Matrix, to rows: Matrix
  ) {
    precondition(rows.columns == table.columns, "rows of \(rows.columns) and \(table.columns)")
    lk_add_gathered_rows(rows.rows, rows.columns, table.start, codes, rows.start)
  }

  /// Every row of rows (B, N) = row (1, N).
  public static func fill(_ rows: Matrix, with row: Matrix) {
    precondition(row.rows == 1 && row.columns == rows.columns, "the row does not fit")
    lk_fill_rows(rows.rows, rows.columns, row.start, rows.start)
  }

  /// rows (B, N) += bias (1, N) in every row.
  public static func addBias(_ bias: Matrix, to rows: Matrix) {
    precondition(bias.rows == 1 && bias.columns == rows.columns, "the bias does not fit")
    lk_add_row(rows.rows, rows.columns, rows.start, bias.start, rows.start)
  }

  /// One code per row, drawn from softmax(logits + bias) by the inverse distribution function.
  ///
  /// - Parameters:
  ///   - logits: (B, V); overwritten by numbers in proportion to the probabilities.
  ///   - bias: (1, V).
  ///   - uniforms: B numbers in (0, 1).
  ///   - codes: receives B codes.
  public static func sample(
    _ logits: Matrix, bias: Matrix, uniforms: UnsafePointer<Float>,
    codes: UnsafeMutablePointer<Int32>
  ) {
    precondition(bias.rows == 1 && bias.columns == logits.columns, "the bias does not fit")
    lk_sample_rows(logits.rows, logits.columns, logits.start, bias.start, uniforms, codes)
  }

  /// sums (1, V) += every row of weights (B, V) divided by its sum.
  public static func addShares(of weights: Matrix, to sums: Matrix) {
    precondition(sums.rows == 1 && sums.columns == weights.columns, "the sums do not fit")
    lk_add_shares(weights.rows, weights.columns, weights.start, sums.start)
  }
}
