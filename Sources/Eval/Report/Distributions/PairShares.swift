/// How often bins of two columns stand together, for all pairs of some columns, as text that a script reads.
struct PairShares: Sendable {
  /// The columns' names and bins.
  let names: [String]
  let bins: [NamedBins]
  private let columns: [Int]

  init(_ tables: ComparedTables, columns: [Int]) {
    self.columns = columns
    names = columns.map { tables.columns[$0].name }
    bins = columns.map { column in
      NamedBins(tables.columns[column], real: tables.real.map { $0.values[column] })
    }
  }

  /// For each pair (0, 1), (0, 2), (1, 2), (0, 3), ... the shares of its cells, row by row.
  ///
  /// Two digits of base 64 each are the square root of the share in units of 1 / 4095: rare cells are fine too.
  func encoded(_ table: ComparedTable) -> String {
    let codes = zip(columns, bins).map { column, bins in bins.codes(of: table.values[column]) }
    var text: [UInt8] = []
    for second in codes.indices {
      for first in 0..<second {
        let width = bins[second].names.count
        var counts = [Int32](repeating: 0, count: bins[first].names.count * width)
        for row in 0..<table.rowCount {
          counts[Int(codes[first][row]) * width + Int(codes[second][row])] += 1
        }
        for count in counts {
          let share = Double(count) / Double(max(table.rowCount, 1))
          let code = Int((share.squareRoot() * 4095).rounded())
          text.append(Self.digits[code >> 6])
          text.append(Self.digits[code & 63])
        }
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  private static let digits = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
}
