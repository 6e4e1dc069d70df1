import CKernels

/// The sum of the shards' gradients, always in the same order.
public final class GradientSum: @unchecked Sendable {
  /// The result of the last calls of ``sumAndClear(_:)``.
  public let total: ParameterArena
  private let parts: [ParameterArena]
  private let starts: [UnsafeMutablePointer<Float>?]
  /// One for each part; empty if nothing is known.
  private let touched: [TouchedRows]
  /// Their marks: pointers, so that no row counts references.
  private let marks: [UnsafeMutableBufferPointer<UInt8>]

  /// The sum of arenas of one layout.
  ///
  /// - Parameter touched: For each arena, the rows of tables of which it may have gradients; of other rows it has zeros. Empty if
  ///   nothing is known.
  public init(of parts: [ParameterArena], touched: [TouchedRows] = []) {
    precondition(!parts.isEmpty, "a sum of no gradients cannot be")
    precondition(
      touched.isEmpty
        || touched.count == parts.count && touched.allSatisfy { $0.tables == touched[0].tables },
      "the touched rows do not fit the gradients")
    self.parts = parts
    self.touched = touched
    marks = touched.map(\.marks)
    starts = parts.map { $0.buffer.start }
    total = ParameterArena(parts[0].layout)
  }

  /// Adds up a range of elements, sets the shards' elements to zero for the next step, and gives the sum of the squares of
  /// the result. Threads may take ranges that do not overlap.
  public func sumAndClear(_ range: Range<Int>) -> Double {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= total.buffer.count, "\(range) is outside")
    starts.withUnsafeBufferPointer { sources in
      var position = range.lowerBound
      for (index, table) in (touched.first?.tables ?? []).enumerated() {
        let part = (table.offset..<table.offset + table.count).clamped(to: range)
        if part.isEmpty { continue }
        sum(position..<part.lowerBound, of: sources)
        sum(part, ofTable: index)
        position = part.upperBound
      }
      sum(position..<range.upperBound, of: sources)
    }
    return lk_sum_of_squares(range.count, total.buffer.start + range.lowerBound)
  }

  private func sum(
    _ range: Range<Int>, of sources: UnsafeBufferPointer<UnsafeMutablePointer<Float>?>
  ) {
    // SAFETY: every arena has the layout of `total`, and the range lies inside it.
    lk_sum_and_clear(
      range.count, sources.count, sources.baseAddress, range.lowerBound,
      total.buffer.start + range.lowerBound)
  }

  /// The same for a range of elements of a table, whose first and last row may be cut.
  private func sum(_ range: Range<Int>, ofTable index: Int) {
    let (table, firstMark) = (touched[0].tables[index], touched[0].firstMarks[index])
    let first = (range.lowerBound - table.offset) / table.columns
    let last = (range.upperBound - 1 - table.offset) / table.columns
    withUnsafeTemporaryAllocation(
      of: UnsafeMutablePointer<Float>?.self, capacity: parts.count
    ) { sources in
      for row in first...last {
        let begin = table.offset + row * table.columns
        var count = 0
        for (part, start) in starts.enumerated() where marks[part][firstMark + row] != 0 {
          sources[count] = start
          count += 1
        }
        let part = (begin..<begin + table.columns).clamped(to: range)
        sum(part, of: UnsafeBufferPointer(rebasing: sources[..<count]))
      }
    }
  }
}
