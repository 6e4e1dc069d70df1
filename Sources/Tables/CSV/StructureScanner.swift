#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The bytes that give a CSV file its structure.
enum CSVByte {
  static let quote = UInt8(ascii: "\"")
  static let lineFeed = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
  /// The UTF-8 byte order mark.
  static let byteOrderMark: [UInt8] = [0xef, 0xbb, 0xbf]
}

/// Finds separators and line ends, eight bytes at a time by integer arithmetic.
struct StructureScanner {
  private let base: UnsafePointer<UInt8>
  private let end: Int
  private let separators: UInt64
  /// The offset of the current word of eight bytes.
  private var word: Int
  /// The top bit of every byte of the word that is structure and not yet reported.
  private var found: UInt64

  /// A scanner of `base[start..<end]`; at least eight bytes beyond `end` can be read.
  @inline(__always)
  init(_ base: UnsafePointer<UInt8>, from start: Int, to end: Int, separator: UInt8) {
    self.base = base
    self.end = end
    separators = UInt64(separator) &* 0x0101_0101_0101_0101
    word = start
    found = 0
    restart(at: start)
  }

  /// Goes on from `offset`, which is at most `end`.
  @inline(__always)
  mutating func restart(at offset: Int) {
    word = offset
    found = structure(at: offset)
  }

  /// The offset of the next separator, line feed or carriage return; `end` or more if there is none.
  @inline(__always)
  mutating func next() -> Int {
    while found == 0 {
      word &+= 8
      if word >= end { return end }
      found = structure(at: word)
    }
    let offset = word &+ found.trailingZeroBitCount &>> 3
    found &= found &- 1
    return offset
  }

  @inline(__always)
  private func structure(at offset: Int) -> UInt64 {
    let low: UInt64 = 0x7f7f_7f7f_7f7f_7f7f
    // SAFETY: `offset` is at most `end`, and the buffer has eight bytes more than that.
    let bytes = UInt64(
      littleEndian: UnsafeRawPointer(base + offset).loadUnaligned(as: UInt64.self))
    // A byte of a difference is zero where the text has the wanted byte. Adding 0x7f to its low
    // seven bits sets the top bit for all others, without a carry into the neighbour.
    let separator = bytes ^ separators
    let lineFeed = bytes ^ 0x0a0a_0a0a_0a0a_0a0a
    let carriageReturn = bytes ^ 0x0d0d_0d0d_0d0d_0d0d
    let others =
      ((separator & low) &+ low | separator)
      & ((lineFeed & low) &+ low | lineFeed)
      & ((carriageReturn & low) &+ low | carriageReturn)
    return ~(others | low)
  }
}

/// The quote that closes the field whose content begins at `start`; nil when the buffer ends first.
///
/// A quote in the last byte counts as closing; the caller must then wait for more bytes.
func closingQuote(
  _ base: UnsafePointer<UInt8>, from start: Int, to end: Int, hasEscapes: inout Bool
) -> Int? {
  var position = start
  while position < end {
    // SAFETY: the search is confined to the bytes before `end`.
    guard let match = memchr(base + position, Int32(CSVByte.quote), end - position) else {
      return nil
    }
    let offset = UnsafePointer(match.assumingMemoryBound(to: UInt8.self)) - base
    guard offset + 1 < end, base[offset + 1] == CSVByte.quote else { return offset }
    hasEscapes = true
    position = offset + 2
  }
  return nil
}
