import NN

/// The rows of a batch that one gradient source reads.
package struct BatchPart: Sendable {
  package let rows: ArraySlice<Int32>
  /// Rows of the whole batch.
  package let batchSize: Int
  /// The stream of random numbers, different for every part of every step.
  package let stream: UInt64

  package init(rows: ArraySlice<Int32>, batchSize: Int, stream: UInt64) {
    self.rows = rows
    self.batchSize = batchSize
    self.stream = stream
  }
}

/// Computes the gradient and the loss of one part of a batch.
///
/// A trainer has a fixed number of sources, and each runs on one thread at a time. ``Shard`` gives plain gradients; other sources
/// may clip the gradient of every privacy unit.
package protocol GradientSource: AnyObject, Sendable {
  /// The sum that ``accumulate(_:)`` adds to, laid out like the network's parameters.
  var gradients: ParameterArena { get }

  /// Adds a part's share of the mean gradient of its batch to ``gradients``.
  ///
  /// - Returns: the sum of the rows' losses in nats.
  func accumulate(_ part: BatchPart) -> Double

  /// The sum of the losses of rows in nats, without dropout.
  ///
  /// - Parameter stream: of the random order in which the columns are read; does not matter in table order.
  func evaluate(_ rows: ArraySlice<Int32>, stream: UInt64) -> Double
}

/// Sums the gradients of all sources in a fixed order, so that the result is the same to the bit with any number of threads.
package protocol GradientReducer: AnyObject, Sendable {
  /// The sum.
  var total: ParameterArena { get }

  /// Sums a range of elements and sets those of the sources to zero. Threads may take ranges that do not overlap.
  ///
  /// - Returns: the sum of the squares of the result.
  func sumAndClear(_ range: Range<Int>) -> Double
}

extension GradientSum: GradientReducer {}
