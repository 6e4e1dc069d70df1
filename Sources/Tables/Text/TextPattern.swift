/// The common pattern of a column's codes: at each place a fixed character, or a letter or digit of some classes.
///
/// `AB-12345`, `12345-6789` and UUIDs have such a pattern; words of different lengths do not.
public struct TextPattern: Sendable, Equatable {
  /// One byte of a text.
  public enum Position: Sendable, Equatable, Codable {
    /// The same byte in all texts.
    case literal(UInt8)
    /// Any letter or digit of these classes.
    case free(CharacterClasses)
  }

  /// The positions from first to last; at least one of them is free.
  public let positions: [Position]

  /// - Returns: nil if no position is free, or a free position has no character.
  public init?(positions: [Position]) {
    let free = positions.compactMap { position in
      if case .free(let classes) = position { classes } else { nil }
    }
    guard !free.isEmpty, Set(free).allSatisfy({ !$0.characters.isEmpty }) else { return nil }
    self.positions = positions
  }

  /// Whether a field has the pattern.
  public func matches(_ field: UnsafeBufferPointer<UInt8>) -> Bool {
    field.count == positions.count
      && zip(field, positions).allSatisfy { byte, position in
        switch position {
        case .literal(let literal): byte == literal
        case .free(let classes): classes.contains(byte)
        }
      }
  }

  /// The pattern as a regular expression: `AB-[0-9]{5}`.
  public var regularExpression: String {
    var bytes: [UInt8] = []
    var index = 0
    while index < positions.count {
      let position = positions[index]
      let count = positions[index...].prefix { $0 == position }.count
      switch position {
      case .literal(let byte):
        if #"\.+*?()|[]{}^$"#.utf8.contains(byte) { bytes.append(UInt8(ascii: "\\")) }
        bytes.append(byte)
        index += 1
      case .free(let classes):
        bytes += "[\(classes.ranges)]\(count > 1 ? "{\(count)}" : "")".utf8
        index += count
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension TextPattern: Codable {
  private enum CodingKeys: CodingKey {
    case positions
  }

  /// Reads the positions.
  ///
  /// - Throws: `DecodingError` if no position is free or there are too many.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let positions = try container.decode([Position].self, forKey: .positions)
    guard positions.count <= Self.longest, let pattern = TextPattern(positions: positions) else {
      throw DecodingError.dataCorruptedError(
        forKey: .positions, in: container, debugDescription: "No codes have this pattern.")
    }
    self = pattern
  }
}

// MARK: - Detection

extension TextPattern {
  /// The most bytes of a code.
  private static let longest = 64

  /// The pattern of most rows of a column.
  ///
  /// - Parameters:
  ///   - levels: the texts of the column.
  ///   - share: the minimum share of rows with the pattern.
  /// - Returns: nil if no pattern is that common or all texts are the same.
  public init?(detecting levels: some Collection<Level>, share: Double = 0.97) {
    // Most codes have fixed places for letters and for digits; hexadecimal codes do not.
    for keepsClasses in [true, false] {
      let skeleton = { (text: String) in Self.skeleton(text, keepsClasses: keepsClasses) }
      guard let common = Self.commonest(levels, share: share, of: skeleton) else { continue }
      self.init(covering: levels.filter { skeleton($0.text) == common })
      return
    }
    return nil
  }

  /// The narrowest pattern of texts with the same length and the same places of letters and digits.
  private init?(covering levels: [Level]) {
    guard let first = levels.first else { return nil }
    var common = Array(first.text.utf8)
    var classes = [CharacterClasses](repeating: [], count: common.count)
    for level in levels {
      for (index, byte) in level.text.utf8.enumerated() {
        guard let found = CharacterClasses(of: byte) else { continue }
        if common[index] != byte { common[index] = Self.placeholder }
        classes[index].formUnion(found)
      }
    }
    let free = classes.indices.filter { common[$0] == Self.placeholder }.map { classes[$0] }
    // With a letter beyond F, or a place of letters only, the letters are not hexadecimal digits.
    let isHexadecimal = free.allSatisfy { classes in
      classes.isSubset(of: [.digits, .upperHex, .lowerHex]) && classes.contains(.digits)
    }
    let hexadecimal = free.reduce(CharacterClasses()) { $0.union($1) }
    self.init(
      positions: zip(common, classes).map { byte, classes in
        if byte != Self.placeholder { return .literal(byte) }
        return .free(isHexadecimal ? hexadecimal : classes.withWholeAlphabets)
      })
  }

  /// The placeholder of a letter or digit; no text has this byte.
  private static let placeholder: UInt8 = 0

  /// The text with every letter and digit replaced by a placeholder, or by its class.
  ///
  /// - Parameter keepsClasses: whether letters and digits of different classes stay different.
  /// - Returns: nil for a text that is too long or has bytes that codes do not have.
  private static func skeleton(_ text: String, keepsClasses: Bool) -> [UInt8]? {
    guard 1...longest ~= text.utf8.count, text.utf8.allSatisfy({ $0 >= 0x20 }) else { return nil }
    return text.utf8.map { byte in
      guard let classes = CharacterClasses(of: byte) else { return byte }
      return keepsClasses ? classes.withWholeAlphabets.rawValue : placeholder
    }
  }

  /// Texts of the same length with letters and digits of the same classes at the same places, in the order of the first ones. Texts
  /// that cannot be codes are left out.
  static func groups(of levels: [Level]) -> [[Level]] {
    var places: [[UInt8]: Int] = [:]
    var groups: [[Level]] = []
    for level in levels {
      guard let skeleton = skeleton(level.text, keepsClasses: true) else { continue }
      if let place = places[skeleton] {
        groups[place].append(level)
      } else {
        places[skeleton] = groups.count
        groups.append([level])
      }
    }
    return groups
  }

  /// The skeleton that at least a given share of the rows have.
  private static func commonest(
    _ levels: some Collection<Level>, share: Double, of skeleton: (String) -> [UInt8]?
  ) -> [UInt8]? {
    var candidate: [UInt8]?
    // Majority vote (Boyer and Moore, 1981): a skeleton of more than half of the rows remains.
    var lead = 0
    for level in levels {
      let skeleton = skeleton(level.text)
      if skeleton == candidate {
        lead += level.count
      } else if lead >= level.count {
        lead -= level.count
      } else {
        candidate = skeleton
        lead = level.count - lead
      }
    }
    guard let candidate else { return nil }
    var (matching, total) = (0, 0)
    for level in levels {
      total += level.count
      if skeleton(level.text) == candidate { matching += level.count }
    }
    return Double(matching) >= share * Double(total) ? candidate : nil
  }
}
