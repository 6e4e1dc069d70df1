import NN

/// Draws rows column by column so that counts stay close to their expectation: the counts of each code, and of each
/// pair of groups of codes of two columns.
///
/// For every pair it keeps the excess, the count drawn so far less the sum of the rows' probabilities, and lowers the
/// next rows' probabilities a little where it is positive. In the long run rows keep their given probabilities, because
/// what was left out is drawn later, and frequencies deviate far less than those of independent rows. This is balanced sampling (Deville and Tillé, "Efficient balanced sampling: the cube method",
/// 2004) by an online walk as in Alweiss, Liu and Sawhney, "Discrepancy minimization via a self-balancing walk"
/// (2021). The gain decides how much rows depend on each other.
package final class BalancedDraws {
  /// The most groups of a column.
  package static var groupLimit: Int { Inference.balanceGroupLimit }

  /// How much, nearly, the logarithm of a weight is lowered for each row of excess. A gain of .3 leaves a fifth less excess
  /// than .05, but models trained on the rows get worse; see Benchmarks/RESULTS.md.
  private static let gain: Float = 0.05
  /// Each column is balanced with this many of the columns before it, which bounds time and memory for wide tables.
  private static let parentLimit = 32

  private struct Column {
    /// The first code of each group, and the number of codes at the end.
    let starts: [Int32]
    /// The first of the earlier columns that it is balanced with.
    let firstParent: Int
    /// Where its (parents, groups, groups) errors begin.
    let errors: Int
    /// Where its codes' errors begin.
    let codeErrors: Int
  }

  private let columns: [Column]
  private let rows: Int
  /// The excess of every pair and of every code, and room for a row.
  private let memory: Buffer
  private let room: Int
  /// The groups of the drawn codes: `rows` for each column.
  private var groups: [UInt8]

  /// - Parameters:
  ///   - starts: for each column, the first code of each of its groups, ascending from 0, and the number of its codes
  ///     at the end: groups are ranges of codes, at most ``groupLimit``.
  ///   - rows: rows of a block.
  package init(groupStarts starts: [[Int]], rows: Int) {
    var count = 0
    columns = starts.enumerated().map { index, starts in
      precondition(
        starts.count >= 2 && starts.count <= BalancedDraws.groupLimit + 1 && starts[0] == 0
          && zip(starts, starts.dropFirst()).allSatisfy(<), "groups begin at \(starts)")
      let firstParent = max(0, index - BalancedDraws.parentLimit)
      let errors = count
      count += (index - firstParent) * BalancedDraws.groupLimit * BalancedDraws.groupLimit
      let codeErrors = count
      count += Inference.balanceWidth(of: starts.last!)
      return Column(
        starts: starts.map(Int32.init), firstParent: firstParent, errors: errors,
        codeErrors: codeErrors)
    }
    room = count
    memory = Buffer(count: count + Inference.balanceRoom(for: starts.compactMap(\.last).max() ?? 0))
    groups = Array(repeating: 0, count: rows * columns.count)
    self.rows = rows
  }

  /// Forgets the rows drawn so far.
  package func reset() { memory.row.fill(0) }

  /// One code per row of the next block, drawn from softmax(logits + bias) corrected for the excess.
  ///
  /// - Parameters:
  ///   - column: the column after the one drawn last, or the first.
  ///   - logits: (B, V), which stay as they are.
  ///   - bias: (1, V).
  ///   - uniforms: B numbers in (0, 1).
  ///   - codes: receives B codes.
  package func sample(
    column: Int, _ logits: Matrix, bias: Matrix, uniforms: UnsafePointer<Float>,
    codes: UnsafeMutablePointer<Int32>
  ) {
    let place = columns[column]
    let width = Int(place.starts.last!)
    precondition(
      logits.rows == rows && logits.columns == width && bias.columns == width,
      "the logits do not fit")
    let parentCount = column - place.firstParent
    let excess = Inference.Excess(
      pairs: memory.matrix(
        at: place.errors, rows: 1,
        columns: parentCount * BalancedDraws.groupLimit * BalancedDraws.groupLimit),
      codes: memory.matrix(
        at: place.codeErrors, rows: 1, columns: Inference.balanceWidth(of: width)),
      room: memory.matrix(at: room, rows: 1, columns: Inference.balanceRoom(for: width)))
    groups.withUnsafeMutableBufferPointer { groups in
      Inference.sampleBalanced(
        logits, bias: bias, uniforms: uniforms, gain: BalancedDraws.gain,
        groupStarts: place.starts,
        parentGroups: UnsafeBufferPointer(
          rebasing: groups[place.firstParent * rows..<column * rows]),
        excess: excess,
        groups: UnsafeMutableBufferPointer(rebasing: groups[column * rows..<(column + 1) * rows]),
        codes: codes)
    }
  }
}
