import Synth
import TestSupport
import Testing

@Suite struct ConstraintSetTests {
  private let names = ["a", "b", "c", "d"]

  private func set(_ rules: String...) throws -> ConstraintSet {
    try ConstraintSet(rules.map { try Constraint(parsing: $0) }, columnNames: names)
  }

  private func error(_ rules: String...) -> ConstraintError? {
    do {
      _ = try ConstraintSet(rules.map { try Constraint(parsing: $0) }, columnNames: names)
      return nil
    } catch {
      return error as? ConstraintError
    }
  }

  @Test func contradictionsNameTheirRules() {
    #expect(
      error("a < b", "first: b <= c", "c <= a", "a <= d")
        == .contradiction(rules: ["a < b", "first", "c <= a"]))
    #expect(
      error("a in 0...5", "a >= 6", "b >= 0") == .contradiction(rules: ["a in 0...5", "a >= 6"]))
    #expect(error("a in 5...2") == .contradiction(rules: ["a in 5...2"]))
    #expect(
      error("a >= 10", "a <= b", "b <= c", "c <= 9", "d >= 3")
        == .contradiction(rules: ["a >= 10", "a <= b", "b <= c", "c <= 9"]))
    #expect(
      error("a >= 9", "a < b", "b <= 9") == .contradiction(rules: ["a >= 9", "a < b", "b <= 9"]))
    #expect(error("a >= 9", "a <= b", "b <= 9") == nil)
    #expect(
      error("a <= b", "b <= a")
        == .forcedEquality(rules: ["a <= b", "b <= a"], columns: ["a", "b"]))
    #expect(
      error("onehot(a, b)", "a <= 0", "b in -1...0.5")
        == .contradiction(rules: ["onehot(a, b)", "a <= 0", "b in -1...0.5"]))
    #expect(
      error("onehot(a, b)", "onehot(c, d)", "onehot(a, b, c, d)")
        == .contradiction(rules: ["onehot(a, b)", "onehot(c, d)", "onehot(a, b, c, d)"]))
    #expect(error("onehot(a, b)", "onehot(a, b, c)") == nil)
    #expect(error("atmostone(a, b)", "a <= 0", "b <= 0") == nil)
  }

  @Test func whatTheTableDoesNotHaveIsRefused() {
    #expect(
      error("fixed(a, B1)") == .unknownColumn(name: "B1", rule: "fixed(a, B1)", nearest: "b"))
    #expect(
      error("x: a <= price") == .unknownColumn(name: "price", rule: "x", nearest: nil))
    #expect(error("a >= 1-2") == .value("1-2", column: "a", rule: "a >= 1-2"))
    #expect(error("x: a <= b", "x: b <= c") == .duplicateName("x"))
    #expect(
      error("a <= b", "fixed(b, c)")
        == .boundAndCombined(column: "b", bound: ["a <= b"], combined: "fixed(b, c)"))
    // What the other is bound by may be combined.
    #expect(error("a <= b", "fixed(a, c)") == nil)
    let rule = Constraint(.inequality(lower: "a", upper: "b", isStrict: false))
    #expect(throws: ConstraintError.unordered(column: "b", rule: "a <= b")) {
      try ConstraintSet([rule], columnNames: names, quantity: { $0 == 1 ? nil : .number })
    }
    #expect(
      throws: ConstraintError.shape(
        rule: "a < a", remedy: "Name two or more columns, each of them once.")
    ) {
      try ConstraintSet(
        [Constraint(.inequality(lower: "a", upper: "a", isStrict: true))], columnNames: names)
    }
  }

  @Test func columnsAreBoundByAllEarlierOnes() throws {
    let set = try set("c <= a", "c < b", "b <= d", "a <= d")
    func pairs(_ relations: [ColumnRelations.Relation]) -> [String] {
      relations.map { "\(names[$0.lower]) \($0.isStrict ? "<" : "<=") \(names[$0.upper])" }
    }
    #expect(pairs(set.relations.all) == ["a <= d", "b <= d", "c <= a", "c < b", "c < d"])
    #expect(pairs(set.bases(of: 0).lower) == [] && pairs(set.bases(of: 0).upper) == [])
    #expect(pairs(set.bases(of: 2).lower) == [])
    #expect(pairs(set.bases(of: 2).upper) == ["c <= a", "c < b"])
    #expect(pairs(set.bases(of: 3).lower) == ["a <= d", "b <= d", "c < d"])
    #expect(set.relations.all.last?.rules == [1, 2])
    #expect(set.relations.all.map(\.strictCount) == [0, 0, 0, 1, 1])
    // Between two numbers two steps apart there is room for a third.
    let chain = try self.set("a < b", "b < c", "a <= d", "d <= c").relations.all
    #expect(pairs(chain) == ["a < b", "a < c", "a <= d", "b < c", "d <= c"])
    #expect(chain.map(\.strictCount) == [1, 2, 0, 1, 0])
  }

  @Test func rangesLeaveRoomForOthers() throws {
    let set = try set("a <= b", "b < c", "a >= 1", "c <= 9", "b in 0...20")
    #expect(
      set.intervals[0]
        == Interval(lower: .init(value: 1, isStrict: false), upper: .init(value: 9, isStrict: true))
    )
    #expect(
      set.intervals[1]
        == Interval(lower: .init(value: 1, isStrict: false), upper: .init(value: 9, isStrict: true))
    )
    #expect(
      set.intervals[2]
        == Interval(lower: .init(value: 1, isStrict: true), upper: .init(value: 9, isStrict: false))
    )
    #expect(set.intervals[3] == Interval())
  }

  // MARK: Against all rows there are

  /// A rule between four columns, and its meaning in fifths.
  private func randomRule(_ random: inout SplitMix64) -> Constraint {
    func below(_ count: Int) -> Int { min(count - 1, Int(random.unit() * Double(count))) }
    var columns = names
    for index in columns.indices { columns.swapAt(index, index + below(columns.count - index)) }
    switch below(8) {
    case 0...3:
      return Constraint(
        .inequality(lower: columns[0], upper: columns[1], isStrict: below(2) == 0))
    case 4: return Constraint(.range(column: columns[0], lower: "\(below(4))", upper: nil))
    case 5: return Constraint(.range(column: columns[0], lower: nil, upper: "\(below(4))"))
    case 6: return Constraint(.oneHot(Array(columns[0..<2 + below(3)])))
    default: return Constraint(.atMostOne(Array(columns[0..<2 + below(3)])))
    }
  }

  private func obeys(_ row: [Int?], _ constraint: Constraint) -> Bool {
    func value(_ name: String) -> Int? { row[names.firstIndex(of: name)!] }
    switch constraint.condition {
    case .inequality(let lower, let upper, let isStrict):
      guard let low = value(lower), let high = value(upper) else { return true }
      return isStrict ? low < high : low <= high
    case .range(let column, let lower, let upper):
      guard let value = value(column) else { return true }
      return lower.map { value >= 5 * Int($0)! } ?? true
        && upper.map { value <= 5 * Int($0)! } ?? true
    case .oneHot(let columns), .atMostOne(let columns):
      let values = columns.map(value)
      let known = values.compactMap { $0 }
      let isWhole = known.count == values.count
      guard known.allSatisfy({ $0 == 0 || $0 == 5 }) else { return false }
      let sum = known.reduce(0, +)
      if case .oneHot = constraint.condition, isWhole { return sum == 5 }
      return sum <= 5
    case .fixedCombinations: return true
    }
  }

  /// The rows that obey all rules, among numbers in fifths from -0.8 to 3.8: room for four columns in strict order between any
  /// two ends of ranges.
  private func obeyingRows(_ constraints: [Constraint], atMost limit: Int) -> [[Int]] {
    var rows: [[Int]] = []
    func extend(_ row: [Int]) {
      if rows.count >= limit { return }
      if row.count == names.count { return rows.append(row) }
      for value in -4...19 {
        let longer = row + [value]
        let padded = longer.map { $0 as Int? } + Array(repeating: nil, count: 4 - longer.count)
        if constraints.allSatisfy({ obeys(padded, $0) }) { extend(longer) }
      }
    }
    extend([])
    return rows
  }

  @Test(arguments: 1...60 as ClosedRange<UInt64>)
  func contradictoryIsWhatNoRowObeys(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    for _ in 0..<10 {
      let count = 2 + Int(random.unit() * 5)
      let rules = (0..<count).map { _ in randomRule(&random) }
      let rows = obeyingRows(rules, atMost: 200)
      do {
        let set = try ConstraintSet(rules, columnNames: names)
        #expect(!rows.isEmpty, "\(rules)")
        for row in rows {
          for (value, interval) in zip(row, set.intervals) {
            #expect(interval.contains(Double(value) / 5), "\(rules): \(row)")
          }
        }
      } catch {
        switch error {
        case .contradiction(let labels):
          #expect(rows.isEmpty, "\(rules)")
          let named = rules.filter { labels.contains($0.description) }
          #expect(obeyingRows(named, atMost: 1).isEmpty, "\(labels) of \(rules)")
        case .forcedEquality(_, let columns):
          let places = columns.map { names.firstIndex(of: $0)! }
          #expect(rows.allSatisfy { row in Set(places.map { row[$0] }).count == 1 })
        case .boundAndCombined: break
        default: Issue.record(error)
        }
      }
    }
  }
}
