import NN

/// The distribution of one column given others, for blocks of rows. Each row has its own known columns and its own visiting
/// order.
///
/// The network reads the known columns and is then asked for a column. The prior's tables are added for known parents. The
/// logits are those of the trained weights: calibration, codes that must not be drawn, rules
/// and balance are properties of whole-row drawing (``Sampler``) and not part of them.
///
/// A model trained in table order only (``ColumnOrder/natural``) has only learnt rows whose first columns are known. Each
/// thread has a conditional of its own.
package final class Conditional {
  /// The most rows of a block.
  package static let blockRows = 64

  private let network: Network
  private let values: ParameterArena
  private let prior: PairPrior?
  private let decoder: DecoderState
  private let tableOrder: VisitingOrder
  /// The state after the columns read so far; `blockRows` rows.
  private var known: Evidence
  /// For each row the next column to look at, and the column that it reads now.
  private var next = [Int](repeating: 0, count: Conditional.blockRows)
  private var reading = [Int](repeating: -1, count: Conditional.blockRows)

  /// - Parameters:
  ///   - values: the trained weights, without calibration.
  ///   - prior: of the same model.
  ///   - precision: of the products.
  package init(
    _ network: Network, values: ParameterArena, prior: PairPrior? = nil,
    precision: Precision = .auto
  ) {
    self.network = network
    self.values = values
    self.prior = prior
    decoder = DecoderState(
      network, values: values,
      weights: InferenceWeights(network, values: values, precision: precision),
      rows: Conditional.blockRows)
    tableOrder = VisitingOrder(columnCount: network.columnCount)
    known = Evidence(rowCount: Conditional.blockRows, columnCount: network.columnCount)
    decoder.reset()
  }

  package convenience init(_ generator: Generator) {
    self.init(
      generator.network, values: generator.conditionalValues ?? generator.values,
      prior: generator.prior,
      precision: generator.precision)
  }

  /// The logits of a column given evidence: see ``reset()``, ``read(_:)`` and ``logits(of:)``.
  ///
  /// - Parameters:
  ///   - column: the column asked for. Its known values are ignored.
  ///   - evidence: of B rows, at most ``blockRows``.
  /// - Returns: (B, V), valid until the next call.
  package func logits(of column: Int, given evidence: Evidence) -> Matrix {
    reset()
    read(evidence, except: column)
    return logits(of: column).rows(0..<evidence.rowCount)
  }

  /// Discards everything that was read.
  package func reset() {
    decoder.reset()
    known.removeAll()
  }

  /// Reads the known columns of each row in table order, after the columns that the row has read before.
  ///
  /// With several calls a row can have any visiting order: each call may give one column of each row, a different one for each row.
  ///
  /// - Parameter evidence: of the first rows of the block, without columns that a row has read before.
  package func read(_ evidence: Evidence) { read(evidence, except: nil) }

  private func read(_ evidence: Evidence, except column: Int?) {
    add(evidence, except: column)
    for row in next.indices { next[row] = 0 }
    while chooseColumns(evidence, except: column) {
      known.codes.withUnsafeBufferPointer {
        decoder.read(columns: reading, codes: $0.baseAddress!)
      }
    }
  }

  /// Adds the evidence to the known columns.
  private func add(_ evidence: Evidence, except excluded: Int?) {
    precondition(
      evidence.rowCount <= Conditional.blockRows && evidence.columnCount == network.columnCount,
      "evidence of \(evidence.rowCount) rows and \(evidence.columnCount) columns; the block has "
        + "\(Conditional.blockRows) and \(network.columnCount)")
    for column in 0..<network.columnCount where column != excluded {
      for row in 0..<evidence.rowCount {
        guard let code = evidence[row, column] else { continue }
        precondition(
          code >= 0 && code < network.vocabularySizes[column],
          "code \(code) of column \(column), which has \(network.vocabularySizes[column])")
        precondition(known[row, column] == nil, "row \(row) has read column \(column) before")
        known[row, column] = code
      }
    }
  }

  /// Finds the next known column of every row; false when no row has one left.
  private func chooseColumns(_ evidence: Evidence, except excluded: Int?) -> Bool {
    var isAny = false
    for row in 0..<evidence.rowCount {
      var column = next[row]
      while column < network.columnCount, column == excluded || evidence[row, column] == nil {
        column += 1
      }
      next[row] = column + 1
      reading[row] = column < network.columnCount ? column : -1
      isAny = isAny || column < network.columnCount
    }
    for row in evidence.rowCount..<Conditional.blockRows { reading[row] = -1 }
    return isAny
  }

  /// The logits of a column given the columns that each row has read. They are meaningless in rows that have read the column
  /// itself.
  ///
  /// - Returns: (B, V) for the ``blockRows`` rows of the block, valid until the next call.
  package func logits(of column: Int) -> Matrix {
    ask(tableOrder.columns[column...column])
    let logits = network.answer(column, at: 0, prior: prior, with: self) { _ in true }
    Inference.addBias(values[network.heads[column].bias!], to: logits)
    return logits
  }
}

extension Conditional: LogitsPass {
  func ask(_ columns: ArraySlice<Int>) { decoder.ask(columns[columns.startIndex]) }

  func head(_ column: Int, at index: Int) -> Matrix { decoder.head(column) }

  /// Adds the table to rows that know the parent, neighbours together.
  func add(_ table: Matrix, of parent: Int, to logits: Matrix) {
    let first = parent * Conditional.blockRows
    known.codes.withUnsafeBufferPointer { codes in
      var row = 0
      while row < Conditional.blockRows {
        var end = row
        while end < Conditional.blockRows, known.isKnown[first + end] { end += 1 }
        if end > row {
          // SAFETY: the codes are (C, B), and the parent is one of the columns.
          Inference.addGathered(
            codes.baseAddress! + first + row, of: table, to: logits.rows(row..<end))
        }
        row = end + 1
      }
    }
  }
}
