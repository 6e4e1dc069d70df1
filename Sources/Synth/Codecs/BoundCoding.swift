import Tables

/// The codec of a number or date that others bound: its distance to one of them is learnt, so no row can break the rule.
package struct BoundCoding: ValueEncoder, ValueDecoder {
  /// Another field that a value is at least, or at most.
  package struct Bound: Codable, Equatable, Sendable {
    package let field: Int
    /// The minimum distance to it, in units of the scale; it leaves room for columns between.
    package let least: Int
    /// Units of the scale in one unit of the coarser column, such as those of a day for a date and a timestamp; nil for one.
    package var unit: Int?

    /// The ordinal from which distances to a value of the field are measured.
    ///
    /// - Parameter isLower: whether the field is the lower of the two.
    fileprivate func start(_ ordinal: Int, isLower: Bool) -> Int {
      guard let unit else { return ordinal }
      return ordinal.roundedDown(to: unit) + (isLower ? 0 : unit - 1)
    }

    fileprivate var leastDistance: Int { least * (unit ?? 1) }
  }

  /// How the values are written.
  package enum Content: Codable, Equatable, Sendable {
    case number(NumberFormat)
    case dateTime(DateTimeCoding)
  }

  package let content: Content
  package let scale: OrdinalScale
  /// The earlier fields that a value is at least, and those that it is at most.
  package let lower: [Bound]
  package let upper: [Bound]
  /// The range of the values, which is exceeded only if a bound requires it.
  package let range: ClosedRange<Int>
  /// Whether rows without a value of the base have subfields of their own, after the distance.
  package let hasOwnParts: Bool
  /// Whether every row of the training data has a value.
  package let isAlwaysThere: Bool

  /// How the dates of the first bound are written; nil for numbers.
  package let baseFormat: TemporalFormat?

  /// The bound that distances are measured from: the first, so bounds that no row misses come before others.
  var base: Bound { lower.first ?? upper[0] }

  var subfieldCount: Int { 1 + (hasOwnParts ? ownPartCount : 0) }

  private var ownPartCount: Int {
    switch content {
    case .number: 1
    case .dateTime(let coding): coding.components.count
    }
  }

  var format: TemporalFormat? {
    if case .dateTime(let coding) = content { coding.format } else { nil }
  }

  func encode(_ cells: RowCells, field: Int, into subfields: inout SubfieldWriter) {
    guard let own = OrderedValue(cells[field], format: format).ordinal(scale) else {
      // A word stands in place of the distance.
      subfields.append(.word)
      return subfields.append(.missing, count: subfieldCount - 1)
    }
    let base =
      cells.isMissing(base.field)
      ? nil : start(OrderedValue(cells[base.field], format: baseFormat))
    if let base {
      let distance = lower.isEmpty ? base - own : own - base
      let least = self.base.leastDistance
      subfields.append(.integer(max(least, distance), isNearest: distance < least))
      return subfields.append(.missing, count: subfieldCount - 1)
    }
    subfields.append(.missing)
    guard hasOwnParts else { return }
    switch content {
    case .number: subfields.append(.cell)
    case .dateTime(let coding): coding.encode(cells[field], into: &subfields)
    }
  }

  func decode(field: Int, row: Int, in block: inout DecodedBlock) {
    let values = block.subfields(of: field, row: row)
    let random = block.random(field: field, row: row)
    let closest = block.lowest(block.subfields(of: field).lowerBound)?.ordinal ?? 0
    let value = compose(
      values[...], least: max(base.leastDistance, closest),
      operand: { block.operand($0, row: row) }, random: random)
    block.append(value, field: field)
  }

  func operands(in fields: [Field]) -> [Int] { (lower + upper).map(\.field) }

  func numberFormat(
    in fields: [Field], encoders: ArraySlice<ColumnEncoder>
  ) -> NumberFormat? {
    if case .number(let format) = content { format } else { nil }
  }

  /// The value of drawn subfields; missing if they are missing.
  ///
  /// - Parameters:
  ///   - least: the least distance to the base: the rule's, or the least of the training data if that is greater.
  ///   - operand: the row's value of an earlier field.
  ///   - random: draws values that the model left out.
  private func compose(
    _ parts: ArraySlice<SubfieldValue>, least: Int, operand: (Int) -> OrderedValue,
    random: RowRandom
  ) -> OrderedValue {
    var (ordinal, offset): (Int?, Int?) = (nil, nil)
    if case .dateTime(let dateTime, _) = operand(base.field) { offset = dateTime.offset }
    if case .number(let distance)? = parts.first, let base = start(operand(base.field)) {
      ordinal = lower.isEmpty ? base - distance.ordinal : base + distance.ordinal
    } else if hasOwnParts {
      switch content {
      case .number:
        if case .number(let number)? = parts.dropFirst().first {
          ordinal = scale.ordinal(of: number)
        }
      case .dateTime(let coding):
        if let dateTime = coding.dateTime(parts.dropFirst(), random: random) {
          ordinal = scale.ordinal(of: dateTime, in: coding.format)
          offset = dateTime.offset
        }
      }
    }
    if ordinal == nil, isAlwaysThere {
      // The model drew no value although every row has one: take the value next to the base.
      let distance = lower.isEmpty ? -least : least
      let middle = range.lowerBound + (range.upperBound - range.lowerBound) / 2
      ordinal = start(operand(base.field)).map { $0 + distance } ?? middle
    }
    func nearest(_ distance: Int) -> Int? {
      ordinal.flatMap { allowed(nearest: $0, baseDistance: distance, operand: operand) }
    }
    // The distances of the training data give way to the column's range.
    let distant = nearest(least).flatMap { range.contains($0) ? $0 : nil }
    guard let ordinal = distant ?? nearest(base.leastDistance) else { return .none }
    switch content {
    case .number:
      // A bound far outside the range may require a value that does not exist.
      let number = scale.number(at: ordinal)
      return number.isFinite ? .number(number) : .none
    case .dateTime(let coding):
      let offset = coding.format.hasOffset ? offset ?? 0 : nil
      return .dateTime(
        scale.dateTime(at: ordinal, in: coding.format, offset: offset), coding.format)
    }
  }

  /// Where distances from a value of the base begin.
  private func start(_ value: OrderedValue) -> Int? {
    value.ordinal(scale).map { base.start($0, isLower: !lower.isEmpty) }
  }

  /// The nearest ordinal that the bounds allow and the column can write; nil if there is none.
  ///
  /// - Parameter baseDistance: the least distance to the base.
  private func allowed(
    nearest ordinal: Int, baseDistance: Int, operand: (Int) -> OrderedValue
  ) -> Int? {
    let ordinal = ordinal.clamped(to: range)
    let least = lower.enumerated().compactMap { index, bound in
      operand(bound.field).ordinal(scale, isLower: true).map {
        bound.start($0, isLower: true) + (index == 0 ? baseDistance : bound.leastDistance)
      }
    }.max()
    let most = upper.enumerated().compactMap { index, bound in
      operand(bound.field).ordinal(scale, isLower: false).map {
        bound.start($0, isLower: false)
          - (index == 0 && lower.isEmpty ? baseDistance : bound.leastDistance)
      }
    }.min()
    let step = step
    var nearest = ordinal.roundedDown(to: step)
    if let most { nearest = min(nearest, most.roundedDown(to: step)) }
    if let least, nearest < least { nearest = (least + step - 1).roundedDown(to: step) }
    if let most, nearest > most { return nil }
    return nearest
  }

  /// Units of the scale in one unit of the column: it may be bound by a column with more decimals, or with shorter parts of a day.
  private var step: Int {
    switch (content, scale) {
    case (.number(let format), .decimals(let decimals)):
      (0..<min(15, max(0, decimals - format.decimals))).reduce(1) { step, _ in step * 10 }
    case (.dateTime(let coding), .ticks(let perDay)): max(1, perDay / coding.format.ticksPerDay)
    default: 1
    }
  }
}

extension Int {
  /// The nearest multiple that is not greater.
  fileprivate func roundedDown(to step: Int) -> Int {
    let rest = self % step
    return self - (rest < 0 ? rest + step : rest)
  }
}
