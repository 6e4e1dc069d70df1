extension NumberNotation: Codable {
  private enum CodingKeys: String, CodingKey {
    case prefix, suffix, decimalMark, groupMark, leastGroupedDigits, negative, minus, showsPlus
  }

  /// The longest currency or unit.
  static let mostAffixBytes = 24

  /// Writes marks and texts as strings.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    func encode(_ bytes: [UInt8], _ key: CodingKeys) throws {
      try container.encode(String(decoding: bytes, as: UTF8.self), forKey: key)
    }
    try encode(prefix, .prefix)
    try encode(suffix, .suffix)
    try encode([decimalMark], .decimalMark)
    try encode(groupMark, .groupMark)
    try encode(minus, .minus)
    try container.encode(leastGroupedDigits, forKey: .leastGroupedDigits)
    try container.encode(negative, forKey: .negative)
    try container.encode(showsPlus, forKey: .showsPlus)
  }

  /// Reads a notation.
  ///
  /// - Throws: `DecodingError` for impossible marks and for texts that could be taken for digits or signs.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    func bytes(_ key: CodingKeys, where isPossible: ([UInt8]) -> Bool) throws -> [UInt8] {
      let bytes = Array(try container.decode(String.self, forKey: key).utf8)
      guard isPossible(bytes) else {
        throw DecodingError.dataCorruptedError(
          forKey: key, in: container, debugDescription: "No notation of numbers has this.")
      }
      return bytes
    }
    let decimalMark = try bytes(.decimalMark) { $0.count == 1 && Self.decimalMarks.contains($0[0]) }
    self.init(
      prefix: try bytes(.prefix, where: NumberAffix.isPrefix),
      suffix: try bytes(.suffix, where: NumberAffix.isSuffix), decimalMark: decimalMark[0],
      groupMark: try bytes(.groupMark) {
        $0.isEmpty || (Self.groupMarks.contains($0) && $0 != decimalMark)
      },
      leastGroupedDigits: try container.decode(Int.self, forKey: .leastGroupedDigits),
      negative: try container.decode(Negative.self, forKey: .negative),
      minus: try bytes(.minus, where: Self.minuses.contains),
      showsPlus: try container.decode(Bool.self, forKey: .showsPlus))
    guard 4...5 ~= leastGroupedDigits else {
      throw DecodingError.dataCorruptedError(
        forKey: .leastGroupedDigits, in: container,
        debugDescription: "Numbers are grouped from four or five digits on.")
    }
  }
}
