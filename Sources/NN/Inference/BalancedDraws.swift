import CKernels

/// Draws rows column by column such that counts keep close to what is expected of them: of each code, and of each pair of groups of
/// codes of two columns.
///
/// For every pair the counts drawn so far are kept less the sum of the probabilities that the rows had, and the next rows' probabilities
/// lean a little against what is in excess. In the long run every row has the probabilities that it is given, for what was
/// left out is made up for; but frequencies stray from them by far less than those of independent rows do.
/// This is balanced sampling (Deville and Tillé, "Efficient balanced sampling: the cube method", 2004) by an online walk as in
/// Alweiss, Liu and Sawhney, "Discrepancy minimization via a self-balancing walk" (2021). How strongly it leans decides
/// how much rows depend on each other.
public final class BalancedDraws {
  /// The most groups of a column.
  public static var groupLimit: Int { Int(LK_BALANCE_GROUPS) }

  /// How much of an excess the logarithm of a weight is lowered by. With .3 counts are closer by a fifth of what .05 leaves,
  /// but what is learnt from the rows gets worse; see Benchmarks/RESULTS.md.
  private static let gain: Float = 0.05
  /// Pairs are balanced with the nearest earlier columns, this many, which bounds time and memory of wide tables.
  private static let parentLimit = 32

  private struct Column {
    /// Where each group's codes begin, and the number of codes.
    let starts: [Int32]
    /// The first of the columns that are its parents.
    let firstParent: Int
    /// Where its (parents, groups, groups) errors begin.
    let errors: Int
    /// Where its codes' errors begin.
    let codeErrors: Int
  }

  private let columns: [Column]
  private let rows: Int
  /// Drawn less expected counts of pairs and of codes, and room for a row's weights.
  private let memory: Buffer
  private let weights: Int
  /// The groups of the drawn codes: `rows` for each column.
  private var groups: [UInt8]

  /// - Parameters:
  ///   - starts: for each column, the code that each of its groups begins with, ascending from 0, and the number of
  ///     its codes: groups are ranges of codes, at most ``groupLimit``.
  ///   - rows: rows of a block.
  public init(groupStarts starts: [[Int]], rows: Int) {
    var count = 0
    columns = starts.enumerated().map { index, starts in
      precondition(
        starts.count >= 2 && starts.count <= BalancedDraws.groupLimit + 1 && starts[0] == 0
          && zip(starts, starts.dropFirst()).allSatisfy(<), "groups begin at \(starts)")
      let firstParent = max(0, index - BalancedDraws.parentLimit)
      let errors = count
      count += (index - firstParent) * BalancedDraws.groupLimit * BalancedDraws.groupLimit
      let codeErrors = count
      count += starts.last!
      return Column(
        starts: starts.map(Int32.init), firstParent: firstParent, errors: errors,
        codeErrors: codeErrors)
    }
    weights = count
    memory = Buffer(count: count + (starts.compactMap(\.last).max() ?? 0))
    groups = Array(repeating: 0, count: rows * columns.count)
    self.rows = rows
  }

  /// Forgets the rows drawn so far.
  public func reset() { memory.row.fill(0) }

  /// One code per row of the next block, drawn from softmax(logits + bias) but for the lean.
  ///
  /// - Parameters:
  ///   - column: the column after the one drawn last, or the first.
  ///   - logits: (B, V); overwritten by numbers in proportion to the probabilities that the rows were given.
  ///   - bias: (1, V).
  ///   - uniforms: B numbers in (0, 1).
  ///   - codes: receives B codes.
  public func sample(
    column: Int, _ logits: Matrix, bias: Matrix, uniforms: UnsafePointer<Float>,
    codes: UnsafeMutablePointer<Int32>
  ) {
    let place = columns[column]
    precondition(
      logits.rows == rows && logits.columns == Int(place.starts.last!)
        && bias.rows == 1 && bias.columns == logits.columns, "the logits do not fit")
    groups.withUnsafeMutableBufferPointer { groups in
      // SAFETY: the sizes of both were taken from the same columns.
      let (own, errors) = (groups.baseAddress! + column * rows, memory.start)
      lk_sample_balanced_rows(
        rows, logits.columns, logits.start, bias.start, uniforms, BalancedDraws.gain,
        place.starts.count - 1, place.starts, column - place.firstParent, rows,
        groups.baseAddress! + place.firstParent * rows, errors + place.errors,
        errors + place.codeErrors, errors + weights, own, codes)
    }
  }
}
