/// A set of classes of ASCII letters and digits. Hexadecimal digits are separate classes.
public struct CharacterClasses: OptionSet, Sendable, Hashable, Codable {
  public let rawValue: UInt8

  public init(rawValue: UInt8) { self.rawValue = rawValue & 0b11111 }

  /// `0` to `9`.
  public static let digits = CharacterClasses(rawValue: 1)
  /// `A` to `F`.
  public static let upperHex = CharacterClasses(rawValue: 2)
  /// `A` to `Z`.
  public static let upper = CharacterClasses(rawValue: 2 | 4)
  /// `a` to `f`.
  public static let lowerHex = CharacterClasses(rawValue: 8)
  /// `a` to `z`.
  public static let lower = CharacterClasses(rawValue: 8 | 16)

  /// The class of a character; for a letter beyond F it is all letters of its case. nil for other characters than ASCII letters
  /// and digits.
  init?(of byte: UInt8) {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): self = .digits
    case UInt8(ascii: "A")...UInt8(ascii: "F"): self = .upperHex
    case UInt8(ascii: "G")...UInt8(ascii: "Z"): self = .upper
    case UInt8(ascii: "a")...UInt8(ascii: "f"): self = .lowerHex
    case UInt8(ascii: "g")...UInt8(ascii: "z"): self = .lower
    default: return nil
    }
  }

  /// The classes extended to all letters of each case that they contain.
  var withWholeAlphabets: CharacterClasses {
    var classes = self
    if !isDisjoint(with: .upper) { classes.formUnion(.upper) }
    if !isDisjoint(with: .lower) { classes.formUnion(.lower) }
    return classes
  }

  /// The characters in ASCII order.
  public var characters: [UInt8] {
    Self.alphanumerics.filter(contains)
  }

  /// Whether a character is in one of the classes.
  public func contains(_ byte: UInt8) -> Bool {
    CharacterClasses(of: byte).map(isSuperset) ?? false
  }

  private static let alphanumerics = Array(
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)

  /// The characters as in a regular expression, without brackets.
  var ranges: String {
    var ranges = contains(.digits) ? "0-9" : ""
    if contains(.upperHex) { ranges += contains(.upper) ? "A-Z" : "A-F" }
    if contains(.lowerHex) { ranges += contains(.lower) ? "a-z" : "a-f" }
    return ranges
  }
}
