import Tables

/// Turns rows of fields into codes, by what a first pass over the same table has found.
package struct TableEncoder {
  package let fields: [Field]
  package private(set) var columns: [ColumnEncoder]
  package let table: EncodedTable
  /// Which codes columns have together in every row that is drawn; no two of them share a column.
  package let combinations: [DecisionDiagram]
  /// Rules and formulas that hold in every row and were not given.
  package let foundRules: FoundRules
  /// Given rules that some rows break.
  let brokenConstraints: [BrokenConstraint]
  /// Given formulas that do not hold in some rows.
  let brokenDerivations: [BrokenDerivation]
  /// Columns of numbers and dates with words that too few rows share.
  package let hiddenWords: [HiddenWords]

  /// How a table is read and which of its values may enter the model.
  package struct Options {
    package var reading = ReadingOptions()
    /// Which values may enter the model.
    package var policy = DisclosurePolicy()
    /// Whether rare categories are drawn as `_RARE_` in every column; otherwise each column decides.
    package var drawsRareToken = false

    package init() {}
  }

  /// Reads the table once for its profile and once for its codes. Each of these adds a pass: a key, given formulas, given
  /// rules, formulas and rules that some rows suggest, places and large vocabularies (two with a key), columns that are taken apart
  /// or left out.
  ///
  /// - Throws: `TableError` for what cannot be read or does not fit its schema, ``SynthError/tooFewRows(name:count:)`` below
  ///   ``DisclosurePolicy/minimumTableRows``, ``SynthError/unknownKey(name:table:nearest:)``, ``ConstraintError`` for rules
  ///   that cannot be kept, ``DerivationError`` for columns that cannot be derived.
  package init(_ source: some RowSource, options: Options = Options()) throws {
    try options.reading.schema.check(against: source)
    try options.reading.checkRulesAboutExcluded()
    try options.reading.checkUsesOfDerived(key: options.policy.key)
    var survey = try TableSurvey(source, options: options)
    let given = options.reading
    var found = try given.findsRules ? survey.foundRules(beside: given) : FoundRules()
    let derivations = try DerivationSet(
      given.derivations + found.derivations, profile: survey.profile, schema: given.schema,
      kinds: &survey.kinds)
    brokenDerivations = try derivations.broken(
      given.derivations, in: survey.rows, profile: survey.profile, kinds: survey.kinds)
    let rules = try survey.rules(given.constraints + found.constraints)
    let fitted = try FieldFitter(
      survey, rules: rules, derivations: derivations, drawsRareToken: options.drawsRareToken
    ).fields(survey.rows)
    fields = fitted.map(\.field)
    let reader = SubfieldReader(fields, columns: fitted.map(\.column))
    columns = try survey.encoders(fitted, reader: reader, rules: rules, options: options)
    let hiddenRows: [Int]
    (table, hiddenRows) = try survey.codes(reader, columns: columns)
    for index in columns.indices { columns[index].count(table.columns[index]) }
    hiddenWords = fields.compactMap { field in
      let rows = field.parts.first.map { hiddenRows[$0] } ?? 0
      return rows > 0 ? HiddenWords(column: field.name, rowCount: rows) : nil
    }
    let ruled = try rules.diagrams(
      columns: columns, table: table,
      parts: TableEncoder.subfields(of: fitted, columnCount: survey.profile.columns.count),
      linked: fields.filter(\.isLinked).map(\.parts),
      minimumRows: options.policy.minimumCombinationRows, optional: Set(found.constraints))
    combinations = ruled.diagrams
    found.remove(ruled.dropped)
    foundRules = found
    // Last, because rules that nothing can obey have messages of their own.
    brokenConstraints = try survey.broken(given.constraints, isForced: given.forcesConstraints)
  }

  /// The subfields that each column of the table has become. A place is learnt as that of its latitude.
  private static func subfields(of fitted: [FittedField], columnCount: Int) -> [Range<Int>] {
    var subfields = Array(repeating: 0..<0, count: columnCount)
    for field in fitted {
      subfields[field.column] = field.field.parts
      if case .longitude(let codec) = field.field.coding {
        subfields[field.column] = fitted[codec.latitudeField].field.parts
      }
    }
    return subfields
  }

  fileprivate static func column(ofKey name: String, in source: some RowSource) throws -> Int {
    guard let column = source.columnNames.firstIndex(of: name) else {
      throw SynthError.unknownKey(
        name: name, table: source.name, nearest: nearestName(to: name, among: source.columnNames))
    }
    return column
  }

  /// Rows are numbered in 32 bits.
  static let mostRows = Int(Int32.max)
}

// MARK: - Stages

/// What a first pass finds out about a table.
struct TableSurvey<Source: RowSource> {
  let profile: TableProfile
  /// What the columns are; nil for those that are left out.
  var kinds: [KindDetection?]
  let policies: [ColumnPolicy]
  let keys: PrivacyUnits
  /// The rows with missing cells marked and numbers spelled plainly.
  let rows: NormalizedRows<Source>
  /// Some of the rows.
  let sample: NormalizedRows<TableSample>
  private let minimumJointRows: Int
  /// The column whose values identify people.
  private let key: String?

  init(_ source: Source, options: TableEncoder.Options) throws {
    let key = try options.policy.key.map { try TableEncoder.column(ofKey: $0, in: source) }
    keys =
      try key.map {
        try PrivacyUnits(of: $0, in: source, missingValues: options.reading.missingValues)
      }
      ?? .none
    var sample = TableSample(of: source)
    var profile = try TableProfile(
      scanning: source, missingValues: options.reading.missingValues,
      textColumns: options.reading.schema.textColumns(of: source), keys: keys
    ) {
      sample.add($0)
    }
    guard profile.rowCount >= DisclosurePolicy.minimumTableRows else {
      throw SynthError.tooFewRows(name: source.name, count: profile.rowCount)
    }
    guard profile.rowCount <= TableEncoder.mostRows else {
      throw SynthError.tooManyRows(name: source.name, count: profile.rowCount)
    }
    guard key == nil || keys.count == profile.rowCount else {
      throw SynthError.changedWhileReading(name: source.name)
    }
    for column in profile.columns.indices {
      profile.columns[column].spellNumbersApart(from: options.reading.missingValues)
    }
    policies = profile.columns.indices.map(options.policy.column)
    minimumJointRows = options.policy.minimumJointRows
    self.key = options.policy.key
    kinds = try options.reading.schema.kinds(of: profile)
    if let key, kinds[key] != nil, options.reading.schema[profile.columns[key].name]?.kind == nil {
      kinds[key] = KindDetection(key: profile.columns[key], rowCount: profile.rowCount)
    }
    let missingValues = options.reading.missingValues
    rows = NormalizedRows(source, profile: profile, missingValues: missingValues)
    self.sample = NormalizedRows(sample, profile: profile, missingValues: missingValues)
    self.profile = profile
  }

  /// Rules and formulas that hold in every row, beside those that are given.
  func foundRules(beside given: ReadingOptions) throws -> FoundRules {
    let search = RuleSearch(
      rows: rows, sample: sample, profile: profile, kinds: kinds, keys: keys)
    return try FoundRules(search, beside: given, key: key) { (try? rules($0)) != nil }
  }

  /// Rules that do not contradict each other or the table.
  func rules(_ constraints: [Constraint]) throws(ConstraintError) -> ConstraintSet {
    try ConstraintSet(
      constraints, columnNames: rows.columnNames,
      quantity: { kinds[$0]?.quantity },
      number: { kinds[$1]?.number(spelled: $0, in: profile.columns[$1].numberFormat) })
  }

  /// The encoders of all subfields. Columns that are learnt as they are need no other pass: their profile is known.
  func encoders(
    _ fitted: [FittedField], reader: SubfieldReader, rules: ConstraintSet,
    options: TableEncoder.Options
  ) throws -> [ColumnEncoder] {
    let owners = fitted.flatMap { field in field.field.parts.map { _ in field } }
    let areScanned = owners.map { $0.field.coding != .column }
    var scanners = owners.map { _ in SubfieldScanner(columnCount: owners.count) }
    var numbers = NumberSample(columnCount: owners.count)
    if areScanned.contains(true) || fitted.count < profile.columns.count {
      try reader.forEachBatch(of: rows) { batch in
        for subfield in owners.indices where areScanned[subfield] {
          scanners[subfield].scan(batch, subfield: subfield, keys: keys)
        }
        numbers.add(batch)
      }
    } else {
      try sample.forEachBatch { numbers.add($0) }
    }
    var encoders = try owners.indices.map { subfield in
      let (field, policy) = (owners[subfield].field, policies[owners[subfield].column])
      guard areScanned[subfield] else {
        var profile = profile.columns[owners[subfield].column]
        try profile.restrict(to: rules.intervals[owners[subfield].column], policy: policy)
        return ColumnEncoder(profile, policy: policy, drawsRare: field.rareValues != .frequent)
      }
      return try scanners[subfield].encoder(
        name: "\(field.name) \(subfield)", interval: Interval(), policy: policy,
        drawsRare: field.rareValues != .frequent || field.codec.drawsRareCodes)
    }
    let deltas = numbers.deltaCodings(encoders, keys: keys, minimumUnits: minimumJointRows)
    for (subfield, delta) in deltas { encoders[subfield].follow(delta) }
    return encoders
  }

  /// The codes of all rows, and for each subfield the rows whose words are hidden.
  func codes(
    _ reader: SubfieldReader, columns: [ColumnEncoder]
  ) throws -> (EncodedTable, hiddenRows: [Int]) {
    let lookUps = columns.map { CodeLookUp($0) }
    let areNumbers = columns.map { if case .number = $0.kind { true } else { false } }
    var codes = columns.map { _ in [UInt16]() }
    var inexactRows = columns.map { _ in [Int32]() }
    var hiddenRows = columns.map { _ in 0 }
    for index in codes.indices { codes[index].reserveCapacity(profile.rowCount) }
    try reader.forEachBatch(of: rows) { batch in
      for column in columns.indices {
        lookUps[column].forEachResult(of: column, in: batch) { row, result in
          codes[column].append(UInt16(result.code))
          switch result {
          case .nearest: inexactRows[column].append(Int32(batch.firstRow + row))
          case .unknown where areNumbers[column]: hiddenRows[column] += 1
          case .code, .beyond, .missing, .unknown: break
          }
        }
      }
    }
    guard codes.allSatisfy({ $0.count == profile.rowCount }) else {
      throw SynthError.changedWhileReading(name: rows.name)
    }
    let table = EncodedTable(
      rowCount: profile.rowCount, columns: codes, inexactRows: inexactRows, keys: keys,
      minimumJointRows: minimumJointRows)
    return (table, hiddenRows)
  }
}

extension Field {
  /// Whether only some combinations of its subfields make a value.
  fileprivate var isLinked: Bool {
    if case .vocabulary = coding { true } else { false }
  }
}

extension KindDetection {
  /// What is compared where values are; nil for values without an order.
  var quantity: ConstraintSet.Quantity? {
    switch (kind, format) {
    case (_, .temporal(let format)): format.content == .time ? .timeOfDay : .date
    case (.integer, _), (.decimal, _): .number
    default: nil
    }
  }

  /// What a spelling means in the column: numbers themselves, days since 1970 and their fractions for dates; nil where it means
  /// nothing.
  ///
  /// - Parameter numbers: how the column spells its numbers.
  func number(spelled text: String, in numbers: NumberFormat) -> Double? {
    var text = text
    return text.withUTF8 { field in
      if case .temporal = format { return number(field) }
      return numbers.parse(field)?.value
    }
  }

  /// The same for the bytes of a field whose numbers are spelled plainly.
  func number(_ field: UnsafeBufferPointer<UInt8>) -> Double? {
    guard case .temporal(let format) = format else { return parseNumber(field)?.value }
    return format.parse(field).map(format.days)
  }
}

extension TemporalFormat {
  /// Days since 1970 in UTC, and their fractions.
  func days(of dateTime: DateTimeValue) -> Double {
    Double(dateTime.day) + Double(dateTime.tick) / Double(ticksPerDay)
      - Double(dateTime.offset ?? 0) / 1440
  }
}
