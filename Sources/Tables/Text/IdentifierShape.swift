import Foundation

/// The shape of identifiers, which numbers them as codes.
public enum IdentifierShape: Sendable, Equatable, Codable {
  /// A whole number without leading zeros between two texts: `17`, `customer_17`.
  case number(prefix: String, suffix: String)
  /// Thirty-two hexadecimal digits in the groups of RFC 9562.
  case uuid(isUpper: Bool)
  /// Letters or digits in some places: `AB-00017`.
  case pattern(TextPattern)
}

extension IdentifierShape {
  var isUUID: Bool { if case .uuid = self { true } else { false } }

  /// Detects the common shape of texts.
  ///
  /// - Returns: nil if the texts have no common shape.
  init?(detecting levels: some Collection<Level>) {
    if let first = levels.first?.text, let (prefix, suffix) = Self.textsAroundNumber(in: first),
      levels.allSatisfy({ Self.number(of: $0.text, prefix, suffix) != nil })
    {
      self = .number(prefix: prefix, suffix: suffix)
      return
    }
    guard let pattern = TextPattern(detecting: levels) else { return nil }
    self = pattern.uuid ?? .pattern(pattern.withFreeNumbers)
  }

  /// The texts before and after the last digits.
  private static func textsAroundNumber(in text: String) -> (prefix: String, suffix: String)? {
    let bytes = Array(text.utf8)
    guard let last = bytes.lastIndex(where: \.isDigit) else { return nil }
    let first = bytes[...last].lastIndex { !$0.isDigit }.map { $0 + 1 } ?? 0
    return (
      String(decoding: bytes[..<first], as: UTF8.self),
      String(decoding: bytes[(last + 1)...], as: UTF8.self)
    )
  }

  /// The code numbers of texts; the number itself for numbers. None for UUIDs and texts of another shape.
  func numbers(of levels: some Collection<Level>) -> [Int] {
    switch self {
    case .number(let prefix, let suffix):
      return levels.compactMap { Self.number(of: $0.text, prefix, suffix) }
    case .uuid: return []
    case .pattern(let pattern):
      let numbering = PatternNumbering(pattern)
      return levels.compactMap { numbering.number(of: $0.text) }
    }
  }

  private static func number(of text: String, _ prefix: String, _ suffix: String) -> Int? {
    let bytes = Array(text.utf8)
    let digits = bytes.dropFirst(prefix.utf8.count).dropLast(suffix.utf8.count)
    guard 1...IdentifierFormat.mostDigits ~= digits.count, digits.allSatisfy(\.isDigit),
      digits.first != UInt8(ascii: "0") || digits.count == 1,
      bytes.starts(with: prefix.utf8), bytes.reversed().starts(with: suffix.utf8.reversed())
    else { return nil }
    return digits.reduce(0) { $0 * 10 + Int($1 & 0xf) }
  }
}

extension TextPattern {
  /// The shape of UUIDs if the pattern is that of UUIDs.
  fileprivate var uuid: IdentifierShape? {
    let hyphens = [8, 13, 18, 23]
    guard positions.count == 36 else { return nil }
    var isUpper = false
    for (index, position) in positions.enumerated() {
      switch position {
      case .literal(let byte):
        let isHyphen = byte == UInt8(ascii: "-")
        guard isHyphen == hyphens.contains(index), isHyphen || byte.isDigit else { return nil }
      case .free(let classes):
        guard !hyphens.contains(index) else { return nil }
        switch classes {
        case .digits: break
        case [.digits, .lowerHex]: break
        case [.digits, .upperHex]: isUpper = true
        default: return nil
        }
      }
    }
    return .uuid(isUpper: isUpper)
  }

  /// The pattern in which digits before a free digit are also free, because they are part of a number.
  fileprivate var withFreeNumbers: TextPattern {
    var wider = positions
    for index in positions.indices.dropLast().reversed() {
      guard case .literal(let byte) = wider[index], byte.isDigit,
        wider[index + 1] == .free(.digits)
      else { continue }
      wider[index] = .free(.digits)
    }
    return TextPattern(positions: wider) ?? self
  }

  /// The most codes that are counted: over as many of the last free places as allow.
  private static let mostCodes = 1 << 60

  /// The counted free places from the last to the first, and the number of their codes.
  var counted: (classes: [CharacterClasses], count: Int) {
    var count = 1
    var classes: [CharacterClasses] = []
    for case .free(let next) in positions.reversed() {
      guard count <= Self.mostCodes / next.characters.count else { break }
      count *= next.characters.count
      classes.append(next)
    }
    return (classes, count)
  }

  /// Whether codes are counted over all free places.
  var countsAllPlaces: Bool {
    let freeCount = positions.reduce(0) { count, position in
      if case .free = position { count + 1 } else { count }
    }
    return counted.classes.count == freeCount
  }

  /// The logarithm to base 2 of the number of codes.
  var codeBits: Double {
    positions.reduce(0) { bits, position in
      guard case .free(let classes) = position else { return bits }
      return bits + log2(Double(classes.characters.count))
    }
  }
}

/// The words of a column's name in small letters: `customer_id`, `customerID` and `Customer Id` are `customer` and `id`.
func nameWords(_ name: String) -> [String] {
  var words: [String] = []
  var word = ""
  var isAfterSmallLetter = false
  for character in name {
    let isWord = character.isLetter || character.isNumber
    if !isWord || (character.isUppercase && isAfterSmallLetter) {
      if !word.isEmpty { words.append(word) }
      word = ""
    }
    if isWord { word += character.lowercased() }
    isAfterSmallLetter = character.isLowercase || character.isNumber
  }
  if !word.isEmpty { words.append(word) }
  return words
}
