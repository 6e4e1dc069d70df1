import Tables

/// How a table is read: its missing values, what its columns are, and what holds in every row.
public struct ReadingOptions: Sendable {
  /// Spellings that stand for a missing value.
  public var missingValues = MissingValues.standard
  /// The kinds of columns that are not to be detected, and the columns to leave out.
  public var schema = TableSchema()
  /// Rules that every drawn row obeys. A rule that more than one row in twenty breaks is refused, unless ``forcesConstraints``.
  public var constraints: [Constraint] = []
  /// Columns that are computed from others in every drawn row instead of learnt.
  public var derivations: [Derivation] = []

  /// Whether rules and formulas that hold in every row are found and obeyed in addition to the given ones. A schema can switch
  /// this off as well: see `TableSchema/findsRules`.
  public var findsRules = true
  /// Whether rules are obeyed that many rows of the table break.
  public var forcesConstraints = false

  public init() {}

  /// The options with the rules and formulas of the schema among the others.
  ///
  /// - Throws: ``ConstraintError`` for a rule that cannot be parsed, ``DerivationError`` for a formula that cannot.
  func withRulesOfSchema() throws -> ReadingOptions {
    var options = self
    let rules = try schema.constraints.map { try Constraint(parsing: $0) }
    options.constraints += rules.filter { !constraints.contains($0) }
    let derived = try schema.columns.compactMap { column in
      try column.derived.map { Derivation(column.name, try Formula(parsing: $0)) }
    }
    options.derivations += derived.filter { !derivations.contains($0) }
    options.findsRules = findsRules && schema.findsRules
    return options
  }

  /// - Throws: ``DerivationError/ruled(column:rule:)``, ``DerivationError/key(column:)``.
  func checkUsesOfDerived(key: String?) throws(DerivationError) {
    for derivation in derivations {
      if derivation.column == key { throw .key(column: derivation.column) }
      if let rule = constraints.first(where: { $0.columns.contains(derivation.column) }) {
        throw .ruled(column: derivation.column, rule: rule.label)
      }
    }
  }

  /// - Throws: ``ConstraintError/excludedColumn(name:rule:)``.
  func checkRulesAboutExcluded() throws {
    for rule in constraints {
      if let name = rule.columns.first(where: { schema[$0]?.isExcluded ?? false }) {
        throw ConstraintError.excludedColumn(name: name, rule: rule.label)
      }
    }
  }
}
