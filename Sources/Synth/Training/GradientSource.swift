import NN

/// The rows of a batch that one source of gradients reads.
package struct BatchPart: Sendable {
  package let rows: ArraySlice<Int32>
  /// Of these the first, which are read in table order; the rest is read in a random order.
  package let naturalCount: Int
  /// Rows of the whole batch.
  package let batchSize: Int
  /// Another number for every part of every step, which random numbers are drawn from.
  package let stream: UInt64

  package init(rows: ArraySlice<Int32>, naturalCount: Int, batchSize: Int, stream: UInt64) {
    self.rows = rows
    self.naturalCount = naturalCount
    self.batchSize = batchSize
    self.stream = stream
  }
}

/// What a part of a batch yields: its share of the batch gradient and its loss.
///
/// A trainer has a fixed number of sources, each of which runs on one thread at a time. Sources that clip the gradient of
/// every privacy unit, or add noise, take the place of the plain ``Shard``.
package protocol GradientSource: AnyObject, Sendable {
  /// Where ``accumulate(_:)`` adds to, laid out like the network's parameters.
  var gradients: ParameterArena { get }

  /// Adds a part's share of the mean gradient of its batch to ``gradients``.
  ///
  /// - Returns: the sum of the rows' losses in nats.
  func accumulate(_ part: BatchPart) -> Double

  /// The sum of the losses of rows read in table order, in nats, without dropout.
  func evaluate(_ rows: ArraySlice<Int32>) -> Double
}

/// How the gradients of all sources are summed: in a fixed order, so that neither threads nor ranks change a bit.
package protocol GradientReducer: AnyObject, Sendable {
  /// The sum.
  var total: ParameterArena { get }

  /// Sums a range of elements and sets those of the sources to zero. Threads may take ranges that do not overlap.
  ///
  /// - Returns: the sum of the squares of the result.
  func sumAndClear(_ range: Range<Int>) -> Double
}

extension GradientSum: GradientReducer {}
