import NN

/// The second half of the forward pass for a block of B rows: from the rows' states to the logits of a column.
///
/// The steps and their order are defined once, in ``Network/visit(_:stepsTogether:prior:with:)`` and
/// ``Network/answer(_:at:prior:with:isKnown:)``. A pass only defines how a step is computed: recorded on a ``Tape`` for
/// training, or by the kernels of ``Inference`` for drawing and conditionals. The pass also adds the bias of a column
/// where that is cheapest: in the head's product or in the kernel that draws.
protocol LogitsPass {
  /// The logits of one column, (B, V).
  associatedtype Logits

  /// Adds the queries of columns to the rows' states and sends the sums through the residual block.
  func ask(_ columns: ArraySlice<Int>)

  /// The head of a column.
  ///
  /// - Parameter index: the column's place among those asked for.
  func head(_ column: Int, at index: Int) -> Logits

  /// Adds the rows of a prior table, (parent's V, V), that the parent's codes select.
  func add(_ table: Matrix, of parent: Int, to logits: Logits)
}

/// The whole forward pass over the columns of B rows that visit them in the same order.
protocol ForwardPass: LogitsPass {
  /// Reads the codes of columns, one after another, into the rows' states. Nothing was read before the first call.
  func read(_ columns: ArraySlice<Int>)

  /// Uses the logits of a column: computes its loss, or draws its codes.
  func finish(_ logits: Logits, of column: Int, at index: Int)
}

/// The columns in the order in which rows visit them.
struct VisitingOrder {
  let columns: [Int]
  /// The place of each column in ``columns``.
  private let positions: [Int]

  init(_ columns: [Int]) {
    self.columns = columns
    var positions = columns
    for (position, column) in columns.enumerated() { positions[column] = position }
    self.positions = positions
  }

  /// Table order.
  init(columnCount: Int) { self.init(Array(0..<columnCount)) }

  /// Whether a column is visited before a step.
  func visits(_ column: Int, before step: Int) -> Bool { positions[column] < step }
}

extension Network {
  /// The forward pass over all columns.
  ///
  /// - Parameters:
  ///   - order: every column once.
  ///   - count: how many columns are asked for together. Training knows all codes and reads all columns first.
  ///     Drawing asks for one: the next depends on the code drawn.
  ///   - prior: its tables are added for parents that were visited before.
  func visit<Pass: ForwardPass>(
    _ order: VisitingOrder, stepsTogether count: Int, prior: PairPrior?, with pass: Pass
  ) {
    let columns = order.columns
    for first in stride(from: 0, to: columns.count, by: count) {
      let steps = first..<min(first + count, columns.count)
      // The last column of the steps is asked for, but not read yet.
      pass.read(columns[max(0, first - 1)..<steps.upperBound - 1])
      pass.ask(columns[steps])
      for step in steps {
        let (column, index) = (columns[step], step - first)
        let logits = answer(column, at: index, prior: prior, with: pass) {
          order.visits($0, before: step)
        }
        pass.finish(logits, of: column, at: index)
      }
    }
  }

  /// The logits of a column that was asked for.
  ///
  /// - Parameters:
  ///   - index: its place among the columns asked for.
  ///   - isKnown: whether rows have visited a parent; the prior of other parents is left out.
  func answer<Pass: LogitsPass>(
    _ column: Int, at index: Int, prior: PairPrior?, with pass: Pass, isKnown: (Int) -> Bool
  ) -> Pass.Logits {
    let logits = pass.head(column, at: index)
    if let prior {
      for (index, parent) in prior.parents[column].enumerated() where isKnown(parent) {
        pass.add(prior.table(of: column, parent: index), of: parent, to: logits)
      }
    }
    return logits
  }
}
