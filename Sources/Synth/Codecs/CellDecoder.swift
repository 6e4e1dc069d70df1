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

  /// Numbers of a bin that are drawn together.
  private struct Piece {
    /// The numbers, or where they heap those of each step, with the cumulative weights of the steps.
    let choices: [(numbers: RoundNumbers, weightThrough: Double)]
    /// The cumulative rows of the bin's pieces up to and with this one.
    let rowsThrough: Int

    /// The only number of the piece; nil if there are several.
    var onlyUnit: Int? {
      choices.count == 1 && choices[0].numbers.count == 1 ? choices[0].numbers[0] : nil
    }
  }

  package private(set) var cells: [Cell] = []
  private let unit: NumberUnit
  /// The earlier column whose numbers some cells follow.
  package let referenceColumn: Int?
  private var pieces: [Piece] = []
  private let heaping: Heaping?
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
      heaping = nil
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
      heaping = number.histogram?.heaping
      bins = number.spikes.count..<number.rangeCount
      lowest = [number.spikes.first, number.edges.first].compactMap(\.self).min().map(unit.value)
      cells = number.spikes.map { .value($0) }
      let apart = number.histogram?.drawnApart(from: number.spikes) ?? []
      for code in bins { appendBin(number.units(of: code), number, apart: apart) }
      for step in number.delta?.steps ?? [] {
        cells.append(
          .delta(step: step, within: number.edges[0]...number.edges[number.binCount] - 1))
      }
      cells += (number.words ?? []).map { .word($0) }
      if number.hasMissing { cells.append(.missing) }
    }
  }

  /// Appends the cell of a bin and its pieces.
  ///
  /// - Parameter apart: The numbers that are not drawn in pieces where numbers heap.
  private mutating func appendBin(_ units: Range<Int>, _ number: NumberEncoder, apart: [Int]) {
    let first = pieces.count
    var rows = 0
    func add(_ choices: [(RoundNumbers, Double)], _ count: Int) {
      guard count > 0, !choices.isEmpty else { return }
      rows += count
      pieces.append(Piece(choices: choices, rowsThrough: rows))
    }
    func add(_ units: Range<Int>, _ count: Int) {
      let numbers = RoundNumbers(in: units, without: number.spikes.slice(within: units))
      add(numbers.count > 0 ? [(numbers, 1)] : [], count)
    }
    if let histogram = number.histogram {
      for (units, count) in histogram.pieces(of: units) {
        let round = heaping?.numbers(in: units, without: apart.slice(within: units)) ?? []
        if round.isEmpty { add(units, count) } else { add(round, count) }
      }
      for index in histogram.values.indices(within: units) {
        add(histogram.values[index]..<histogram.values[index] + 1, histogram.valueCounts[index])
      }
    }
    if pieces.count == first { add(units, 1) }
    if pieces.count == first {
      // The bin has only frequent values: no row has its code, but the model may draw it.
      add([(RoundNumbers(in: units, without: []), 1)], 1)
    }
    let onlyUnit = pieces.count == first + 1 ? pieces[first].onlyUnit : nil
    cells.append(onlyUnit.map { .value($0) } ?? .pieces(first..<pieces.count))
    if onlyUnit != nil { pieces.removeLast() }
  }

  /// A number of units in a piece.
  ///
  /// - Parameter random: Two words for the position among its numbers.
  private func count(in piece: Piece, row: Int, _ random: (UInt32, UInt32)) -> Int {
    var numbers = piece.choices[0].numbers
    if let heaviest = piece.choices.last, piece.choices.count > 1 {
      let uniform = Double(position.uniform(UInt64(row), column | CellDecoder.stepDraw))
      let weight = uniform * heaviest.weightThrough
      numbers = (piece.choices.first { weight < $0.weightThrough } ?? heaviest).numbers
    }
    return numbers[Philox.below(numbers.count, random.0, random.1)]
  }

  /// Draws of steps have streams of their own.
  private static let stepDraw: UInt64 = 1 << 32

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
      return unit.value(count(in: piece, row: row, (random[2], random[3])))
    case .delta(let step, let range):
      // In the training data there is always a number to follow; the model may err.
      guard !reference.isNaN else {
        let bin = bins.lowerBound + position.below(bins.count, UInt64(row), column)
        return number(of: bin, row: row)
      }
      let count = DeltaCoding.number(
        step, from: reference, position: Double(position.uniform(UInt64(row), column)), in: unit)
      let round = step == 0 ? count : heaping?.nearest(count) ?? count
      return unit.value(round.clamped(to: range))
    }
  }
}
