import NN

/// What rows are drawn for, so that no two draws of one seed go together.
enum RowDraw: UInt64 {
  case earlyStopping = 1
  case testing, fitting, suspects, references

  /// At most so many rows of a table, in an order that the seed decides.
  func sample(of table: ComparedTable, most: Int, seed: UInt64) -> RowSample {
    RowSample(of: table, most: most, Philox(seed: seed, purpose: .split), stream: rawValue)
  }

  /// The numbers 0..<count in an order that the seed decides.
  func shuffled(_ count: Int, seed: UInt64) -> [Int] {
    var numbers = Array(0..<count)
    Philox(seed: seed, purpose: .split).shuffle(&numbers, stream: rawValue)
    return numbers
  }
}
