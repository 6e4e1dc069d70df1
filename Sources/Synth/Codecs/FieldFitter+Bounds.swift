import Foundation
import Tables

extension FieldFitter {
  /// The codec of a column that earlier columns bound; nil for others.
  ///
  /// - Parameter fields: the fields of the earlier columns.
  func boundCoding(of column: Int, fields: [FittedField]) -> BoundCoding? {
    let (lower, upper) = rules.bases(of: column)
    func isBounding(_ other: Int) -> Bool {
      fields.contains { $0.column == other && $0.field.coding != .masked }
    }
    let bounding = lower.map(\.lower).filter(isBounding) + upper.map(\.upper).filter(isBounding)
    guard !bounding.isEmpty, !isMasked(column) else { return nil }
    let scale = self.scale(of: [column] + bounding)
    func bounds(
      _ relations: [ColumnRelations.Relation], by column: (ColumnRelations.Relation) -> Int
    ) -> [BoundCoding.Bound] {
      // The best base has no missing values, then the fewest columns in between.
      func rank(_ relation: ColumnRelations.Relation) -> (Int, Int, Int) {
        let base = column(relation)
        return (isAlwaysThere(base) ? 0 : 1, relation.rules.count, base)
      }
      return relations.filter { isBounding(column($0)) }.sorted { rank($0) < rank($1) }.map {
        relation in
        BoundCoding.Bound(
          field: fields.firstIndex { $0.column == column(relation) }!, least: relation.strictCount,
          unit: unit(of: relation, scale: scale))
      }
    }
    let below = bounds(lower, by: \.lower)
    let above = bounds(upper, by: \.upper)
    let base = (below + above)[0]
    let baseColumn = fields[base.field].column
    return BoundCoding(
      content: content(of: column, scale: scale), scale: scale, lower: below, upper: above,
      range: range(of: column, scale: scale),
      hasOwnParts: !isAlwaysThere(baseColumn), isAlwaysThere: isAlwaysThere(column),
      baseFormat: format(of: baseColumn))
  }

  /// Units of a scale in one unit of the coarsest column between the two of a relation; nil for one.
  private func unit(of relation: ColumnRelations.Relation, scale: OrdinalScale) -> Int? {
    guard case .ticks(let perDay) = scale else { return nil }
    let names = Set(relation.rules.flatMap { rules.constraints[$0].columns })
    let coarsest = profile.columns.indices.filter { names.contains(profile.columns[$0].name) }
      .compactMap { format(of: $0)?.ticksPerDay }.min()
    let unit = perDay / min(perDay, coarsest ?? perDay)
    return unit > 1 ? unit : nil
  }

  /// Whether every row has a number or date.
  private func isAlwaysThere(_ column: Int) -> Bool {
    let profile = profile.columns[column]
    return profile.missingCount == 0 && kinds[column]?.words(of: profile).isEmpty ?? true
  }

  private func format(of column: Int) -> TemporalFormat? {
    if case .temporal(let format)? = kinds[column]?.format { format } else { nil }
  }

  private func content(of column: Int, scale: OrdinalScale) -> BoundCoding.Content {
    guard let format = format(of: column) else {
      var format = numberFormat(of: column)
      if case .significant(let digits) = scale {
        format.significant = SignificantNotation(
          digits: digits.digits,
          scientific: format.notation == nil
            ? profile.columns[column].scientific?.within(digits.decades) : nil)
      }
      return .number(format)
    }
    return .dateTime(
      DateTimeCoding(
        format, profile.columns[column], interval: rules.intervals[column],
        policy: policies[column]))
  }

  /// The unit that differences of columns are counted in.
  private func scale(of columns: [Int]) -> OrdinalScale {
    let formats = columns.compactMap(format)
    if let finest = formats.map(\.ticksPerDay).max() { return .ofDateTimes(ticksPerDay: finest) }
    if let digits = significantDigits(of: columns) { return .significant(digits) }
    let numbers = columns.flatMap { profile.columns[$0].numbers }
    let largest = numbers.reduce(1) { max($0, $1.value.magnitude) }
    let decimals = columns.reduce(0) { max($0, profile.columns[$1].numberFormat.decimals) }
    // Distances must be whole numbers that readers of tables take for such.
    return .decimals(min(decimals, 13 - Int(log10(largest).rounded(.up))))
  }

  /// The significant digits of columns, if one of them has too many decades for a decimal unit; otherwise nil.
  private func significantDigits(of columns: [Int]) -> SignificantDigits? {
    let units = columns.map {
      NumberEncoder(profile.columns[$0], policy: policies[$0]).significantDigits
    }
    let counted = units.compactMap(\.self)
    guard let lowest = counted.map(\.decades.lowerBound).min(),
      let longest = counted.map(\.digits).max()
    else { return nil }
    let largest = columns.flatMap { profile.columns[$0].numbers }.reduce(0) {
      max($0, $1.value.magnitude)
    }
    let decades = lowest...max(lowest, DecimalNumber(largest).decade)
    // Distances must be whole numbers that readers of tables take for such.
    return (1...longest).map { SignificantDigits(digits: $0, decades: decades) }
      .last { $0.isConsistent && $0.mostCount < FieldFitter.mostDistance }
  }

  private static let mostDistance = 10_000_000_000_000

  /// The protected ends of a column, within its interval.
  private func range(of column: Int, scale: OrdinalScale) -> ClosedRange<Int> {
    let interval = rules.intervals[column]
    guard format(of: column) == nil else {
      guard case .dateTime(let coding) = content(of: column, scale: scale),
        case .ticks(let perDay) = scale
      else {
        return 0...0
      }
      let days = coding.days ?? 0...0
      let whole = days.lowerBound * perDay...(days.upperBound + 1) * perDay - 1
      guard var limits = coding.limits else { return whole }
      if case .ticks(let ownPerDay) = coding.scale {
        let step = perDay / ownPerDay
        limits = limits.lowerBound * step...limits.upperBound * step + step - 1
      }
      return whole.overlaps(limits) ? whole.clamped(to: limits) : limits
    }
    let tallies = zip(profile.columns[column].numbers, profile.columns[column].numberTallies)
      .filter { interval.contains($0.0.value) }
    let published = tallies.map(\.1).publishable(by: policies[column].minimumRows)
    let ends = (tallies[published].first, tallies[published].last)
    guard let low = ends.0?.0.value, let high = ends.1?.0.value else { return 0...0 }
    return scale.ordinal(of: low)...scale.ordinal(of: high)
  }
}
