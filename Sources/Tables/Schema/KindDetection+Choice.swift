extension KindDetection {
  /// Reads a column as the kind that the user gives.
  ///
  /// - Parameters:
  ///   - profile: the column; for texts, patterns and categories a profile of texts, not numbers.
  ///   - rowCount: the rows of the table.
  ///   - kind: the kind of the column.
  /// - Throws: `TableError.kindDoesNotFit` if its values are not of that kind.
  public init(_ profile: ColumnProfile, rowCount: Int, as kind: ColumnKind) throws {
    let detected = KindDetection(profile, rowCount: rowCount)
    if detected.kind == kind {
      self = detected
      return
    }
    let column = DescribedColumn(profile: profile, rowCount: rowCount)
    func refusal(_ reason: String) -> TableError {
      .kindDoesNotFit(column: profile.name, kind: kind, reason: reason, detected: detected.kind)
    }
    let isNumeric = profile.type == .integer || profile.type == .decimal
    var format = Format.plain
    switch kind {
    case .empty:
      guard column.valueCount == 0 else { throw refusal("it has values") }
    case _ where column.valueCount == 0: throw refusal("it has no values")
    case .constant:
      guard profile.distinctCount == 1 else { throw refusal("its values differ") }
    case .boolean:
      guard profile.distinctCount <= 2 else { throw refusal("it has more than two values") }
    case .category, .email, .text: break
    case .integer:
      guard profile.type == .integer else { throw refusal("not all values are whole numbers") }
    case .decimal:
      guard isNumeric else { throw refusal("not all values are numbers") }
    case .latitude, .longitude:
      guard isNumeric, column.liesWithin(degrees: kind == .latitude ? 90 : 180) else {
        throw refusal("not all values are degrees")
      }
    case .date, .time, .timestamp:
      guard let temporal = column.temporalFormat(named: "date") else {
        throw refusal("no known format reads all values")
      }
      guard KindDetection(temporal).kind == kind else {
        throw refusal("its values have another format, \(temporal.pattern)")
      }
      format = .temporal(temporal)
    case .identifier:
      guard let identifier = IdentifierFormat(detecting: profile) else {
        throw refusal("its values have no pattern in common")
      }
      format = .identifier(identifier)
    case .pattern:
      guard let pattern = TextPattern(detecting: profile.levels, share: 0.5) else {
        throw refusal("no pattern is common to half of the rows")
      }
      format = .pattern(pattern)
    }
    self.init(kind: kind, format: format)
  }
}
