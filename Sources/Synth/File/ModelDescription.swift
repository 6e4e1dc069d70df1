/// What a model file tells besides the weights.
struct ModelDescription: Codable {
  struct Version: Codable {
    let version: Int
  }

  let version: Int
  let rowCount: Int
  let columns: [ColumnEncoder]
  let plan: TrainingPlan
  let history: [EpochRecord]
  let bestEpoch: Int
  let stopReason: StopReason

  static let currentVersion = 1
  /// The keys in the file's metadata.
  static let key = "likeness"
  static let checksumKey = "crc32"

  /// Whether everything in it can be used without another check.
  var isConsistent: Bool {
    rowCount > 0 && !columns.isEmpty && columns.allSatisfy(\.isConsistent)
      && plan.dropout >= 0 && plan.dropout < 1
  }
}

extension ColumnEncoder {
  fileprivate var isConsistent: Bool {
    let kindIsConsistent =
      switch kind {
      case .category: true
      case .number(let number): number.isConsistent
      }
    return kindIsConsistent && (1...Int(UInt16.max)).contains(vocabularySize)
      && counts.count == vocabularySize && counts.allSatisfy { $0 >= 0 }
  }
}

extension NumberEncoder {
  fileprivate var isConsistent: Bool {
    func ascends(_ units: [Int]) -> Bool {
      units.allSatisfy { abs($0) <= 1 << 54 }
        && zip(units, units.dropFirst()).allSatisfy { $0 < $1 }
    }
    return ascends(spikes) && ascends(edges) && (-300...300).contains(unitDecimals)
  }
}
