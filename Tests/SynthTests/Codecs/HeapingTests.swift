import Foundation
import Synth
import Tables
import TestSupport
import Testing

/// Numbers that heap on round numbers are drawn as round as they are.
@Suite struct HeapingTests {
  /// The numbers of a column as they are drawn again from their codes.
  private func redrawn(_ fields: [String]) throws -> (heaping: Heaping?, numbers: [Double]) {
    let (column, codes) = try encoded(fields)
    guard case .number(let number) = column.kind else { throw TableError.noColumns }
    let decoder = CellDecoder(column, column: 0, seed: 2)
    return (
      number.histogram?.heaping,
      codes.enumerated().map { row, code in decoder.number(of: code, row: row) }
    )
  }

  private func share(of numbers: [Double], multiplesOf step: Double) -> Double {
    Double(numbers.count { $0.remainder(dividingBy: step) == 0 }) / Double(numbers.count)
  }

  /// Amounts spread over several decades, so that few of them are frequent.
  private func amounts(_ random: inout SplitMix64, count: Int) -> [Double] {
    (0..<count).map { _ in exp(6 + 6 * random.unit()) }
  }

  @Test func tensStayTens() throws {
    var random = SplitMix64(seed: 1)
    // Three in 20,000 are not multiples of ten, as in a census of incomes.
    let fields = amounts(&random, count: 20_000).enumerated().map { row, amount in
      "\(row < 3 ? Int(amount) / 10 * 10 + 7 : Int(amount) / 10 * 10).0"
    }
    let (heaping, numbers) = try redrawn(fields)
    #expect(heaping?.steps.last == 10)
    #expect(share(of: numbers, multiplesOf: 10) >= 0.999)
  }

  @Test func offGridNumbersKeepTheirShare() throws {
    var random = SplitMix64(seed: 2)
    let values = amounts(&random, count: 20_000).map { amount -> Int in
      let luck = random.unit()
      let step = luck < 0.7 ? 1000 : luck < 0.9 ? 100 : luck < 0.98 ? 10 : 1
      return max(1, Int(amount) / step) * step
    }
    let numbers = try redrawn(values.map(String.init)).numbers
    for step in [10.0, 100, 1000] {
      expectClose(
        [share(of: numbers, multiplesOf: step)],
        [share(of: values.map(Double.init), multiplesOf: step)], absolute: 0.02)
    }
  }

  /// All are multiples of ten, and most of a hundred: no multiples of 25 come between them.
  @Test func finerStepsAreNotPassedOver() throws {
    var random = SplitMix64(seed: 7)
    let fields = amounts(&random, count: 20_000).map { amount in
      let step = random.unit() < 0.97 ? 100 : 10
      return String(Int(amount) / step * step)
    }
    let numbers = try redrawn(fields).numbers
    #expect(share(of: numbers, multiplesOf: 10) >= 0.999)
    expectClose([share(of: numbers, multiplesOf: 100)], [0.973], absolute: 0.005)
  }

  @Test func roundnessDependsOnMagnitude() throws {
    var random = SplitMix64(seed: 3)
    // So many decades that hardly any of the large numbers is frequent.
    let values = (0..<20_000).map { _ -> Int in
      let amount = Int(exp(6 + 9 * random.unit()))
      return amount < 10_000 ? amount / 10 * 10 : amount / 1000 * 1000
    }
    let numbers = try redrawn(values.map(String.init)).numbers
    for (isLarge, step, least) in [(false, 10.0, 0.999), (true, 1000, 0.99)] {
      let part = numbers.filter { ($0 >= 10_000) == isLarge }
      #expect(share(of: part, multiplesOf: step) >= least, "step \(step)")
    }
    let small = numbers.filter { $0 < 10_000 }
    #expect(share(of: small, multiplesOf: 1000) < 0.1)
  }

  @Test(arguments: [0.25, 0.5, 12, 60]) func otherStepsAreFound(step: Double) throws {
    var random = SplitMix64(seed: 4)
    // One in 200 has another last digit.
    let fields = amounts(&random, count: 10_000).map { amount in
      let number = (amount / step).rounded() * step + (random.unit() < 0.005 ? 0.01 : 0)
      return String(format: "%.2f", number)
    }
    let (heaping, numbers) = try redrawn(fields)
    #expect(heaping?.steps.last == Int(step * 100))
    expectClose([share(of: numbers, multiplesOf: step)], [0.995], absolute: 0.003)
  }

  @Test func avoidedMultiplesAreNotDrawn() throws {
    var random = SplitMix64(seed: 5)
    let fields = amounts(&random, count: 5_000).map { "\(Int($0)).50" }
    let numbers = try redrawn(fields).numbers
    #expect(share(of: numbers, multiplesOf: 1) == 0 && share(of: numbers, multiplesOf: 0.5) == 1)
  }

  /// Prices end in .99, .95 or .49 in their own shares, at all magnitudes; all others are as frequent as before.
  @Test func commonEndingsKeepTheirShares() throws {
    var random = SplitMix64(seed: 8)
    let values = amounts(&random, count: 20_000).map { amount -> Int in
      let luck = random.unit()
      let cents = luck < 0.5 ? 99 : luck < 0.6 ? 95 : luck < 0.7 ? 49 : Int(random.unit() * 100)
      return Int(amount) * 100 + cents
    }
    let (heaping, numbers) = try redrawn(values.map { String(format: "%.2f", Double($0) / 100) })
    #expect(heaping?.endings?.modulus == 100 && heaping?.endings?.endings == [49, 95, 99])
    let drawn = numbers.map { Int(($0 * 100).rounded()) }
    for ending in 0..<100 {
      let shares = [drawn, values].map { units in
        Double(units.count { $0 % 100 == ending }) / 20_000
      }
      expectClose([shares[0]], [shares[1]], absolute: 0.012)
    }
  }

  /// Of steps and endings together both are kept: multiples of five, of which most end in 95.
  @Test func endingsBesideSteps() throws {
    var random = SplitMix64(seed: 9)
    let values = amounts(&random, count: 20_000).map { amount in
      random.unit() < 0.6 ? Int(amount) / 100 * 100 + 95 : Int(amount) / 5 * 5
    }
    let (heaping, numbers) = try redrawn(values.map(String.init))
    #expect(heaping?.steps.last == 5 && heaping?.endings?.endings == [95])
    #expect(share(of: numbers, multiplesOf: 5) == 1)
    let drawn = Double(numbers.count { Int($0) % 100 == 95 }) / 20_000
    expectClose([drawn], [Double(values.count { $0 % 100 == 95 }) / 20_000], absolute: 0.012)
  }

  /// The ending of one person is not kept, however many rows that person has in different ranges.
  @Test func endingsOfOnePersonAreNotKept() throws {
    var random = SplitMix64(seed: 10)
    // The person has one of the rows of each range, so that counting people in each range is not enough.
    func isOnes(_ row: Int) -> Bool { row % 24 == 12 }
    let values = amounts(&random, count: 2_400).sorted().enumerated().map { row, amount in
      isOnes(row) ? Int(amount) / 100 * 100 + 37 : Int(amount)
    }
    for key in [nil, "person"] {
      let table = try Table(columns: [
        Column("person", values.indices.map { isOnes($0) ? "P-1" : "P-\($0)" }),
        Column("price", values),
      ])
      var options = TableEncoder.Options()
      options.policy = DisclosurePolicy(everyColumn: ColumnPolicy(minimumRows: 5), key: key)
      guard case .number(let number) = try TableEncoder(table, options: options).columns.last?.kind
      else { throw TableError.noColumns }
      #expect(number.histogram?.heaping?.endings?.endings == (key == nil ? [37] : nil))
    }
  }

  @Test func evenlySpreadNumbersDoNotHeap() throws {
    for seed in 0..<20 {
      var random = SplitMix64(seed: UInt64(100 + seed))
      let count = 500 + Int(random.unit() * 5000)
      let integers = amounts(&random, count: count).map { String(Int($0)) }
      let decimals = (0..<count).map { _ in String(format: "%.3f", pow(random.unit(), 3)) }
      #expect(try redrawn(integers).heaping == nil, "seed \(seed)")
      #expect(try redrawn(decimals).heaping == nil, "seed \(seed)")
    }
  }

  /// A step to which fewer rows belong than must share a value is not drawn.
  @Test func stepsOfFewRowsAreNotDrawn() throws {
    for strays in [4, 40] {
      var random = SplitMix64(seed: 6)
      let fields = amounts(&random, count: 2_000).enumerated().map { row, amount in
        String(Int(amount) / 50 * 50 + (row < strays ? 1 : 0))
      }
      let heaping = try #require(try redrawn(fields).heaping)
      #expect(heaping.weights.contains { $0[0] > 0 } == (strays == 40))
    }
  }
}
