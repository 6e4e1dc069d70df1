/// A place in the bytes of a field that moves on over what is read.
struct ByteCursor {
  private let bytes: UnsafeBufferPointer<UInt8>
  private(set) var position = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  var isAtEnd: Bool { position == bytes.count }

  /// Goes past a byte where it stands.
  @inline(__always)
  mutating func skip(_ byte: UInt8) -> Bool {
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  /// Goes past a word where it stands.
  mutating func skip(_ word: [UInt8]) -> Bool {
    guard bytes.count - position >= word.count,
      bytes[position..<position + word.count].elementsEqual(word)
    else { return false }
    position += word.count
    return true
  }

  /// Goes past a mark where it stands and a digit behind it.
  mutating func skip(beforeDigit mark: [UInt8]) -> Bool {
    var ahead = self
    guard ahead.skip(mark), ahead.digitCount(limit: 1) == 1 else { return false }
    self = ahead
    return true
  }

  /// Goes past some bytes that are there and returns them.
  mutating func take(_ count: Int) -> Slice<UnsafeBufferPointer<UInt8>> {
    defer { position += count }
    return bytes[position..<position + count]
  }

  /// The number of digits that stand next to each other here, up to a limit.
  @inline(__always)
  func digitCount(limit: Int) -> Int {
    var count = 0
    while count < limit, position + count < bytes.count, bytes[position + count].isDigit {
      count += 1
    }
    return count
  }

  /// Reads a number of at most 18 digits; nil where there are fewer.
  @inline(__always)
  mutating func number(digits: Int) -> Int? {
    guard digitCount(limit: digits) == digits else { return nil }
    var number = 0
    for byte in bytes[position..<position + digits] { number = number * 10 + Int(byte & 0xf) }
    position += digits
    return number
  }

  /// Reads a number of two digits or, where it is not padded with zeros, of as many as it takes.
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
  /// One of the ASCII digits.
  @inline(__always)
  var isDigit: Bool { self &- UInt8(ascii: "0") <= 9 }
}
