import NN

/// The sets of columns whose distributions are compared.
struct ColumnSets {
  /// The columns whose pairs and triples are considered.
  private let columns: [Int]
  private let random: Philox

  /// The most columns whose pairs are all compared, as in mostlyai-qa.
  static let pairedColumnLimit = 300
  /// The most triples that are compared.
  static let tripleLimit = 10_000

  /// Where the limits exclude some sets, the seed decides which.
  init(columnCount: Int, seed: UInt64) {
    random = Philox(seed: seed, purpose: .choice)
    var columns = Array(0..<columnCount)
    if columnCount > Self.pairedColumnLimit {
      random.shuffle(&columns, stream: 0)
      columns = columns.prefix(Self.pairedColumnLimit).sorted()
    }
    self.columns = columns
  }

  /// Sets of two columns, each ascending.
  var pairs: [[Int]] {
    columns.indices.flatMap { first in
      columns[(first + 1)...].map { [columns[first], $0] }
    }
  }

  /// Sets of three columns, each ascending.
  var triples: [[Int]] {
    let count = columns.count
    if count * (count - 1) * (count - 2) / 6 > Self.tripleLimit { return someTriples }
    return pairs.flatMap { pair in columns.filter { $0 > pair[1] }.map { pair + [$0] } }
  }

  /// Different triples, each as likely as any other.
  private var someTriples: [[Int]] {
    var chosen: Set<[Int]> = []
    var triples: [[Int]] = []
    var draw: UInt64 = 0
    while triples.count < Self.tripleLimit {
      let drawn = (0..<3).map { columns[random.below(columns.count, draw, UInt64($0) + 1)] }
      draw += 1
      let triple = Set(drawn).sorted()
      if triple.count == 3, chosen.insert(triple).inserted { triples.append(triple) }
    }
    return triples
  }
}
