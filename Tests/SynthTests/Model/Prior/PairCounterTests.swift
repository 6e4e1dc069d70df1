import NN
import Synth
import Tables
import TestSupport
import Testing

@Suite struct PairCounterTests {
  private func prior(_ table: Table, threadCount: Int = 1) throws -> PairPrior {
    let encoder = try TableEncoder(table)
    return PairCounter(
      encoder.table, columns: encoder.columns, rows: Array(0..<Int32(table.rowCount))
    ).prior(pool: WorkerPool(threadCount: threadCount))
  }

  /// A district has ten places, and both stand beside what has nothing to do with them and what says a little.
  private func places(_ count: Int, seed: UInt64) throws -> Table {
    var random = SplitMix64(seed: seed)
    let places = (0..<count).map { _ in Int(random.unit() * 30) }
    return try Table(columns: [
      Column("noise", places.map { _ in "n\(Int(random.unit() * 6))" }),
      Column(
        "hint", places.map { random.unit() < 0.3 ? "h\($0 / 10)" : "h\(Int(random.unit() * 3))" }),
      Column("place", places.map { "p\($0)" }),
      Column("district", places.map { "d\($0 / 10)" }),
    ])
  }

  @Test(arguments: 1...5 as ClosedRange<UInt64>)
  func theColumnThatDeterminesIsTheParent(_ seed: UInt64) throws {
    let table = try places(900, seed: seed)
    let prior = try prior(table)
    #expect(prior.parents[0...2] == [[], [], [1]] && prior.parents[3].contains(2))
    let index = try #require(prior.parents[3].firstIndex(of: 2))
    let determined = prior.table(of: 3, parent: index)
    #expect(determined.rows >= 30 && determined.columns >= 3)
    // Each place names one district: three times as likely as without, or nearly impossible.
    for place in 0..<30 {
      let row = determined.rows(place..<place + 1).elements
      #expect(row.count { $0 > 0.9 } == 1 && row.count { $0 < -4 } >= 2, "place \(place)")
    }
    let again = try self.prior(table, threadCount: 3)
    #expect(again.values.buffer.row.elements == prior.values.buffer.row.elements)
  }

  /// Of 500 columns nearly all are noise. Those that say something stand near and far, and are categories and numbers.
  @Test func parentsAreFoundAmongManyColumns() throws {
    var random = SplitMix64(seed: 21)
    let rows = 300
    var columns: [[String]] = (0..<500).map { column in
      (0..<rows).map { _ in
        column % 2 == 0 ? "k\(Int(random.unit() * 5))" : "\(Int(random.unit() * 1000))"
      }
    }
    func copy(_ parent: Int, to child: Int) {
      columns[child] = columns[parent].map { value in
        guard random.unit() < 0.9 else { return columns[child][Int(random.unit() * Double(rows))] }
        // Pairs of equal numbers are too few to be counted alone, neighbours are not.
        return Int(value).map { "\($0 + Int(random.unit() * 120) - 60)" } ?? value
      }
    }
    let planted = [(2, 120), (250, 252), (17, 301), (110, 488), (5, 499)]
    for (parent, child) in planted { copy(parent, to: child) }
    let table = try Table(
      columns: columns.enumerated().map { index, values in
        index % 2 == 0
          ? Column("c\(index)", values) : Column("c\(index)", values.map { Int($0)! })
      })
    let prior = try prior(table)
    for (parent, child) in planted { #expect(prior.parents[child].contains(parent), "\(child)") }
    #expect(prior.parents.allSatisfy { $0.count <= 16 })
    let again = try self.prior(table, threadCount: 3)
    #expect(again.parents == prior.parents)
    #expect(again.values.buffer.row.elements == prior.values.buffer.row.elements)
  }

  /// What was found before the end is kept, and is the same as without it.
  @Test func columnsAfterTheEndHaveNoParents() throws {
    var random = SplitMix64(seed: 22)
    let first = (0..<200).map { _ in Int(random.unit() * 3) }
    let table = try Table(
      columns: (0..<70).map { index in
        Column("c\(index)", first.map { random.unit() < 0.9 ? "v\($0)" : "w" })
      })
    let encoder = try TableEncoder(table)
    let counter = PairCounter(encoder.table, columns: encoder.columns, rows: Array(0..<200))
    let pool = WorkerPool(threadCount: 2)
    let whole = counter.prior(pool: pool)
    var asked: [Int] = []
    let part = counter.prior(pool: pool) { done in
      asked.append(done)
      return done < 64
    }
    #expect(asked.prefix(3) == [0, 32, 64])
    #expect(whole.parents.dropFirst().allSatisfy { !$0.isEmpty })
    #expect(part.parents == whole.parents.prefix(64) + (64..<70).map { _ in [] })
    for column in 1..<64 {
      for index in whole.parents[column].indices {
        #expect(
          part.table(of: column, parent: index).elements
            == whole.table(of: column, parent: index).elements)
      }
    }
  }

  /// Without protection a pair of one row is used as counted; with it, it is pooled.
  @Test(arguments: [true, false]) func pairsOfOneRow(isProtected: Bool) throws {
    let pairs = (0..<60).map { ("a\($0 % 2)", "b\($0 % 2)") } + [("a0", "b1")]
    let table = try Table(columns: [
      Column("first", pairs.map(\.0)), Column("second", pairs.map(\.1)),
    ])
    var options = TableEncoder.Options()
    if !isProtected { options.policy = .none }
    let encoder = try TableEncoder(table, options: options)
    let rows = Array(0..<Int32(61))
    let prior = PairCounter(encoder.table, columns: encoder.columns, rows: rows)
      .prior(pool: WorkerPool(threadCount: 1))
    #expect(prior.parents == [[], [0]])
    let sizes = encoder.columns.map(\.vocabularySize)
    let alone = RankGroupPair(
      parents: Coarsening(alone: encoder.columns[0].neighbourOrder),
      codes: Coarsening(alone: encoder.columns[1].neighbourOrder))
    func ratios(minimumRows: Int) -> [Float] {
      JointCounts(
        encoder.table.columns[0], encoder.table.columns[1], parentSize: sizes[0], size: sizes[1],
        rows: rows[...], minimumRows: minimumRows
      ).logRatios(of: alone, isHint: false)
    }
    let (kept, pooled) = (ratios(minimumRows: 1), ratios(minimumRows: 5))
    #expect(kept != pooled)
    // The prior's table is a weight times the ratios.
    let (found, expected) = (prior.table(of: 1, parent: 0).elements, isProtected ? pooled : kept)
    let weight = try #require(zip(found, expected).first { $1 != 0 }.map { $0 / $1 })
    expectClose(found.map { Double($0) }, expected.map { Double(weight * $0) }, absolute: 1e-5)
  }

  /// With many rows the network learns what columns determine together: each has one parent, which determines all of it.
  @Test func largeTablesHaveOneParentForAColumn() throws {
    let few = try prior(places(4_999, seed: 7))
    #expect(few.parents[3].count > 1)
    let table = try places(5_000, seed: 7)
    let many = try prior(table)
    #expect(many.parents == [[], [], [1], [2]])
    let encoder = try TableEncoder(table)
    let sizes = encoder.columns.map(\.vocabularySize)
    let joint = JointCounts(
      encoder.table.columns[2], encoder.table.columns[3], parentSize: sizes[2], size: sizes[3],
      rows: Array(0..<5_000)[...])
    let alone = RankGroupPair(
      parents: Coarsening(alone: encoder.columns[2].neighbourOrder),
      codes: Coarsening(alone: encoder.columns[3].neighbourOrder))
    let ratios = joint.logRatios(of: alone, isHint: true)
    #expect(many.table(of: 3, parent: 0).elements == ratios)
  }

  /// Ten rows of each age say nothing, a few groups of ages do.
  @Test func numbersOfFewRowsAreCountedTogether() throws {
    var random = SplitMix64(seed: 11)
    let ages = (0..<200).map { _ in 18 + Int(random.unit() * 60) }
    let table = try Table(columns: [
      Column("age", ages),
      Column("home", ages.map { random.unit() < Double($0) / 80 ? "owned" : "rented" }),
    ])
    let prior = try prior(table)
    #expect(prior.parents == [[], [0]])
    let ratios = prior.table(of: 1, parent: 0)
    // Few distinct rows, and old people own more than young ones.
    let owned = (0..<ratios.rows).map { ratios[$0, 0] }
    #expect((2...12).contains(Set(owned).count) && owned.count > 15)
    #expect(abs(owned[0] - owned[owned.count - 1]) > 0.2)
  }

  /// In one pair of twenty at most chance looks like three nats.
  @Test func columnsThatAreIndependentRarelyHaveParents() throws {
    var parentCount = 0
    for seed in 1...60 as ClosedRange<UInt64> {
      var random = SplitMix64(seed: seed)
      let table = try Table(columns: [
        Column("a", (0..<150).map { _ in "a\(Int(random.unit() * 4))" }),
        Column("b", (0..<150).map { _ in "b\(Int(random.unit() * random.unit() * 7))" }),
        Column("c", (0..<150).map { _ in (random.unit() * 1000).rounded() / 10 }),
      ])
      let prior = try prior(table)
      parentCount += prior.parents.count { !$0.isEmpty }
    }
    #expect(parentCount <= 60 * 3 / 20)
  }
}
