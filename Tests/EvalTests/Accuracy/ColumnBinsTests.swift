import Eval
import Tables
import Testing

@Suite struct ColumnBinsTests {
  @Test func fewNumbersHaveABinEach() throws {
    let codes = try bins(
      Column("a", [3, 1, 2, nil, 1]), applied: Column("a", [0, 1, 2, 3, 9, nil]))
    #expect(codes == [0, 0, 1, 2, 2, 3])
  }

  /// The borders are 0, 10, …, 90 and 99: eleven points at even steps over 100 values are at 0, 9.9, 19.8, …
  @Test func manyNumbersHaveTenBinsOfEquallyManyRows() throws {
    let numbers = (0..<100).map { $0 * 7 % 100 }
    let codes = try bins(Column("a", numbers), applied: Column("a", Array(0..<100)))
    let sizes = (0..<10).map { bin in codes.count { $0 == UInt16(bin) } }
    #expect(codes == codes.sorted())
    #expect(sizes == [9, 10, 10, 10, 10, 10, 10, 10, 10, 11])
  }

  @Test func theTenMostFrequentLevelsOfFiveRowsHaveABinEach() throws {
    // l0 stands 16 times, l1 15 times, …, l11 5 times and l12 4 times.
    let texts = (0..<13).flatMap { Array(repeating: "l\($0)", count: 16 - $0) }
    let levels = (0..<13).map { "l\($0)" } + ["new", "_RARE_"]
    let codes = try bins(Column("a", texts), applied: Column("a", levels + [nil]))
    #expect(codes == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10, 10, 10, 11, 13])
  }

  @Test func missingValuesTakeOneOfTheTenPlaces() throws {
    let texts = (0..<12).flatMap { Array(repeating: "l\($0)", count: 20 - $0) }
    let missing = [String?](repeating: nil, count: 30)
    let codes = try bins(
      Column("a", texts + missing), applied: Column("a", (0..<12).map { "l\($0)" } + [nil]))
    #expect(codes == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 9, 12])
  }

  @Test func levelsOfFewRowsAreOthers() throws {
    let texts = ["a", "a", "a", "a", "a", "b", "b", "b", "b"]
    let codes = try bins(Column("x", texts), applied: Column("x", ["a", "b", "c"]))
    #expect(codes == [0, 1, 1])
  }

  private static let unusual: [[Double?]] = [
    [nil, nil, nil], [5, 5, 5], [1e300, -1e300, 0], [9e15, 9e15 + 2, nil],
    (0..<40).map { (row: Int) in Double(row) * 1e299 },
    (0..<40).map { (row: Int) in Double(row) * 1e-300 },
    (0..<5_000).map { (row: Int) in row % 3 == 0 ? Double(row) : 0 },
  ]

  @Test(arguments: unusual)
  func anyNumbersHaveBins(_ numbers: [Double?]) throws {
    // Something has to make it a column of numbers.
    let codes = try bins(Column("a", numbers + [1]), applied: Column("a", numbers + [1, 1e308]))
    #expect(codes.count == numbers.count + 2)
    #expect(Set(codes).count <= 12)
  }

  private func bins(_ real: Column, applied column: Column) throws -> [UInt16] {
    let tables = try ComparedTables(
      training: Table(columns: [real]), synthetic: [Table(columns: [column])])
    let bins = ColumnBins(tables.columns[0], learntOn: [tables.training.values[0]])
    let codes = bins.codes(of: tables.synthetic[0].values[0])
    #expect(codes.allSatisfy { $0 < bins.count })
    return codes
  }
}
