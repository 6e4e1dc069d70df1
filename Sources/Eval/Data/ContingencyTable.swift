/// The number of rows of each table for every pair of codes in two columns.
struct ContingencyTable {
  /// For each table, the rows of every cell.
  let tables: [[Int32]]
  /// The pair of each cell: first code · codes of the second column + second code.
  private let pairs: [Int]?
  private let secondCount: Int

  /// The most cells with one for every pair of codes; above it only pairs that occur have cells.
  private static let denseLimit = 1 << 18

  init(_ first: RowCodes, _ second: RowCodes) {
    secondCount = second.count
    if first.count * second.count <= Self.denseLimit {
      let cellCount = first.count * second.count
      pairs = nil
      tables = zip(first.tables, second.tables).map { firstCodes, secondCodes in
        var counts = [Int32](repeating: 0, count: cellCount)
        for (code, other) in zip(firstCodes, secondCodes) {
          counts[Int(code) &* second.count &+ Int(other)] &+= 1
        }
        return counts
      }
    } else {
      let (rows, pairs) = first.paired(with: second)
      self.pairs = pairs
      tables = rows.tables.indices.map { rows.counts(inTable: $0).map { Int32($0) } }
    }
  }

  /// The codes of a cell.
  func codes(ofCell cell: Int) -> (first: Int, second: Int) {
    let (first, second) = (pairs?[cell] ?? cell).quotientAndRemainder(dividingBy: secondCount)
    return (first, second)
  }
}
