/// What the columns of a table are, to be read and corrected by people.
///
/// A schema may name some columns only: what the others are is found out. Of a column that is named, ``Column/kind``,
/// ``Column/isExcluded`` and ``Column/derived`` count; the rest shows what was found.
public struct TableSchema: Sendable, Equatable, Codable {
  /// One column of a table.
  public struct Column: Sendable, Equatable, Codable {
    /// The name in the header.
    public var name: String
    /// What the column holds; nil where that is to be found out.
    public var kind: ColumnKind?
    /// Whether the column is left out.
    public var isExcluded = false
    /// The formula of other columns that computes it; nil where it is learnt.
    public var derived: String?
    /// The number of different values.
    public var cardinality: Int?
    /// The share of rows without a value.
    public var missingShare: Double?
    /// About where the lowest values of numbers and dates lie; not the value of single rows.
    public var lowest: String?
    /// About where the highest values of numbers and dates lie; not the value of single rows.
    public var highest: String?
    /// What some rows have in place of numbers or dates; nil where that is nothing.
    public var words: [String]?
    /// How the values of single rows are protected.
    public var protection: ValueProtection?

    enum CodingKeys: String, CodingKey, CaseIterable {
      case isExcluded = "excluded"
      case name, kind, derived, cardinality, missingShare, lowest, highest, words, protection
    }

    /// A column of which nothing is known.
    public init(name: String) { self.name = name }
  }

  /// The number of rows of the table that the schema was made of.
  public var rowCount: Int?
  /// In table order where the schema was made of a table.
  public var columns: [Column]
  /// Rules that hold in every row, as text.
  public var constraints: [String]

  enum CodingKeys: String, CodingKey, CaseIterable {
    case rowCount = "rows"
    case columns, constraints
  }

  /// A schema that leaves everything not named to be found out.
  public init(columns: [Column] = [], constraints: [String] = []) {
    self.columns = columns
    self.constraints = constraints
  }

  /// Finds out what the columns of a table are.
  ///
  /// - Throws: `TableError.noRows` for a table without rows, and what reading throws.
  public init(of source: some RowSource, missingValues: MissingValues = .standard) throws {
    self.init(of: try TableProfile(scanning: source, missingValues: missingValues))
  }

  /// Says what the columns of a profile are.
  public init(of profile: TableProfile) {
    self.init(columns: profile.columns.map { Column($0, rowCount: profile.rowCount) })
    rowCount = profile.rowCount
  }
}

// MARK: - Corrections

extension TableSchema {
  /// Says what a column holds.
  public mutating func setKind(_ kind: ColumnKind, ofColumn name: String) {
    columns[index(ofColumn: name)].kind = kind
  }

  /// Leaves a column out.
  public mutating func exclude(_ name: String) {
    columns[index(ofColumn: name)].isExcluded = true
  }

  /// Says what a column is computed by, as a formula of others.
  public mutating func derive(_ name: String, by formula: String) {
    columns[index(ofColumn: name)].derived = formula
  }

  /// Says what columns are computed by, by their names. Those that were not named yet are added in the order of their names.
  public mutating func derive(_ formulas: [String: String]) {
    for index in columns.indices {
      if let formula = formulas[columns[index].name] { columns[index].derived = formula }
    }
    let known = Set(columns.map(\.name))
    for (name, formula) in formulas.sorted(by: { $0.key < $1.key }) where !known.contains(name) {
      derive(name, by: formula)
    }
  }

  /// Where a column stands, which is added where it was not named yet.
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
  /// - Throws: `TableError` for a column that the table does not have or that is named twice, and where all are left out.
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

  /// The schema without what it only shows: two that read a table in the same way have the same decisions.
  public var decisions: TableSchema {
    let decided = columns.compactMap { column -> Column? in
      if column.kind == nil && !column.isExcluded && column.derived == nil { return nil }
      var decided = Column(name: column.name)
      (decided.kind, decided.isExcluded) = (column.kind, column.isExcluded)
      decided.derived = column.derived
      return decided
    }
    return TableSchema(columns: decided, constraints: constraints)
  }

  /// What is said of a column.
  public subscript(name: String) -> Column? { columns.first { $0.name == name } }

  /// The columns that are to be read as texts, whatever they look like, for a profile of the table.
  public func textColumns(of source: some RowSource) -> Set<Int> {
    let names = Set(columns.filter { $0.kind?.isText ?? false }.map(\.name))
    return Set(source.columnNames.enumerated().filter { names.contains($1) }.map(\.offset))
  }

  /// What each column of a profile is; nil for those that are left out.
  ///
  /// - Parameter profile: of a table that the schema fits, its ``textColumns(of:)`` read as such.
  /// - Throws: `TableError.kindDoesNotFit` where the values are not what the schema says.
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
  /// Whether values are texts even where they look like numbers.
  fileprivate var isText: Bool {
    switch self {
    case .category, .pattern, .email, .text: true
    default: false
    }
  }
}

/// The columns of a table that can be compared with those of others.
///
/// Identifiers cannot: every row has its own, and rows that are made up have other ones by design.
public struct LearntColumns: Sendable, Equatable {
  /// The columns that hold identifiers, in table order; none where there are no other columns.
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
