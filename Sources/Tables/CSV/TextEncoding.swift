/// The encoding of a text file.
public enum TextEncoding: String, Sendable, CaseIterable {
  /// UTF-8.
  case utf8 = "utf-8"
  /// Windows-1252, of which Latin-1 (ISO 8859-1) is a part. Every byte is a character.
  case windows1252 = "windows-1252"
  /// UTF-16 in the byte order of the byte order mark; little-endian without one.
  case utf16 = "utf-16"
  /// UTF-16, the low byte first.
  case utf16LittleEndian = "utf-16le"
  /// UTF-16, the high byte first.
  case utf16BigEndian = "utf-16be"

  /// The encoding of a name in any letter case, such as `utf-16` or `latin-1`.
  public init?(named name: String) {
    let plain = name.lowercased().filter { $0.isLetter || $0.isNumber }
    switch plain {
    case "latin1", "iso88591", "cp1252": self = .windows1252
    default:
      guard
        let encoding = TextEncoding.allCases.first(where: {
          $0.rawValue.filter { $0 != "-" } == plain
        })
      else { return nil }
      self = encoding
    }
  }

  /// The encoding that a byte order mark announces, and the length of the mark; nil without a mark.
  static func marked(_ head: some Collection<UInt8>) -> (encoding: TextEncoding, byteCount: Int)? {
    if head.starts(with: CSVByte.byteOrderMark) { return (.utf8, 3) }
    if head.starts(with: [0xff, 0xfe]) { return (.utf16LittleEndian, 2) }
    if head.starts(with: [0xfe, 0xff]) { return (.utf16BigEndian, 2) }
    return nil
  }

  /// The kind of UTF-16 that a text without a byte order mark looks like: every second byte of its first characters is zero, as
  /// for ASCII. nil for other texts.
  static func unmarkedUTF16(_ head: some Collection<UInt8>) -> TextEncoding? {
    let bytes = Array(head.prefix(8))
    guard bytes.count >= 4 else { return nil }
    let zeros = bytes.indices.filter { bytes[$0] == 0 }
    let odd = bytes.indices.filter { !$0.isMultiple(of: 2) }
    if zeros == odd { return .utf16LittleEndian }
    return zeros == bytes.indices.filter { $0.isMultiple(of: 2) } ? .utf16BigEndian : nil
  }
}

/// Converts a text to UTF-8, part by part.
struct TextDecoder {
  private let encoding: TextEncoding
  /// The first byte of a unit of UTF-16 whose second byte is in the next part.
  private var half: UInt8?
  /// The first unit of a surrogate pair whose second unit has not come yet.
  private var highSurrogate: UInt16?

  /// nil for UTF-8, which needs no conversion.
  init?(_ encoding: TextEncoding) {
    if encoding == .utf8 { return nil }
    self.encoding = encoding
  }

  /// Stands for text that is not well-formed: a byte that UTF-8 never has, so that its place is found like that of any other.
  private static let malformed: UInt8 = 0xff

  /// Appends a part of the text.
  mutating func append(_ part: some Sequence<UInt8>, to output: inout [UInt8]) {
    if encoding == .windows1252 {
      for byte in part {
        if byte < 0x80 {
          output.append(byte)
        } else {
          append(scalar: UInt32(TextDecoder.windows1252(byte)), to: &output)
        }
      }
      return
    }
    for byte in part {
      guard let first = half else {
        half = byte
        continue
      }
      half = nil
      let (low, high) = encoding == .utf16BigEndian ? (byte, first) : (first, byte)
      append(unit: UInt16(high) << 8 | UInt16(low), to: &output)
    }
  }

  /// Ends the text.
  mutating func finish(_ output: inout [UInt8]) {
    if half != nil || highSurrogate != nil { output.append(TextDecoder.malformed) }
    (half, highSurrogate) = (nil, nil)
  }

  private mutating func append(unit: UInt16, to output: inout [UInt8]) {
    if let high = highSurrogate {
      highSurrogate = nil
      if UTF16.isTrailSurrogate(unit) {
        let scalar = 0x10000 + (UInt32(high) & 0x3ff) << 10 + UInt32(unit) & 0x3ff
        return append(scalar: scalar, to: &output)
      }
      output.append(TextDecoder.malformed)
    }
    if UTF16.isLeadSurrogate(unit) {
      highSurrogate = unit
    } else if UTF16.isTrailSurrogate(unit) {
      output.append(TextDecoder.malformed)
    } else {
      append(scalar: UInt32(unit), to: &output)
    }
  }

  /// Appends a Unicode scalar value, which is no surrogate.
  private func append(scalar: UInt32, to output: inout [UInt8]) {
    switch scalar {
    case ..<0x80: output.append(UInt8(scalar))
    case ..<0x800:
      output.append(UInt8(0xc0 | scalar >> 6))
      output.append(UInt8(0x80 | scalar & 0x3f))
    case ..<0x10000:
      output.append(UInt8(0xe0 | scalar >> 12))
      output.append(UInt8(0x80 | scalar >> 6 & 0x3f))
      output.append(UInt8(0x80 | scalar & 0x3f))
    default:
      output.append(UInt8(0xf0 | scalar >> 18))
      output.append(UInt8(0x80 | scalar >> 12 & 0x3f))
      output.append(UInt8(0x80 | scalar >> 6 & 0x3f))
      output.append(UInt8(0x80 | scalar & 0x3f))
    }
  }

  /// The character of a byte from 128. Bytes without one are control characters, as in the WHATWG Encoding Standard.
  private static func windows1252(_ byte: UInt8) -> UInt16 {
    byte < 0xa0 ? windows1252Specials[Int(byte - 0x80)] : UInt16(byte)
  }

  private static let windows1252Specials: [UInt16] = [
    0x20ac, 0x81, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039,
    0x0152, 0x8d, 0x017d, 0x8f, 0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
    0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x9d, 0x017e, 0x0178,
  ]
}
