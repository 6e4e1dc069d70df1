/// A reading position in the bytes of a field.
struct ByteCursor {
  private let bytes: UnsafeBufferPointer<UInt8>
  private(set) var position = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  var isAtEnd: Bool { position == bytes.count }

  /// Skips a byte if it comes next.
  @inline(__always)
  mutating func skip(_ byte: UInt8) -> Bool {
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  /// Skips a word if it comes next.
  mutating func skip(_ word: [UInt8]) -> Bool {
    guard bytes.count - position >= word.count,
      bytes[position..<position + word.count].elementsEqual(word)
    else { return false }
    position += word.count
    return true
  }

  /// Skips a mark if it comes next and a digit follows it.
  mutating func skip(beforeDigit mark: [UInt8]) -> Bool {
    var ahead = self
    guard ahead.skip(mark), ahead.digitCount(limit: 1) == 1 else { return false }
    self = ahead
    return true
  }

  /// Skips and returns a number of bytes, which must exist.
  mutating func take(_ count: Int) -> Slice<UnsafeBufferPointer<UInt8>> {
    defer { position += count }
    return bytes[position..<position + count]
  }

  /// The number of consecutive digits at this position, up to a limit.
  @inline(__always)
  func digitCount(limit: Int) -> Int {
    var count = 0
    while count < limit, position + count < bytes.count, bytes[position + count].isDigit {
      count += 1
    }
    return count
  }

  /// Reads a number of a given count of digits, at most 18; nil if there are fewer.
  @inline(__always)
  mutating func number(digits: Int) -> Int? {
    guard digitCount(limit: digits) == digits else { return nil }
    var number = 0
    for byte in bytes[position..<position + digits] { number = number * 10 + Int(byte & 0xf) }
    position += digits
    return number
  }

  /// Reads a number of two digits or, if it is not padded with zeros, of one or two.
  @inline(__always)
  mutating func number(isPadded: Bool, in range: ClosedRange<Int>) -> Int? {
    let digits = isPadded ? 2 : digitCount(limit: 2)
    guard digits > 0, let number = number(digits: digits), range.contains(number) else {
      return nil
    }
    return isPadded || digits == 1 || number >= 10 ? number : nil
  }
}

extension UInt8 {
  /// Whether the byte is an ASCII digit.
  @inline(__always)
  var isDigit: Bool { self &- UInt8(ascii: "0") <= 9 }
}
