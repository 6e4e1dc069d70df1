import NN
import Tables

/// Chooses and fits the codec of each column of a table.
struct FieldFitter {
  let kinds: [KindDetection?]
  let profile: TableProfile
  let policies: [ColumnPolicy]
  let keys: PrivacyUnits
  let rules: ConstraintSet
  private let derivations: DerivationSet
  private let drawsRareToken: Bool

  /// - Parameters:
  ///   - survey: of the table.
  ///   - rules: about the table's columns.
  ///   - derivations: of the table's columns.
  ///   - drawsRareToken: whether rare categories are drawn as `_RARE_` in every column.
  init(
    _ survey: TableSurvey<some RowSource>, rules: ConstraintSet, derivations: DerivationSet,
    drawsRareToken: Bool
  ) {
    kinds = survey.kinds
    profile = survey.profile
    policies = survey.policies
    keys = survey.keys
    self.rules = rules
    self.derivations = derivations
    self.drawsRareToken = drawsRareToken
  }

  /// The fields of the columns that are not left out.
  ///
  /// - Parameter source: the table's rows, missing cells marked.
  /// - Throws: Errors of reading: places, and the values beside those of large vocabularies, are read from the table itself, in one
  ///   pass, or two if the table has a key.
  func fields(_ source: some RowSource) throws -> [FittedField] {
    var fields: [FittedField] = []
    let columns = kinds.indices.filter { kinds[$0] != nil }
    let longitudes = self.longitudes(of: columns)
    var places = longitudes.map { placePoints(latitude: $0.latitude, longitude: $0.longitude) }
    var companions = columns.compactMap(companionVotes)
    var texts = columns.compactMap(textFit)
    try observe(source, places: &places, companions: &companions, texts: &texts)
    var partCount = 0
    func add(_ column: Int, _ coding: FieldCoding) {
      let parts = partCount..<partCount + coding.codec.subfieldCount
      partCount = parts.upperBound
      var field = Field(
        name: profile.columns[column].name, kind: kinds[column]!.kind,
        missingSpelling: profile.columns[column].missingSpelling, coding: coding, parts: parts)
      field.minimumRows = policies[column].minimumRows
      field.rareValues = rareValues(of: column, coding)
      fields.append(FittedField(field: field, column: column))
    }
    for column in columns {
      if let latitude = longitudes.firstIndex(where: { $0.longitude == column }) {
        let latitudeField = columns.firstIndex(of: longitudes[latitude].latitude)!
        add(column, .longitude(LongitudeCodec(latitudeField: latitudeField)))
      } else if let place = longitudes.firstIndex(where: { $0.latitude == column }) {
        let longitude = longitudes[place].longitude
        add(
          column,
          .latitude(
            PlaceCoding(
              PlaceMap(places[place].points, units: places[place].units, policy: policies[column]),
              longitudeField: columns.firstIndex(of: longitude)!,
              latitude: places[place].latitudes(numberFormat(of: column), policies[column]),
              longitude: places[place].longitudes(
                numberFormat(of: longitude), policies[longitude]))))
      } else if let bound = boundCoding(of: column, fields: fields) {
        add(column, .bound(bound))
      } else if let votes = companions.first(where: { $0.column == column }) {
        let groups = VocabularyClusters(votes.levels, companions: votes.winners).groups
        add(column, .vocabulary(VocabularyCoding(groups: groups)))
      } else if let text = texts.first(where: { $0.column == column }) {
        add(column, .text(text.coding()))
      } else {
        add(column, coding(of: column))
      }
    }
    return partCount > 0 ? fields : FieldFitter.withPart(fields)
  }

  /// The fields of a table without any subfield, changed so that the model has something to draw: the first field that is not derived gets a
  /// subfield.
  private static func withPart(_ fields: [FittedField]) -> [FittedField] {
    let changed = fields.firstIndex { $0.field.derivation == nil } ?? 0
    return fields.enumerated().map { index, fitted in
      var coding = fitted.field.coding
      if index == changed {
        if case .identifier(let identifier) = coding {
          coding = .identifier(IdentifierCoding(format: identifier.format, hasMissing: true))
        } else {
          coding = .column
        }
      }
      var field = Field(
        name: fitted.field.name, kind: fitted.field.kind,
        missingSpelling: fitted.field.missingSpelling, coding: coding,
        parts: index < changed ? 0..<0 : index == changed ? 0..<1 : 1..<1)
      field.minimumRows = fitted.field.minimumRows
      field.rareValues = fitted.field.rareValues
      return FittedField(field: field, column: fitted.column)
    }
  }

  /// Each latitude with its longitude: the first longitude that is left.
  private func longitudes(of columns: [Int]) -> [(latitude: Int, longitude: Int)] {
    func isPlace(_ column: Int, _ kind: ColumnKind) -> Bool {
      kinds[column]?.kind == kind
        && [.integer, .decimal].contains(profile.columns[column].type)
        && !isMasked(column)
    }
    return Array(
      zip(
        columns.filter { isPlace($0, .latitude) }, columns.filter { isPlace($0, .longitude) }
      ).map { (latitude: $0, longitude: $1) })
  }

  /// The notation of a column's numbers, as far as enough rows show it.
  func numberFormat(of column: Int) -> NumberFormat {
    let profile = profile.columns[column]
    let published = profile.numberTallies.publishable(by: policies[column].minimumRows)
    var format = profile.numberFormat
    format.notation = NumberEncoder.notation(
      format, of: profile.numbers[published], hasDecimals: format.decimals > 0)
    return format
  }

  /// Whether no value of a column may be kept.
  func isMasked(_ column: Int) -> Bool {
    let profile = profile.columns[column]
    return policies[column].masks(
      self.profile.rowCount - profile.missingCount, unitCount: profile.keyCount)
  }

  private func rareValues(of column: Int, _ coding: FieldCoding) -> RareValues {
    if drawsRareToken { return .token }
    let profile = profile.columns[column]
    switch (coding, profile.type) {
    case (.column, .category), (.column, .boolean), (.vocabulary, _):
      return RareValues(
        profile, valueCount: self.profile.rowCount - profile.missingCount,
        minimumRows: policies[column].minimumRows)
    default: return .frequent
    }
  }

  private func coding(of column: Int) -> FieldCoding {
    let profile = profile.columns[column]
    if let derivation = derivations[column] {
      // Decimals that few rows have are not kept.
      let number = NumberEncoder(profile, policy: policies[column])
      return .derived(DerivedCoding(derivation.formula, format: number.format))
    }
    let isMasked = isMasked(column)
    guard let detected = kinds[column] else { return .masked }
    switch (detected.format, detected.kind) {
    case (.temporal(let format), _):
      return isMasked
        ? .masked
        : .dateTime(
          DateTimeCoding(
            format, profile, interval: rules.intervals[column], policy: policies[column]))
    case (.pattern(let pattern), _):
      if isMasked { return .masked }
      // A column whose pattern has too many positions is one of texts.
      return .characters(CharacterCoding(pattern)!)
    case (.identifier(let format), _):
      return .identifier(
        IdentifierCoding(format: format, hasMissing: profile.missingCount > 0))
    case (.plain, _): return .column
    }
  }

  /// What fits the codec of a column of texts; nil for other columns.
  private func textFit(of column: Int) -> TextFit? {
    guard let detected = kinds[column], derivations[column] == nil, !isMasked(column) else {
      return nil
    }
    switch (detected.format, detected.kind) {
    case (.plain, .text), (.plain, .email): break
    case (.pattern(let pattern), _) where CharacterCoding(pattern) == nil: break
    default: return nil
    }
    return TextFit(profile.columns[column], column: column, policy: policies[column])
  }

  private func observe(
    _ source: some RowSource, places: inout [PlacePoints], companions: inout [CompanionVotes],
    texts: inout [TextFit]
  ) throws {
    guard !places.isEmpty || !companions.isEmpty || texts.contains(where: \.needsRows) else {
      return
    }
    try source.forEachBatch { batch in
      for index in texts.indices where texts[index].needsRows { texts[index].add(batch) }
      for index in places.indices { places[index].add(batch, keys: keys) }
      for index in companions.indices { companions[index].vote(batch) }
    }
    for index in companions.indices { companions[index].choose() }
    guard keys.count > 0, !companions.isEmpty else { return }
    try source.forEachBatch { batch in
      for index in companions.indices { companions[index].countUnits(batch, keys: keys) }
    }
    for index in companions.indices { companions[index].keepShared() }
  }

  private func placePoints(latitude: Int, longitude: Int) -> PlacePoints {
    PlacePoints(
      latitude: latitude, longitude: longitude,
      units: PlaceUnits(
        profile.columns[latitude].numberFormat, profile.columns[longitude].numberFormat),
      rowCount: profile.rowCount)
  }
}

/// The places in two columns of a table.
private struct PlacePoints {
  let latitude: Int
  let longitude: Int
  let units: PlaceUnits
  private(set) var points: [PlaceMap.Point] = []
  /// The rows with each number of decimals.
  private var latitudeDecimals: [CountedUnit] = []
  private var longitudeDecimals: [CountedUnit] = []
  /// Of a large table some rows, spread evenly, say where its places are.
  private let step: Int

  private static let mostPlaces = 500_000

  init(latitude: Int, longitude: Int, units: PlaceUnits, rowCount: Int) {
    self.latitude = latitude
    self.longitude = longitude
    self.units = units
    step = max(1, rowCount / PlacePoints.mostPlaces)
  }

  mutating func add(_ batch: ColumnBatch, keys: PrivacyUnits) {
    for row in 0..<batch.rowCount where (batch.firstRow + row).isMultiple(of: step) {
      guard !batch.isMissing(row, latitude), !batch.isMissing(row, longitude),
        let north = parseNumber(batch[row, latitude]),
        let east = parseNumber(batch[row, longitude]), var point = units.point(north, east)
      else { continue }
      point.key = keys.key(ofRow: batch.firstRow + row)
      points.append(point)
      PlacePoints.count(north.decimals, point.key, in: &latitudeDecimals)
      PlacePoints.count(east.decimals, point.key, in: &longitudeDecimals)
    }
  }

  private static func count(_ decimals: Int, _ key: UInt16, in counts: inout [CountedUnit]) {
    var keys = PrivacyUnitSet()
    keys.insert(key)
    let row = CountedUnit(
      unit: decimals, count: 1, tally: RowTally(rows: 1, keys: keys))
    if let index = counts.firstIndex(where: { $0.unit == decimals }) {
      counts[index].add(row)
    } else {
      counts.append(row)
    }
  }

  /// How the latitudes are written.
  func latitudes(
    _ format: NumberFormat, _ policy: ColumnPolicy
  ) -> (NumberFormat, CoordinateDecimals) {
    (format, CoordinateDecimals(latitudeDecimals, format: format, policy: policy))
  }

  /// How the longitudes are written.
  func longitudes(
    _ format: NumberFormat, _ policy: ColumnPolicy
  ) -> (NumberFormat, CoordinateDecimals) {
    (format, CoordinateDecimals(longitudeDecimals, format: format, policy: policy))
  }
}

/// A field and its column in the table.
struct FittedField {
  let field: Field
  let column: Int
}
