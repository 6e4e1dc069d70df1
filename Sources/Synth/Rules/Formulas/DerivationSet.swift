import Tables

/// The derived columns of one table.
struct DerivationSet {
  /// A derived column, by the places of columns in the table.
  struct Element {
    let derivation: Derivation
    let column: Int
    /// Those of the formula.
    let operands: [Int]
  }

  /// Such that columns come after those that they are derived from.
  let elements: [Element]

  /// Checks formulas against each other and the table.
  ///
  /// - Parameters:
  ///   - columnNames: those of the table.
  ///   - isExcluded: whether a column, by its place, is left out.
  ///   - unit: the unit of a column, by its index; nil for columns that are not numbers.
  /// - Throws: ``DerivationError``.
  init(
    _ derivations: [Derivation], columnNames: [String], isExcluded: (Int) -> Bool = { _ in false },
    unit: (Int) -> RuleColumn.Unit?
  ) throws(DerivationError) {
    var elements: [Element] = []
    for derivation in derivations {
      var places: [Int] = []
      for name in [derivation.column] + derivation.formula.columns {
        guard let place = columnNames.firstIndex(of: name) else {
          throw .unknownColumn(
            name: name, derivation: derivation.description,
            nearest: nearestName(to: name, among: columnNames))
        }
        if isExcluded(place) {
          throw .excludedColumn(name: name, derivation: derivation.description)
        }
        places.append(place)
      }
      if elements.contains(where: { $0.column == places[0] }) {
        throw .derivedTwice(column: derivation.column)
      }
      elements.append(
        Element(derivation: derivation, column: places[0], operands: Array(places[1...])))
    }
    let operands = Dictionary(uniqueKeysWithValues: elements.map { ($0.column, $0.operands) })
    switch DerivationSet.order(operands) {
    case .cyclic(let columns): throw .cycle(columns: columns.sorted().map { columnNames[$0] })
    case .columns(let columns):
      self.elements = columns.map { column in elements.first { $0.column == column }! }
    }
    for element in elements { try DerivationSet.checkUnits(of: element, columnNames, unit) }
  }

  /// Checks formulas against a table, whose derived columns are read as numbers.
  ///
  /// - Parameter kinds: what the columns are; nil for those that are left out.
  init(
    _ derivations: [Derivation], profile: TableProfile, schema: TableSchema,
    kinds: inout [KindDetection?]
  ) throws {
    let derived = Set(derivations.map(\.column))
    for (index, column) in profile.columns.enumerated() where derived.contains(column.name) {
      let kind: ColumnKind = column.type == .integer ? .integer : .decimal
      guard column.numbers.count > 0, schema[column.name]?.kind == nil else { continue }
      kinds[index] = try KindDetection(column, rowCount: profile.rowCount, as: kind)
    }
    let detected = kinds
    try self.init(
      derivations, columnNames: profile.columns.map(\.name),
      isExcluded: { detected[$0] == nil },
      unit: { column in
        detected[column].flatMap {
          RuleColumn.Unit($0, isNumeric: !profile.columns[column].numbers.isEmpty)
        }
      })
  }

  /// What a column of the table is derived by; nil where it is not.
  subscript(column: Int) -> Derivation? { elements.first { $0.column == column }?.derivation }

  private static func checkUnits(
    of element: Element, _ columnNames: [String], _ unit: (Int) -> RuleColumn.Unit?
  ) throws(DerivationError) {
    let text = element.derivation.description
    var units: [RuleColumn.Unit] = []
    for column in element.operands {
      guard let unit = unit(column) else {
        throw .notNumeric(column: columnNames[column], derivation: text)
      }
      units.append(unit)
    }
    guard unit(element.column) == .number else {
      throw .notNumeric(column: element.derivation.column, derivation: text)
    }
    guard element.derivation.formula.unit(units) == .number else { throw .units(derivation: text) }
  }

  /// How columns can be computed one after another.
  enum Order: Equatable {
    case columns([Int])
    /// These are derived from each other, or from themselves.
    case cyclic([Int])
  }

  /// Columns after those that they are derived from, else in ascending order.
  ///
  /// - Parameter operands: for each column the others that it is derived from; some of them are themselves.
  static func order(_ operands: [Int: [Int]]) -> Order {
    var (ordered, left) = ([Int](), operands.keys.sorted())
    var waiting = Set(left)
    while !left.isEmpty {
      let count = left.count
      left.removeAll { column in
        guard operands[column]!.allSatisfy({ !waiting.contains($0) }) else { return false }
        waiting.remove(column)
        ordered.append(column)
        return true
      }
      if left.count == count { return .cyclic(DerivationSet.cycle(through: left, operands)) }
    }
    return .columns(ordered)
  }

  /// A cycle among columns each of which is derived from one of them.
  private static func cycle(through columns: [Int], _ operands: [Int: [Int]]) -> [Int] {
    var way: [Int] = []
    var column = columns[0]
    while true {
      if let start = way.firstIndex(of: column) { return Array(way[start...]) }
      way.append(column)
      column = operands[column]!.first(where: columns.contains)!
    }
  }
}
