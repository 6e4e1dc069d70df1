import NN
import Tables

/// Chooses and fits the codec of each column of a table.
struct FieldFitter {
  let kinds: [KindDetection?]
  let profile: TableProfile
  let policies: [ColumnPolicy]
  let keys: PrivacyUnits
  let rules: ConstraintSet
  private let sample: NormalizedRows<TableSample>
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
    sample = survey.sample
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
    let rareValues = Dictionary(
      uniqueKeysWithValues: columns.map { ($0, self.rareValues(of: $0)) })
    var texts = try textFits(of: columns) { rareValues[$0] == .words }
    try observe(source, places: &places, companions: &companions, texts: &texts)
    var partCount = 0
    func add(_ column: Int, _ coding: FieldCoding) {
      let parts = partCount..<partCount + coding.codec.subfieldCount
      partCount = parts.upperBound
      var field = Field(
        name: profile.columns[column].name, kind: kinds[column]!.kind,
        missingSpelling: profile.columns[column].missingSpelling, coding: coding, parts: parts)
      field.minimumRows = policies[column].minimumRows
      field.rareValues = rareValues[column]!
      if field.rareValues == .words {
        field.rareWords = texts.first { $0.column == column }?.model()
        if field.rareWords == nil { field.rareValues = .token }
      }
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
      } else if let text = texts.first(where: { $0.column == column }), isText(column) {
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
      field.rareWords = fitted.field.rareWords
      return FittedField(field: field, column: fitted.column)
    }
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

  /// What stands in place of rare values in a column of categories.
  private func rareValues(of column: Int) -> RareValues {
    if drawsRareToken { return .token }
    let profile = profile.columns[column]
    guard let detected = kinds[column], case .plain = detected.format, derivations[column] == nil,
      !isText(column), [.category, .boolean].contains(profile.type)
    else { return .frequent }
    return RareValues(
      profile, valueCount: self.profile.rowCount - profile.missingCount,
      minimumRows: policies[column].minimumRows)
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

  /// What fits columns of texts, and the made-up words of columns of categories.
  ///
  /// - Parameter makesUpWords: whether a column of categories has made-up words.
  private func textFits(
    of columns: [Int], makesUpWords: (Int) -> Bool
  ) throws -> [TextFit] {
    let fitted = columns.filter { isText($0) || makesUpWords($0) }
    var fits = fitted.map { TextFit(profile.columns[$0], column: $0, policy: policies[$0]) }
    let texts = columns.filter(isText)
    guard !texts.isEmpty else { return fits }
    let grouped = try GroupedSample(sample, kinds: kinds, texts: texts, keys: keys)
    for index in fits.indices where texts.contains(fits[index].column) {
      fits[index].findKeywords(grouped)
    }
    return fits
  }

  /// Whether a column is one of texts that are made up.
  private func isText(_ column: Int) -> Bool {
    guard let detected = kinds[column], derivations[column] == nil, !isMasked(column) else {
      return false
    }
    return switch (detected.format, detected.kind) {
    case (.plain, .text), (.plain, .email): true
    case (.pattern(let pattern), _): CharacterCoding(pattern) == nil
    default: false
    }
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
}

/// A field and its column in the table.
struct FittedField {
  let field: Field
  let column: Int
}
