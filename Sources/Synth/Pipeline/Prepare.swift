import Tables

/// Turns rows of fields into codes, by what a first pass over the same table has found.
package struct TableEncoder {
  package let fields: [Field]
  package let columns: [ColumnEncoder]
  package let table: EncodedTable
  /// Which codes columns have together in every row that is drawn; no two of them share a column.
  package let combinations: [DecisionDiagram]
  /// Formulas that do not hold in some rows.
  let brokenDerivations: [BrokenDerivation]
  /// Columns of numbers and dates with words that too few rows share.
  package let hiddenWords: [HiddenWords]

  /// What is to be known of a table before it is read.
  package struct Options {
    package var missingValues = MissingValues.standard
    /// What the columns are.
    package var schema = TableSchema()
    /// Draws how many rows must share what is told.
    package var seed: UInt64 = 1
    /// Rules that every drawn row obeys.
    package var constraints: [Constraint] = []
    /// What may be told of single rows; nil draws for each column how many must share it.
    package var protection: Protection?
    /// Whether rare categories are drawn as such, not as others.
    package var drawsRareToken = false
    /// Columns that are computed from others.
    package var derivations: [Derivation] = []
    /// The column whose different values are counted where protection asks for rows; nil counts rows.
    package var key: String?

    package init() {}

    /// The fewest rows that a count over several columns may stand for.
    fileprivate var leastJointRows: Int {
      min(Protection.jointRows, protection?.leastRows ?? .max)
    }

    /// - Throws: ``DerivationError/ruled(column:rule:)``, ``DerivationError/key(column:)``.
    fileprivate func checkUsesOfDerived() throws(DerivationError) {
      for derivation in derivations {
        if derivation.column == key { throw .key(column: derivation.column) }
        if let rule = constraints.first(where: { $0.columns.contains(derivation.column) }) {
          throw .ruled(column: derivation.column, rule: rule.label)
        }
      }
    }

    /// - Throws: ``ConstraintError/excludedColumn(name:rule:)``.
    fileprivate func checkRulesAboutExcluded() throws {
      for rule in constraints {
        if let name = rule.columns.first(where: { schema[$0]?.isExcluded ?? false }) {
          throw ConstraintError.excludedColumn(name: name, rule: rule.label)
        }
      }
    }
  }

  /// Reads the table twice, for its statistics and for its codes, and more often where fields are taken apart.
  ///
  /// - Throws: `TableError` for what cannot be read or does not fit its schema, ``SynthError/tooFewRows(name:count:)`` below ``leastRows``,
  ///   ``SynthError/unknownKey(name:table:nearest:)``, ``ConstraintError`` for rules that cannot be kept, ``DerivationError`` for
  ///   columns that cannot be derived.
  package init(_ source: some RowSource, options: Options = Options()) throws {
    try options.schema.check(against: source)
    try options.checkRulesAboutExcluded()
    try options.checkUsesOfDerived()
    let key = try options.key.map { try TableEncoder.column(ofKey: $0, in: source) }
    let keys =
      try key.map { try PrivacyUnits(of: $0, in: source, missingValues: options.missingValues) }
      ?? .none
    var sample = NumberSample(
      columnCount: source.columnNames.count, missingValues: options.missingValues)
    let textColumns = options.schema.textColumns(of: source)
    var profile = try TableProfile(
      scanning: source, missingValues: options.missingValues,
      textColumns: textColumns, keys: keys
    ) {
      sample.add($0)
    }
    guard profile.rowCount >= TableEncoder.leastRows else {
      throw SynthError.tooFewRows(name: source.name, count: profile.rowCount)
    }
    guard profile.rowCount <= TableEncoder.mostRows else {
      throw SynthError.tooManyRows(name: source.name, count: profile.rowCount)
    }
    guard key == nil || keys.count == profile.rowCount else {
      throw SynthError.changedWhileReading(name: source.name)
    }
    for column in profile.columns.indices {
      profile.columns[column].spellNumbersApart(from: options.missingValues)
    }
    let protections = profile.columns.indices.map { column in
      options.protection ?? Protection(seed: options.seed, column: column)
    }
    var kinds = try options.schema.kinds(of: profile)
    if let key, kinds[key] != nil, options.schema[profile.columns[key].name]?.kind == nil {
      kinds[key] = KindDetection(key: profile.columns[key], rowCount: profile.rowCount)
    }
    let rows = NormalizedRows(source, profile: profile, missingValues: options.missingValues)
    if rows.changesNumbers {
      sample = NumberSample(columnCount: rows.columnNames.count)
      try rows.forEachBatch { sample.add($0) }
    }
    let derivations = try DerivationSet(
      options.derivations, profile: profile, schema: options.schema, kinds: &kinds)
    brokenDerivations = try derivations.broken(in: rows, profile: profile, kinds: kinds)
    let datesInOrder = try Constraint.datesInOrder(
      of: rows, profile: profile, kinds: kinds, beside: options.constraints)
    let rules = try ConstraintSet(
      options.constraints + datesInOrder, columnNames: source.columnNames,
      isOrdered: { kinds[$0]?.isOrdered ?? false },
      number: { kinds[$1]?.number(spelled: $0, in: profile.columns[$1].numberFormat) })
    let fitter = FieldFitter(
      kinds, profile: profile, protections: protections, keys: keys, rules: rules,
      derivations: derivations)
    let fitted = try fitter.fields(rows)
    fields = fitted.map { fitted in
      var field = fitted.field
      field.leastRows = protections[fitted.column].leastRows
      return field
    }
    let hiddenRows: [Int]
    if fitted.count == profile.columns.count, fitted.allSatisfy({ $0.field.coding == .column }) {
      (columns, table, hiddenRows) = try TableEncoder.encode(
        rows, profile: profile, sample: sample, protections: protections,
        intervals: rules.intervals, keys: keys, options: options)
    } else {
      func ofParts<Element>(_ element: (FittedField) -> Element) -> [Element] {
        fitted.flatMap { field in field.field.parts.map { _ in element(field) } }
      }
      // A template of nothing but digits is no number, nor is a name.
      let areTexts = ofParts { field in
        switch field.field.coding {
        case .template, .vocabulary, .latitude, .identifier: true
        case .column: textColumns.contains(field.column)
        default: false
        }
      }
      // What is no number among these is a word.
      let areNumbers = ofParts { field in
        switch field.field.coding {
        case .dateTime, .bound: true
        case .column: [.integer, .decimal].contains(profile.columns[field.column].type)
        default: false
        }
      }
      let parts = SubfieldRows(rows, fields: fitted)
      var sample = NumberSample(columnCount: parts.columnNames.count)
      var partProfile = try TableProfile(
        scanning: parts, missingValues: MissingValues(spellings: []),
        textColumns: Set(areTexts.indices.filter { areTexts[$0] }),
        numberColumns: Set(areNumbers.indices.filter { areNumbers[$0] }), keys: keys
      ) { sample.add($0) }
      for field in fitted where field.field.coding == .column {
        let part = field.field.parts.lowerBound
        partProfile.columns[part].numberFormat = profile.columns[field.column].numberFormat
        partProfile.columns[part].missingSpelling = field.field.missingSpelling
      }
      (columns, table, hiddenRows) = try TableEncoder.encode(
        parts, profile: partProfile, sample: sample,
        protections: ofParts { protections[$0.column] },
        intervals: ofParts {
          $0.field.coding == .column ? rules.intervals[$0.column] : Interval()
        }, keys: keys, options: options)
    }
    hiddenWords = fields.compactMap { field in
      let rows = field.parts.first.map { hiddenRows[$0] } ?? 0
      return rows > 0 ? HiddenWords(column: field.name, rowCount: rows) : nil
    }
    var parts = profile.columns.map { _ in 0..<0 }
    for field in fitted {
      parts[field.column] = field.field.parts
      // A place is learnt as that of its latitude.
      if case .longitude(let latitude) = field.field.coding {
        parts[field.column] = fitted[latitude].field.parts
      }
    }
    combinations = try rules.diagrams(
      columns: columns, table: table, parts: parts,
      linked: fitted.filter { $0.vocabulary != nil }.map(\.field.parts),
      leastRows: options.protection?.leastRows ?? Protection.rowRange.upperBound)
  }

  private static func column(ofKey name: String, in source: some RowSource) throws -> Int {
    guard let column = source.columnNames.firstIndex(of: name) else {
      throw SynthError.unknownKey(
        name: name, table: source.name, nearest: nearestName(to: name, among: source.columnNames))
    }
    return column
  }

  /// Codes of a table of which every column is learnt as it is, and for each column the rows whose words are hidden.
  ///
  /// - Parameter source: rows whose missing cells are marked.
  private static func encode(
    _ source: some RowSource, profile: TableProfile, sample: NumberSample,
    protections: [Protection],
    intervals: [Interval], keys: PrivacyUnits, options: Options
  ) throws -> ([ColumnEncoder], EncodedTable, hiddenRows: [Int]) {
    var columns = try profile.columns.indices.map { column in
      var profile = profile.columns[column]
      let protection = protections[column]
      let count = profile.numberRowCount
      profile.numbers.removeAll { !intervals[column].contains($0.value) }
      let isLost = profile.numberRowCount == 0 || protection.masks(profile.numberRowCount)
      if count > 0, !protection.masks(count), isLost {
        throw ConstraintError.nothingInRange(column: profile.name)
      }
      return ColumnEncoder(
        profile, protection: protection, drawsRareToken: options.drawsRareToken)
    }
    for (column, delta) in sample.deltaCodings(
      columns, keys: keys, leastKeys: options.leastJointRows)
    {
      columns[column].follow(delta)
    }
    let lookUps = columns.map { CodeLookUp($0) }
    var codes = columns.map { _ in [UInt16]() }
    var inexactRows = columns.map { _ in [Int32]() }
    var hiddenRows = columns.map { _ in 0 }
    for index in codes.indices { codes[index].reserveCapacity(profile.rowCount) }
    try source.forEachBatch { batch in
      for column in columns.indices {
        lookUps[column].append(
          batch, column: column, to: &codes[column], inexactRows: &inexactRows[column],
          hiddenRows: &hiddenRows[column])
      }
    }
    guard codes.allSatisfy({ $0.count == profile.rowCount }) else {
      throw SynthError.changedWhileReading(name: source.name)
    }
    for index in columns.indices { columns[index].count(codes[index]) }
    return (
      columns,
      EncodedTable(
        rowCount: profile.rowCount, columns: codes, inexactRows: inexactRows, keys: keys,
        leastJointRows: options.leastJointRows),
      hiddenRows
    )
  }

  /// Rows are numbered in 32 bits.
  static let mostRows = Int(Int32.max)
  /// Fewer rows than this say nothing that may be told.
  package static let leastRows = Protection.leastValues
}

extension ColumnProfile {
  /// The rows that have a number.
  fileprivate var numberRowCount: Int { numbers.reduce(0) { $0 + $1.count } }
}

extension KindDetection {
  /// Whether values can be compared.
  var isOrdered: Bool {
    switch (kind, format) {
    case (.integer, _), (.decimal, _), (_, .temporal): true
    default: false
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
