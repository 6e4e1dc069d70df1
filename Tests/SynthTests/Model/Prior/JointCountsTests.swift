import Foundation
import NN
import Synth
import Tables
import TestSupport
import Testing

@Suite struct JointCountsTests {
  /// Codes of two columns; the second is that of the first in a share of the rows.
  private func codes(
    _ count: Int, sizes: (Int, Int), share: Double, seed: UInt64
  ) -> (parents: [UInt16], codes: [UInt16]) {
    var random = SplitMix64(seed: seed)
    let parents = (0..<count).map { _ in UInt16(random.unit() * Double(sizes.0)) }
    let codes = parents.map { parent in
      random.unit() < share
        ? parent % UInt16(sizes.1) : UInt16(random.unit() * random.unit() * Double(sizes.1))
    }
    return (parents, codes)
  }

  private func joint(
    _ parents: [UInt16], _ codes: [UInt16], _ sizes: (Int, Int)
  ) -> JointCounts {
    JointCounts(
      parents, codes, parentSize: sizes.0, size: sizes.1,
      rows: Array(0..<Int32(codes.count))[...])
  }

  /// A row for each code of the parent.
  private func ratios(
    _ counts: JointCounts, _ sizes: (Int, Int), order: [Int], isHint: Bool = true
  ) -> [[Float]] {
    let alone = RankGroupPair(
      parents: Coarsening(alone: Array(0..<sizes.0)), codes: Coarsening(alone: order))
    let ratios = counts.logRatios(of: alone, isHint: isHint)
    return (0..<sizes.0).map { Array(ratios[$0 * sizes.1..<($0 + 1) * sizes.1]) }
  }

  // MARK: Strength

  /// Every row predicted from all others, one after another.
  @Test(arguments: [0, 0.1, 0.5, 0.9, 1])
  func theBestStrengthIsThatOfLeaveOneOut(_ share: Double) {
    let sizes = (5, 4)
    for seed in 1...6 as ClosedRange<UInt64> {
      let (parents, codes) = codes(45, sizes: sizes, share: share, seed: seed)
      func gain(_ strength: Double) -> Double {
        codes.indices.reduce(0) { sum, row in
          let others = codes.indices.filter { $0 != row }
          let same = others.filter { codes[$0] == codes[row] }
          let alone = (Double(same.count) + 0.5) / (Double(others.count) + 0.5 * Double(sizes.1))
          let peers = others.count { parents[$0] == parents[row] }
          let pairs = same.count { parents[$0] == parents[row] }
          let given = (Double(pairs) + strength * alone) / (Double(peers) + strength)
          return sum + log(given / alone)
        }
      }
      let gains = [0.0625, 0.25, 1, 4, 16, 64, 256, 1024].map { ($0, gain($0)) }
      let expected = gains.max { $0.1 < $1.1 }!
      let best = joint(parents, codes, sizes).bestStrength
      #expect(best.strength == expected.0)
      #expect(abs(best.gain - expected.1) < 1e-9, "seed \(seed)")
    }
  }

  // MARK: Log ratios

  /// Twenty rows of each of two pairs, nothing between them. Strength 1/16, of which 17/16 are kept: 17/256 = 0.06640625 rows'
  /// worth of 0.5. p(0 | 0) = 20.033203125 / 20.06640625 and p(1 | 0) = 0.033203125 / 20.06640625.
  @Test func logRatiosOfWhatIsCertain() {
    let codes = (0..<40).map { UInt16($0 % 2) }
    let counts = joint(codes, codes, (2, 2))
    #expect(counts.bestStrength.strength == 0.0625)
    expectClose(
      ratios(counts, (2, 2), order: [0, 1]).flatMap(\.self),
      [0.6914911, -5.7110112, -5.7110112, 0.6914911], absolute: 1e-6)
  }

  /// The same with strength 1/16: p(0 | 0) = 20.03125 / 20.0625 and p(1 | 0) = 0.03125 / 20.0625.
  @Test func logRatiosOfLeaveOneOut() {
    let codes = (0..<40).map { UInt16($0 % 2) }
    let ratios = ratios(joint(codes, codes, (2, 2)), (2, 2), order: [0, 1], isHint: false)
    expectClose(
      ratios.flatMap(\.self), [0.6915883, -5.7714411, -5.7714411, 0.6915883], absolute: 1e-6)
  }

  /// What is counted together has the ratios of a table that has groups for codes, except for what is added to every count.
  @Test func groupsAreCountedAsOne() {
    let (parents, codes) = codes(4_000, sizes: (6, 5), share: 0.5, seed: 3)
    let groups = RankGroupPair(
      parents: Coarsening(ranks: [0.1, 0.3, 0.5, 0.7, 0.9, nil], count: 2),
      codes: Coarsening(ranks: [0.2, nil, 0.4, 0.6, 0.8], count: 2))
    #expect(groups.parents.groups == [0, 0, 1, 1, 1, 2] && groups.parents.order == [0, 1, 2])
    #expect(groups.codes.groups == [0, 2, 0, 1, 1])
    let counts = joint(parents, codes, (6, 5))
    let ratios = counts.logRatios(of: groups, isHint: false)
    let merged = joint(
      parents.map { UInt16(groups.parents.groups[Int($0)]) },
      codes.map { UInt16(groups.codes.groups[Int($0)]) }, (3, 3))
    let expected = self.ratios(merged, (3, 3), order: [0, 1, 2], isHint: false)
    for u in 0..<6 {
      for v in 0..<5 {
        let group = (groups.parents.groups[u], groups.codes.groups[v])
        #expect(abs(ratios[u * 5 + v] - expected[group.0][group.1]) < 1e-3, "\(u), \(v)")
      }
    }
    let (best, gain) = counts.grouped(groups).bestStrength
    #expect(best == merged.bestStrength.strength && abs(gain - merged.bestStrength.gain) < 0.01)
  }

  /// 4 of 13 rows of a code are pooled with those of its neighbours.
  @Test func logRatiosArePooled() {
    let rows = [0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3].map { (UInt16(0), UInt16($0)) }
    let others = (0..<40).map { (UInt16(1), UInt16($0 % 4)) }
    let pairs = rows + others
    let counts = joint(pairs.map(\.0), pairs.map(\.1), (2, 4))
    let best = counts.bestStrength.strength
    let strength = best * min(10, 1 + best)
    // Codes 0, 2 and 1 are neighbours, and 2 + 3 rows enough for the first two; the three left over join them.
    let marginal = [12.5, 13.5, 13.5, 15.5].map { $0 / 55 }
    let kept = [12.5, 13.5, 13.5].map { 8 * $0 / 39.5 } + [5]
    let expected = zip(kept, marginal).map { log(($0 + strength * $1) / (13 + strength) / $1) }
    expectClose(
      ratios(counts, (2, 4), order: [0, 2, 1, 3])[0], expected, absolute: 1e-6)
  }

  /// Nothing is kept of a parent's code with too few rows.
  @Test func fewRowsSayNothing() {
    let parents = Array(repeating: UInt16(0), count: 30) + [1, 1, 1, 1]
    let codes = (0..<34).map { UInt16($0 < 28 ? 0 : 1) }
    let ratios = ratios(joint(parents, codes, (3, 2)), (3, 2), order: [0, 1])
    expectClose(ratios[1] + ratios[2], [0, 0, 0, 0], absolute: 1e-6)
    #expect(ratios[0][0] > 0 && ratios[0][1] < 0)
  }

  /// What is conditioned on is a distribution for every code.
  @Test func everyRowIsADistribution() {
    let sizes = (6, 9)
    for seed in 1...20 as ClosedRange<UInt64> {
      let (parents, codes) = codes(120, sizes: sizes, share: 0.4, seed: seed)
      let ratios = ratios(joint(parents, codes, sizes), sizes, order: Array(0..<9))
      for u in 0..<6 {
        let sum = (0..<9).reduce(0.0) { sum, v in
          let marginal = (Double(codes.count { $0 == v }) + 0.5) / (120 + 4.5)
          return sum + marginal * exp(Double(ratios[u][v]))
        }
        #expect(abs(sum - 1) < 1e-5, "seed \(seed), code \(u)")
      }
    }
  }

  // MARK: Protection

  @Test func whatIsProtected() {
    func protected(_ counts: [Double], order: [Int]? = nil) -> [Double] {
      var counts = counts
      let marginal = counts.map { _ in 1 / Double(counts.count) }
      JointCounts.protect(&counts, order: order ?? Array(counts.indices), marginal: marginal)
      return counts
    }
    #expect(protected([7, 0, 5, 0]) == [7, 0, 5, 0])
    #expect(protected([2, 3, 9, 1, 4]) == [2.5, 2.5, 9, 2.5, 2.5])
    #expect(protected([2, 3, 9, 1, 4], order: [0, 4, 2, 1, 3]) == [2.5, 2.5, 9, 2.5, 2.5])
    #expect(protected([4, 4, 4, 1]) == [4, 4, 2.5, 2.5])
    // Nobody may know whether one row or four are left over.
    #expect(protected([9, 1]) == [9, 2.5] && protected([9, 4]) == [9, 2.5])
    #expect(protected([9, 1, 0, 3]) == protected([9, 0, 2, 0]))
  }

  /// In a table with a key, cells of few keys are few, however many rows they have.
  @Test func keysAreCounted() {
    func keys(_ keys: ClosedRange<UInt16>...) -> [PrivacyUnitSet] {
      keys.map { range in
        var set = PrivacyUnitSet()
        for key in range { set.insert(key) }
        return set
      }
    }
    func protected(_ counts: [Double], _ keys: [PrivacyUnitSet]) -> [Double] {
      var counts = counts
      JointCounts.protect(
        &counts, keys: keys, order: Array(counts.indices),
        marginal: counts.map { _ in 1 / Double(counts.count) })
      return counts
    }
    #expect(protected([100, 50], keys(1...1, 2...9)) == [2.5, 50])
    #expect(protected([40, 30, 9], keys(1...4, 11...13, 2...9)) == [35, 35, 9])
    // The same three people in both cells.
    #expect(protected([40, 30, 9], keys(1...3, 1...3, 2...9)) == [1.25, 1.25, 9])
    #expect(protected([40, 0, 9], keys(1...3, 1...3, 2...9)) == [1.25, 1.25, 9])
  }

  /// Thirty rows of a pair, one of another, and no protection: strength a has p(1 | 0) = (1 + a p(1)) / (31 + a).
  @Test func withoutProtectionEveryCountIsKept() {
    var counts = [3.0, 0, 9, 1]
    JointCounts.protect(&counts, least: 1, order: [0, 1, 2, 3], marginal: [0.4, 0.1, 0.4, 0.1])
    #expect(counts == [3, 0, 9, 1])

    let parents = Array(repeating: UInt16(0), count: 31) + Array(repeating: UInt16(1), count: 31)
    let codes = (0..<62).map { UInt16($0 < 30 ? 0 : 1) }
    let joint = JointCounts(
      parents, codes, parentSize: 2, size: 2, rows: Array(0..<62)[...], minimumRows: 1)
    let strength = joint.bestStrength.strength
    let marginal = 32.5 / 63
    let expected = log((1 + strength * marginal) / (31 + strength) / marginal)
    expectClose(
      [ratios(joint, (2, 2), order: [0, 1], isHint: false)[0][1]], [expected], absolute: 1e-6)
  }

  @Test func noGroupOfFewRowsIsKept() {
    for seed in 1...500 as ClosedRange<UInt64> {
      var random = SplitMix64(seed: seed)
      let size = 1 + Int(random.unit() * 30)
      let counts = (0..<size).map { _ in
        (random.unit() * random.unit() * random.unit() * 20).rounded(.down)
      }
      let weights = counts.map { _ in 0.01 + random.unit() }
      let marginal = weights.map { $0 / weights.reduce(0, +) }
      var order = Array(0..<size)
      order.shuffle(using: &random)
      var kept = counts
      JointCounts.protect(&kept, order: order, marginal: marginal)

      let small = order.filter { counts[$0] < 5 }
      for code in 0..<size where counts[code] >= 5 { #expect(kept[code] == counts[code]) }
      let rest = small.reduce(0) { $0 + counts[$1] }
      let keptRest = small.reduce(0) { $0 + kept[$1] }
      #expect(abs(keptRest - (rest > 0 && rest < 5 ? 2.5 : rest)) < 1e-9, "seed \(seed)")
      // Neighbours that are shared out alike are a group.
      var groups: [(share: Double, rows: Double)] = []
      for code in small {
        let share = kept[code] / marginal[code]
        if let last = groups.last, abs(last.share - share) <= 1e-9 * share {
          groups[groups.count - 1].rows += kept[code]
        } else {
          groups.append((share, kept[code]))
        }
      }
      if rest == 0 || rest >= 5 {
        #expect(groups.allSatisfy { $0.rows == 0 || $0.rows > 5 - 1e-9 }, "seed \(seed)")
      } else {
        #expect(groups.count == 1, "seed \(seed)")
      }
    }
  }
}
