/// Row numbers into a table of embeddings or classes of a softmax: one per row of a batch.
///
/// A view into the workspace of the ``Tape`` that made it, valid until the tape is reset.
public struct Codes {
  package let start: UnsafeMutablePointer<Int32>
  /// Number of codes.
  public let count: Int

  package init(start: UnsafeMutablePointer<Int32>, count: Int) {
    self.start = start
    self.count = count
  }

  /// The code of a row.
  public subscript(row: Int) -> Int {
    precondition(row >= 0 && row < count, "row \(row) is outside 0..<\(count)")
    return Int(start[row])
  }

  /// Whether all codes lie in 0..<limit. Linear in the count: for assertions.
  func allBelow(_ limit: Int) -> Bool {
    UnsafeBufferPointer(start: start, count: count).allSatisfy { $0 >= 0 && $0 < limit }
  }
}
