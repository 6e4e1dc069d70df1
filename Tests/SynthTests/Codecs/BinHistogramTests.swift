import Foundation
import Synth
import Tables
import TestSupport
import Testing

@Suite struct BinHistogramTests {
  @Test func theRoundestBorder() {
    for (low, high, expected) in [
      (123, 456, 400), (449, 456, 450), (455, 456, 456), (99, 100, 100), (-456, -123, -200),
      (-5, 7, 0), (-101, -100, -100), (0, 1, 1), (-1, 0, 0), (1999, 3000, 3000),
      (-1 << 53, 1 << 53, 0), ((1 << 53) - 1, 1 << 53, 1 << 53),
    ] {
      #expect(roundest(above: low, through: high) == expected, "\(low) to \(high)")
    }
  }

  private func number(_ column: ColumnEncoder) throws -> NumberEncoder {
    guard case .number(let number) = column.kind else { throw TableError.noColumns }
    return number
  }

  /// The numbers that the codes of some fields are drawn as.
  private func drawn(_ column: ColumnEncoder, _ codes: [Int], seed: UInt64) -> [Double] {
    let decoder = CellDecoder(column, column: 0, seed: seed)
    return codes.enumerated().map { row, code in decoder.number(of: code, row: row) }
  }

  @Test func multiplesStayMultiples() throws {
    var random = SplitMix64(seed: 81)
    let values = (0..<20_000).map { _ in
      let value = Int(random.unit() * random.unit() * 20_000)
      return random.unit() < 0.1 ? value : value / 50 * 50
    }
    let (column, codes) = try encoded(values.map(String.init))
    let result = drawn(column, codes, seed: 2)
    for divisor in [50.0, 100, 500] {
      let share = { (values: [Double]) in
        Double(values.count { $0.truncatingRemainder(dividingBy: divisor) == 0 }) / 20_000
      }
      expectClose([share(result)], [share(values.map(Double.init))], absolute: 0.02)
    }
  }

  /// Inside a wide bin at the end of a skewed column, numbers lie where the data's do.
  @Test func tailsKeepTheirShape() throws {
    var random = SplitMix64(seed: 82)
    let values = (0..<20_000).map { _ in Int(1000 / pow(1 - random.unit(), 1.2)) }
    let (column, codes) = try encoded(values.map(String.init))
    let encoder = try number(column)
    let last = encoder.units(of: encoder.rangeCount - 1)
    let inside = values.filter(last.contains).map(Double.init).sorted()
    let result = drawn(column, codes, seed: 2).filter { last.contains(Int($0)) }.sorted()
    #expect(last.count > 100_000 && inside.count > 100)
    expectClose(
      [result[result.count / 2]], [inside[inside.count / 2]], absolute: 0, relative: 0.1)
  }

  @Test func nothingIsKeptOfFewRows() throws {
    for seed in 0..<200 {
      var random = SplitMix64(seed: UInt64(900 + seed))
      let width = pow(10, 1 + 5 * random.unit())
      let values = (0..<60 + Int(random.unit() * 900)).map { _ in
        let value = Int(width * random.unit() * random.unit())
        return random.unit() < 0.5 ? value : value / 10 * 10
      }
      let (column, _) = try encoded(values.map(String.init))
      let encoder = try number(column)
      guard let histogram = encoder.histogram else { continue }
      let ends = histogram.starts.dropFirst() + [encoder.edges.last!]
      for (start, (end, count)) in zip(histogram.starts, zip(ends, histogram.startCounts)) {
        #expect(count == 0 || count >= 5 && values.count { start <= $0 && $0 < end } >= 5)
      }
      for (value, count) in zip(histogram.values, histogram.valueCounts) {
        #expect(count >= 5 && values.count { $0 == value } == count)
      }
      for (begin, end) in zip(encoder.edges, encoder.edges.dropFirst()) {
        #expect(values.count { begin <= $0 && $0 < end } >= 5, "seed \(seed)")
      }
    }
  }

  /// Values of fewer than five rows are neither in the file nor among what is drawn.
  @Test func rareValuesAreNotRepeated() async throws {
    var random = SplitMix64(seed: 83)
    let rare = ["0.41235719", "0.73183953", "0.98763177"]
    var fields = (0..<1500).map { _ in String(format: "%.8f", random.unit()) }
    for value in rare { fields += Array(repeating: value, count: 4) }
    fields += Array(repeating: "0.25000000", count: 8)
    let table = try Table(columns: [
      Column("x", fields), Column("y", fields.map { $0 < "0.5" ? "low" : "high" }),
    ])
    let generator = try await Generator.train(on: table, options: quickOptions())
    let file = String(decoding: try generator.fileBytes(), as: UTF8.self)
    let known = Set(rare.map { Double($0)! })
    for value in rare { #expect(!file.contains(value.dropFirst(2))) }
    for seed in 0..<30 {
      let numbers = try generator.drawTable(rows: 1000, seed: UInt64(seed)).columns[0].numbers
      #expect(numbers.allSatisfy { !known.contains($0!) }, "seed \(seed)")
    }
    #expect(file.contains("25000000"))
  }
}
