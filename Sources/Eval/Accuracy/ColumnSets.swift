import NN

/// The sets of one, two and three columns whose distributions are compared.
struct ColumnSets {
  /// Sets of one, of two and of three columns, each ascending.
  let sets: [[Int]]

  /// Columns of which all pairs are compared, as mostlyai-qa has it.
  static let pairedColumnLimit = 300
  /// Triples that are compared.
  static let tripleLimit = 10_000

  /// All sets of `columnCount` columns, or as many as the limits allow, chosen by `seed`.
  init(columnCount: Int, seed: UInt64) {
    let random = Philox(seed: seed, purpose: .choice)
    var columns = Array(0..<columnCount)
    if columnCount > Self.pairedColumnLimit {
      random.shuffle(&columns, stream: 0)
      columns = columns.prefix(Self.pairedColumnLimit).sorted()
    }
    var sets = (0..<columnCount).map { [$0] }
    for (index, first) in columns.enumerated() {
      sets += columns[(index + 1)...].map { [first, $0] }
    }
    let count = columns.count
    let tripleCount = count * (count - 1) * (count - 2) / 6
    sets +=
      tripleCount <= Self.tripleLimit
      ? Self.allTriples(of: columns) : Self.someTriples(of: columns, random)
    self.sets = sets
  }

  private static func allTriples(of columns: [Int]) -> [[Int]] {
    columns.indices.flatMap { first in
      columns[(first + 1)...].indices.flatMap { second in
        columns[(second + 1)...].map { [columns[first], columns[second], $0] }
      }
    }
  }

  /// Different triples, each as likely as any other.
  private static func someTriples(of columns: [Int], _ random: Philox) -> [[Int]] {
    var chosen: Set<[Int]> = []
    var triples: [[Int]] = []
    var draw: UInt64 = 0
    while triples.count < tripleLimit {
      let indices = (0..<3).map { random.below(columns.count, draw, UInt64($0) + 1) }
      draw += 1
      let triple = Set(indices).sorted().map { columns[$0] }
      if triple.count == 3, chosen.insert(triple).inserted { triples.append(triple) }
    }
    return triples
  }
}
