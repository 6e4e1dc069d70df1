/// A matrix on a ``Tape``: its value, and after ``Tape/backward(from:gradient:)`` its gradient.
public struct Variable: Hashable, Sendable {
  let index: Int
  /// Number of rows, usually those of a batch.
  public let rows: Int
  /// Number of columns.
  public let columns: Int
}
