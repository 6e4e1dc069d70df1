import CKernels

extension Inference {
  /// The most groups of codes that a balanced column can have: G.
  package static var balanceGroupLimit: Int { Int(LK_BALANCE_GROUPS) }

  /// The counts drawn so far less their expectation, in memory of the caller.
  package struct Excess {
    /// For each of P earlier columns, the excess of each pair of groups: P matrices (G, G) of this column, one after
    /// another.
    let pairs: Matrix
    /// The excess of each code, (1, V).
    let codes: Matrix
    /// Room for the weights of a row, (1, V).
    let weights: Matrix

    /// - Parameters:
    ///   - pairs: (1, P G G).
    ///   - codes: (1, V).
    ///   - weights: (1, V) or wider.
    package init(pairs: Matrix, codes: Matrix, weights: Matrix) {
      self.pairs = pairs
      self.codes = codes
      self.weights = weights
    }
  }

  /// One code per row, drawn from softmax(logits + bias) with probabilities lowered where there is an excess. Updates the
  /// excess.
  ///
  /// - Parameters:
  ///   - logits: (B, V); overwritten by numbers in proportion to the probabilities that were drawn from.
  ///   - bias: (1, V).
  ///   - uniforms: B numbers in (0, 1).
  ///   - gain: how much the logarithm of a weight is lowered for each row of excess.
  ///   - groupStarts: the first code of each group of the column, and V.
  ///   - parentGroups: the groups drawn in the P earlier columns, B for each.
  ///   - excess: of the column.
  ///   - groups: receives the groups of the codes; B.
  ///   - codes: receives B codes.
  package static func sampleBalanced(
    _ logits: Matrix, bias: Matrix, uniforms: UnsafePointer<Float>, gain: Float,
    groupStarts: [Int32], parentGroups: UnsafeBufferPointer<UInt8>, excess: Excess,
    groups: UnsafeMutableBufferPointer<UInt8>, codes: UnsafeMutablePointer<Int32>
  ) {
    let (rows, width) = (logits.rows, logits.columns)
    let parentCount = parentGroups.count / max(1, rows)
    precondition(
      groupStarts.last == Int32(width) && bias.rows == 1 && bias.columns == width,
      "the logits do not fit")
    precondition(
      groupStarts.count <= balanceGroupLimit + 1 && groups.count == rows
        && excess.pairs.count == parentCount * balanceGroupLimit * balanceGroupLimit
        && excess.codes.count == width && excess.weights.count >= width,
      "the groups or their excess do not fit")
    // SAFETY: the lengths of all that is read and written were checked; without parents nothing is read of them.
    lk_sample_balanced_rows(
      rows, width, logits.start, bias.start, uniforms, gain, groupStarts.count - 1, groupStarts,
      parentCount, rows, parentGroups.baseAddress, excess.pairs.start, excess.codes.start,
      excess.weights.start, groups.baseAddress, codes)
  }
}
