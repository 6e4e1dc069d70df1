import CKernels

extension Inference {
  /// The most groups of codes that a balanced column can have: G.
  package static var balanceGroupLimit: Int { Int(LK_BALANCE_GROUPS) }

  /// Numbers that hold the excess of a column's codes.
  package static func balanceWidth(of vocabularySize: Int) -> Int {
    lk_balance_width(vocabularySize)
  }

  /// Numbers that drawing from a column needs room for.
  package static func balanceRoom(for vocabularySize: Int) -> Int {
    lk_balance_room(vocabularySize)
  }

  /// The counts drawn so far less their expectation, in memory of the caller.
  package struct Excess {
    /// For each of P earlier columns, the excess of each pair of groups: P matrices (G, G) of this column, one after
    /// another.
    let pairs: Matrix
    /// The excess of each code, (1, ``Inference/balanceWidth(of:)``).
    let codes: Matrix
    /// Room for the numbers of a row.
    let room: Matrix

    /// - Parameters:
    ///   - pairs: (1, P G G).
    ///   - codes: (1, ``Inference/balanceWidth(of:)``).
    ///   - room: (1, ``Inference/balanceRoom(for:)``) or wider.
    package init(pairs: Matrix, codes: Matrix, room: Matrix) {
      self.pairs = pairs
      self.codes = codes
      self.room = room
    }
  }

  /// One code per row, drawn from softmax(logits + bias) with probabilities lowered where there is an excess. Updates the
  /// excess.
  ///
  /// - Parameters:
  ///   - logits: (B, V), which stay as they are.
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
        && excess.codes.count == balanceWidth(of: width)
        && excess.room.count >= balanceRoom(for: width),
      "the groups or their excess do not fit")
    // SAFETY: the lengths of all that is read and written were checked; without parents nothing is read of them.
    lk_sample_balanced_rows(
      rows, width, logits.start, bias.start, uniforms, gain, groupStarts.count - 1, groupStarts,
      parentCount, rows, parentGroups.baseAddress, excess.pairs.start, excess.codes.start,
      excess.room.start, groups.baseAddress, codes)
  }
}
