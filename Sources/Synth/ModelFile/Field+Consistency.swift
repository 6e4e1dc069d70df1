import Tables

extension Field {
  /// Whether fields of a file can be used with its columns without another check.
  static func areConsistent(_ fields: [Field], columns: [ColumnEncoder]) -> Bool {
    var end = 0
    for (index, field) in fields.enumerated() {
      guard field.parts.lowerBound == end, field.parts.count == field.codec.subfieldCount,
        field.parts.upperBound <= columns.count, field.minimumRows >= 1,
        field.codec.isConsistent(at: index, of: fields)
      else { return false }
      end = field.parts.upperBound
    }
    return !fields.isEmpty && end == columns.count && areComputable(fields)
  }

  /// Whether derived fields can be computed one after another.
  private static func areComputable(_ fields: [Field]) -> Bool {
    guard let operands = fields.operands else { return false }
    if case .columns = DerivationSet.order(operands) { return true }
    return false
  }
}

extension DateTimeCoding {
  var isConsistent: Bool {
    guard !components.isEmpty, (days == nil) == (format.content == .time) else { return false }
    let described = components + constants.map(\.component)
    return Set(described).count == described.count
      && (days.map(format.days.contains) ?? true)
      && (limits.map(DateTimeCoding.ordinals(Interval(), format: format).contains) ?? true)
      && constants.allSatisfy { (-DateTimeCoding.most...DateTimeCoding.most).contains($0.value) }
  }

  /// No component of a date is larger: an hour in units of nanoseconds.
  private static let most = 3_600_000_000_000
}

extension BoundCoding {
  func isConsistent(at index: Int, of fields: [Field]) -> Bool {
    guard !(lower + upper).isEmpty,
      (lower + upper).allSatisfy({
        (0..<index).contains($0.field) && (0...Int(UInt16.max)).contains($0.least)
          && (1...OrdinalScale.mostTicksPerDay).contains($0.unit ?? 1)
      }), BoundCoding.countable.contains(range)
    else { return false }
    switch (content, scale) {
    case (.number, .decimals(let decimals)):
      return (-300...300).contains(decimals) && scale.isFinite(in: range)
    case (.number, .significant(let digits)):
      return digits.isConsistent && scale.isFinite(in: range)
    case (.dateTime(let coding), .ticks(let perDay)):
      return coding.isConsistent && OrdinalScale.dayParts.contains(perDay)
    default: return false
    }
  }

  /// What can be added to a distance without overflow.
  private static let countable = -(1 << 60)...1 << 60
}

extension OrdinalScale {
  /// Whether the ends of a range are numbers.
  fileprivate func isFinite(in range: ClosedRange<Int>) -> Bool {
    number(at: range.lowerBound).isFinite && number(at: range.upperBound).isFinite
  }
}

extension PlaceCoding {
  var boxesAreConsistent: Bool {
    let (latitudes, longitudes) = (
      PlaceCoding.units(latitudeFormat), PlaceCoding.units(longitudeFormat)
    )
    return cells.allSatisfy { boxes in
      boxes.count <= PlaceCoding.mostRows
        && boxes.allSatisfy { box in
          (1...PlaceCoding.mostRows).contains(box.rows) && latitudes.contains(box.latitudes)
            && longitudes.contains(box.longitudes)
        }
    }
  }

  private static let mostRows = 1 << 31

  /// What coordinates can be in units of a format: the sides of wide boxes are round numbers, up to two circles away.
  private static func units(_ format: NumberFormat) -> ClosedRange<Int> {
    let most = 720 * Int(format.scale)
    return -most...most
  }
}

extension ClosedRange {
  /// Whether another range lies in it.
  fileprivate func contains(_ other: ClosedRange) -> Bool {
    contains(other.lowerBound) && contains(other.upperBound)
  }
}
