import NN
import Synth
import Tables
import TestSupport
import Testing

@Suite struct BalancingStrataTests {
  @Test func fewCodesAreGroupsOfTheirOwn() {
    #expect(BalancingStrata.starts(shares: [1]) == [0, 1])
    #expect(BalancingStrata.starts(shares: [0.9, 0, 0.1]) == [0, 1, 2, 3])
    #expect(BalancingStrata.starts(shares: Array(repeating: 1, count: 16)) == Array(0...16))
  }

  /// The shares are those of the table; rare categories, in whose place others are drawn, have none.
  @Test func sharesAreThoseOfTheTable() async throws {
    let rows = (0..<600).map { row in row % 3 == 0 ? "v\(row % 60)" : row < 570 ? "w" : "r\(row)" }
    let encoder = try TableEncoder(
      Table(columns: [Column("a", rows)]), options: TableEncoder.Options())
    let column = encoder.columns[0]
    var shares = column.counts.map(Double.init)
    let rare = try #require(column.suppressedCode)
    #expect(shares[rare] > 0 && shares.count > 17)
    shares[rare] = 0
    #expect(
      BalancingStrata(encoder.columns).starts == [BalancingStrata.starts(shares: shares)])
  }

  @Test func manyEqualCodesAreGroupedEvenly() {
    #expect(
      BalancingStrata.starts(shares: Array(repeating: 0.5, count: 64))
        == Array(stride(from: 0, through: 64, by: 4)))
  }

  /// A code with half of the rows is alone, and the others share what is left of the groups.
  @Test func frequentCodesAreAlone() {
    let starts = BalancingStrata.starts(shares: [30] + Array(repeating: 1, count: 30))
    #expect(starts == [0, 1] + Array(stride(from: 3, through: 31, by: 2)))
  }

  /// Groups are at most 16, ascending from the first code to the last, whatever the shares, none of which may have any.
  @Test func groupsCoverTheCodes() {
    for seed in 1...300 as ClosedRange<UInt64> {
      var generator = SplitMix64(seed: seed)
      let count = 1 + Int(generator.next() % 400)
      let shares = generator.uniform(count, in: 0...1).map { share -> Double in
        switch seed % 4 {
        case 0: 0
        case 1: share < 0.9 ? 0 : Double(share)
        case 2: Double(share * share * share * share * share)
        default: Double(share)
        }
      }
      let starts = BalancingStrata.starts(shares: shares)
      #expect(starts.first == 0 && starts.last == count && starts.count <= 17)
      #expect(zip(starts, starts.dropFirst()).allSatisfy(<))
    }
  }
}
