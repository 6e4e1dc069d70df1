import Tables

extension Constraint {
  /// The order of dates or times that holds in every row of a table, as far as it does not contradict other rules.
  ///
  /// - Parameters:
  ///   - source: the table's rows, missing cells marked; it is read once where two columns of dates or times may be in order.
  ///   - sample: some of these rows.
  ///   - profile: of the same table.
  ///   - kinds: what its columns are; nil for those that are left out.
  ///   - others: rules that are to be kept in any case.
  /// - Throws: `TableError` where the table cannot be read.
  static func datesInOrder(
    of source: some RowSource, sample: some RowSource, profile: TableProfile,
    kinds: [KindDetection?], beside others: [Constraint]
  ) throws -> [Constraint] {
    var formats: [String: TemporalFormat] = [:]
    for (column, detected) in zip(profile.columns, kinds) {
      if case .temporal(let format)? = detected?.format { formats[column.name] = format }
    }
    guard formats.count > 1 else { return [] }
    let dates = TableProfile(
      rowCount: profile.rowCount, columns: profile.columns.filter { formats[$0.name] != nil })
    let proposed = try proposed(
      for: SelectedColumns(source) { formats[$0] != nil },
      sample: SelectedColumns(sample) { formats[$0] != nil }, profile: dates)
    let names = profile.columns.map(\.name)
    return proposed.reduce(into: []) { kept, rule in
      guard case .inequality(let lower, let upper, _) = rule.condition,
        let first = formats[lower], let second = formats[upper],
        first.content == second.content, first.ticksPerDay == second.ticksPerDay,
        (try? ConstraintSet(
          others + kept + [rule], columnNames: names,
          isOrdered: { kinds[$0]?.isOrdered ?? false },
          number: { kinds[$1]?.number(spelled: $0, in: profile.columns[$1].numberFormat) })) != nil
      else { return }
      kept.append(rule)
    }
  }
}
