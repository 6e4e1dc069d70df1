import NN
import Tables

/// Decodes a column's codes: each code has a value, pieces of a bin to draw a number from, or a step from another column's number.
package struct CellDecoder: Sendable {
  package enum Cell: Sendable {
    case missing
    case text(String)
    /// One of a fixed list, or the byte of a character.
    case code(Int)
    /// A text too rare to be kept.
    case rare
    /// A word in place of a number.
    case word(String)
    /// A number of units.
    case value(Int)
    /// One of ``pieces``.
    case pieces(Range<Int>)
    /// A number one step away from the row's number in ``followedColumn``, within a range of units.
    case delta(step: Int, within: ClosedRange<Int>)
  }

  /// A range of `count` units from `lower`, without those of `spikes`.
  private struct Piece {
    let lower: Int
    let count: Int
    let spikes: ArraySlice<Int>
    /// The cumulative rows of the bin's pieces up to and with this one.
    let rowsThrough: Int
  }

  package private(set) var cells: [Cell] = []
  private let unit: NumberUnit
  /// The earlier column whose numbers some cells follow.
  package let referenceColumn: Int?
  private var pieces: [Piece] = []
  /// The codes of bins.
  private var bins = 0..<0
  /// The lowest number of a code, which enough rows of the training data reach; nil without numbers.
  private(set) var lowest: Double?
  private let column: UInt64
  private let position: Philox

  package init(_ encoder: ColumnEncoder, column: Int, seed: UInt64) {
    self.column = UInt64(column)
    position = Philox(seed: seed, purpose: .position)
    switch encoder.kind {
    case .category(let category):
      unit = NumberUnit(decimals: 0)
      referenceColumn = nil
      cells = (0..<category.vocabularySize).map { code in
        if code == category.missingCode { return .missing }
        guard code < category.levels.count else { return .rare }
        switch category.levels[code] {
        case .text(let text): return .text(text)
        case .code(let code): return .code(code)
        }
      }
    case .number(let number):
      unit = number.unit
      referenceColumn = number.delta?.column
      bins = number.spikes.count..<number.rangeCount
      lowest = [number.spikes.first, number.edges.first].compactMap(\.self).min().map(unit.value)
      cells = number.spikes.map { .value($0) }
      for code in bins { appendBin(number.units(of: code), number) }
      for step in number.delta?.steps ?? [] {
        cells.append(
          .delta(step: step, within: number.edges[0]...number.edges[number.binCount] - 1))
      }
      cells += (number.words ?? []).map { .word($0) }
      if number.hasMissing { cells.append(.missing) }
    }
  }

  /// Appends the cell of a bin and its pieces.
  private mutating func appendBin(_ units: Range<Int>, _ number: NumberEncoder) {
    let first = pieces.count
    var rows = 0
    func add(_ units: Range<Int>, _ count: Int) {
      guard count > 0 else { return }
      let spikes = number.spikes.slice(within: units)
      let left = units.count - spikes.count
      guard left > 0 else { return }
      rows += count
      pieces.append(
        Piece(lower: units.lowerBound, count: left, spikes: spikes, rowsThrough: rows))
    }
    if let histogram = number.histogram {
      let inside = histogram.starts.indices(within: units)
      for index in inside {
        let end = index + 1 < inside.upperBound ? histogram.starts[index + 1] : units.upperBound
        add(histogram.starts[index]..<end, histogram.startCounts[index])
      }
      for index in histogram.values.indices(within: units) {
        add(histogram.values[index]..<histogram.values[index] + 1, histogram.valueCounts[index])
      }
    }
    if pieces.count == first { add(units, 1) }
    if pieces.count == first {
      // The bin has only frequent values: no row has its code, but the model may draw it.
      pieces.append(
        Piece(lower: units.lowerBound, count: units.count, spikes: [], rowsThrough: 1))
    }
    let isValue = pieces.count == first + 1 && pieces[first].count == 1
    cells.append(isValue ? .value(count(in: pieces[first], 0)) : .pieces(first..<pieces.count))
    if isValue { pieces.removeLast() }
  }

  private func count(in piece: Piece, _ position: Int) -> Int {
    var unit = piece.lower + position
    for spike in piece.spikes where spike <= unit { unit += 1 }
    return unit
  }

  /// The number of a code in a row; NaN for a code that is not a number.
  ///
  /// - Parameter followed: the row's number in ``followedColumn``; NaN if it has none.
  package func number(of code: Int, row: Int, reference: Double = .nan) -> Double {
    switch cells[code] {
    case .missing, .text, .code, .rare, .word: return .nan
    case .value(let count): return unit.value(count)
    case .pieces(let range):
      let random = position.words(UInt64(row), column)
      let rows = Philox.below(pieces[range.upperBound - 1].rowsThrough, random[0], random[1])
      let piece = pieces[range.dropLast().partitioningIndex { pieces[$0].rowsThrough > rows }]
      let inside = Philox.below(piece.count, random[2], random[3])
      return unit.value(count(in: piece, inside))
    case .delta(let step, let range):
      // In the training data there is always a number to follow; the model may err.
      guard !reference.isNaN else {
        let bin = bins.lowerBound + position.below(bins.count, UInt64(row), column)
        return number(of: bin, row: row)
      }
      let count = DeltaCoding.number(
        step, from: reference, position: Double(position.uniform(UInt64(row), column)), in: unit)
      return unit.value(count.clamped(to: range))
    }
  }
}

extension [Int] {
  /// The indices of ascending numbers that lie in a range.
  fileprivate func indices(within range: Range<Int>) -> Range<Int> {
    partitioningIndex { $0 >= range.lowerBound }..<partitioningIndex { $0 >= range.upperBound }
  }

  fileprivate func slice(within range: Range<Int>) -> ArraySlice<Int> {
    self[indices(within: range)]
  }
}
