/// The kinds of a table's columns, to be read and corrected by users.
///
/// A schema may name only some columns; the kinds of the others are detected. Of a named column, only ``Column/kind``,
/// ``Column/isExcluded`` and ``Column/derived`` count; the rest shows what was found.
public struct TableSchema: Sendable, Equatable, Codable {
  /// One column of a table.
  public struct Column: Sendable, Equatable, Codable {
    /// The name in the header.
    public var name: String
    /// The kind of the column; nil to detect it.
    public var kind: ColumnKind?
    /// Whether the column is left out.
    public var isExcluded = false
    /// The formula that computes the column from others; nil for a learnt column.
    public var derived: String?
    /// The number of distinct values.
    public var cardinality: Int?
    /// The share of rows without a value.
    public var missingShare: Double?
    /// The rounded lowest number or date, without values of single rows.
    public var lowest: String?
    /// The rounded highest number or date, without values of single rows.
    public var highest: String?
    /// The words that some rows have in place of numbers or dates; nil if there are none.
    public var words: [String]?
    /// How the values of single rows are protected.
    public var protection: ValueProtection?
    /// The share of rows with a category that too few rows share; nil if there are none.
    public var rareShare: Double?
    /// What new rows have in place of these categories.
    public var rareReplacement: String?
    /// What else the column may be.
    public var hint: String?

    enum CodingKeys: String, CodingKey, CaseIterable {
      case isExcluded = "excluded"
      case name, kind, derived, cardinality, missingShare, lowest, highest, words, protection
      case rareShare, rareReplacement, hint
    }

    /// A column of unknown kind.
    public init(name: String) { self.name = name }
  }

  /// The number of rows of the table that the schema was made from.
  public var rowCount: Int?
  /// The columns, in table order if the schema was made from a table.
  public var columns: [Column]
  /// Rules that hold in every row, as text.
  public var constraints: [String]
  /// Whether training obeys other rules as well that hold in every row of the table. A schema that lists the rules of its table
  /// switches this off, so that rules can be removed from it.
  public var findsRules = true

  enum CodingKeys: String, CodingKey, CaseIterable {
    case rowCount = "rows"
    case columns, constraints, findsRules
  }

  /// A schema of some columns; all others are detected.
  public init(columns: [Column] = [], constraints: [String] = []) {
    self.columns = columns
    self.constraints = constraints
  }

  /// Detects what the columns of a table hold.
  ///
  /// - Throws: `TableError.noRows` for a table without rows, and errors of reading.
  public init(of source: some RowSource, missingValues: MissingValues = .standard) throws {
    self.init(of: try TableProfile(scanning: source, missingValues: missingValues))
  }

  /// Detects what the columns of a profile hold.
  ///
  /// - Parameters:
  ///   - profile: The profile of a table.
  ///   - minimumRows: The fewest rows that share what the schema shows: at least so many rows lie at or beyond the lowest and the
  ///     highest value, and have each word.
  public init(of profile: TableProfile, minimumRows: Int = 7) {
    self.init(
      columns: profile.columns.map {
        Column($0, rowCount: profile.rowCount, minimumRows: minimumRows)
      })
    rowCount = profile.rowCount
  }
}

// MARK: - Corrections

extension TableSchema {
  /// Sets the kind of a column.
  public mutating func setKind(_ kind: ColumnKind, ofColumn name: String) {
    columns[index(ofColumn: name)].kind = kind
  }

  /// Leaves a column out.
  public mutating func exclude(_ name: String) {
    columns[index(ofColumn: name)].isExcluded = true
  }

  /// Sets the formula that computes a column from others.
  public mutating func derive(_ name: String, by formula: String) {
    columns[index(ofColumn: name)].derived = formula
  }

  /// Sets the formulas of columns by their names. Columns that the schema does not name yet are added in the order of their names.
  public mutating func derive(_ formulas: [String: String]) {
    for index in columns.indices {
      if let formula = formulas[columns[index].name] { columns[index].derived = formula }
    }
    let known = Set(columns.map(\.name))
    for (name, formula) in formulas.sorted(by: { $0.key < $1.key }) where !known.contains(name) {
      derive(name, by: formula)
    }
  }

  /// The index of a column, which is added if the schema does not name it yet.
  private mutating func index(ofColumn name: String) -> Int {
    if let index = columns.firstIndex(where: { $0.name == name }) { return index }
    columns.append(Column(name: name))
    return columns.count - 1
  }
}

// MARK: - Use

extension TableSchema {
  /// Refuses a schema that does not fit a table.
  ///
  /// - Throws: `TableError` for a column that the table does not have or that is named twice, and if all columns are left out.
  public func check(against source: some RowSource) throws {
    let names = source.columnNames
    let isKnown = Set(names)
    var seen = Set<String>()
    for column in columns {
      guard isKnown.contains(column.name) else {
        throw TableError.unknownColumn(
          table: source.name, name: column.name, nearest: nearestName(to: column.name, among: names)
        )
      }
      guard seen.insert(column.name).inserted else {
        throw TableError.columnDescribedTwice(name: column.name)
      }
    }
    if isKnown.isSubset(of: columns.filter(\.isExcluded).map(\.name)) {
      throw TableError.allColumnsExcluded(table: source.name)
    }
  }

  /// The schema without the properties that are only shown. Two schemas that read a table in the same way have the same decisions.
  public var decisions: TableSchema {
    let decided = columns.compactMap { column -> Column? in
      if column.kind == nil && !column.isExcluded && column.derived == nil { return nil }
      var decided = Column(name: column.name)
      (decided.kind, decided.isExcluded) = (column.kind, column.isExcluded)
      decided.derived = column.derived
      return decided
    }
    var schema = TableSchema(columns: decided, constraints: constraints)
    schema.findsRules = findsRules
    return schema
  }

  /// The description of a column; nil if the schema does not name it.
  public subscript(name: String) -> Column? { columns.first { $0.name == name } }

  /// The columns that a profile of the table must read as texts even if they look like numbers.
  public func textColumns(of source: some RowSource) -> Set<Int> {
    let names = Set(columns.filter { $0.kind?.isText ?? false }.map(\.name))
    return Set(source.columnNames.enumerated().filter { names.contains($1) }.map(\.offset))
  }

  /// The kind of each column of a profile; nil for columns that are left out.
  ///
  /// - Parameter profile: of a table that the schema fits, with its ``textColumns(of:)`` read as texts.
  /// - Throws: `TableError.kindDoesNotFit` if the values of a column are not of the schema's kind.
  public func kinds(of profile: TableProfile) throws -> [KindDetection?] {
    let described = Dictionary(columns.map { ($0.name, $0) }) { first, _ in first }
    return try profile.columns.map { column in
      let described = described[column.name]
      if described?.isExcluded ?? false { return nil }
      guard let kind = described?.kind else {
        return KindDetection(column, rowCount: profile.rowCount)
      }
      return try KindDetection(column, rowCount: profile.rowCount, as: kind)
    }
  }
}

extension ColumnKind {
  /// Whether values are texts even if they look like numbers.
  fileprivate var isText: Bool {
    switch self {
    case .category, .pattern, .email, .text: true
    default: false
    }
  }
}

/// The columns of a table that can be compared with those of other tables.
///
/// Identifiers cannot be compared: every row has its own, and synthetic rows have new ones by design.
public struct LearntColumns: Sendable, Equatable {
  /// The columns that hold identifiers, in table order; none if there are no other columns.
  public let identifiers: [String]

  /// Finds the identifiers of a table.
  ///
  /// - Throws: `TableError.noRows` for a table without rows, and what reading throws.
  public init(of source: some RowSource, missingValues: MissingValues = .standard) throws {
    let schema = try TableSchema(of: source, missingValues: missingValues)
    let found = schema.columns.filter { $0.kind == .identifier }.map(\.name)
    identifiers = found.count < schema.columns.count ? found : []
  }

  /// A table without the columns that hold identifiers.
  public func selected(from source: any RowSource) -> any RowSource {
    let isLearnt = { (name: String) in !identifiers.contains(name) }
    guard !identifiers.isEmpty, source.columnNames.contains(where: isLearnt) else { return source }
    return selectedColumns(source, where: isLearnt)
  }
}

private func selectedColumns(
  _ source: some RowSource, where isSelected: (String) -> Bool
) -> any RowSource {
  SelectedColumns(source, where: isSelected)
}
