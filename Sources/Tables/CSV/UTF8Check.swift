#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The offset of the first byte that is not part of well-formed UTF-8; nil when all are.
func firstInvalidUTF8(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
  guard let base = bytes.baseAddress else { return nil }
  let count = bytes.count
  var position = 0
  while position < count {
    // SAFETY: the loads of 32 bytes are made only where as many bytes are left.
    while position + 32 <= count {
      let raw = UnsafeRawPointer(base + position)
      let union =
        raw.loadUnaligned(as: UInt64.self)
        | raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
        | raw.loadUnaligned(fromByteOffset: 16, as: UInt64.self)
        | raw.loadUnaligned(fromByteOffset: 24, as: UInt64.self)
      if union & 0x8080_8080_8080_8080 != 0 { break }
      position += 32
    }
    // One block at a time; after it the fast path is tried again.
    let blockEnd = min(position + 32, count)
    while position < blockEnd {
      if base[position] < 0x80 {
        position += 1
        continue
      }
      let length = sequenceLength(base + position, available: count - position)
      if length == 0 { return position }
      position += length
    }
  }
  return nil
}

/// The offset of the first zero byte; nil when there is none.
func firstZero(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
  guard let base = bytes.baseAddress, let match = memchr(base, 0, bytes.count) else { return nil }
  return UnsafePointer(match.assumingMemoryBound(to: UInt8.self)) - base
}

/// The length of the well-formed sequence of two to four bytes at `bytes`; 0 when it is not one.
private func sequenceLength(_ bytes: UnsafePointer<UInt8>, available: Int) -> Int {
  // SAFETY: a byte is read only when it is available.
  func isContinuation(_ index: Int) -> Bool {
    index < available && bytes[index] & 0xc0 == 0x80
  }
  guard isContinuation(1) else { return 0 }
  let second = bytes[1]
  switch bytes[0] {
  case 0xc2...0xdf: return 2
  case 0xe0: return second >= 0xa0 && isContinuation(2) ? 3 : 0
  case 0xed: return second < 0xa0 && isContinuation(2) ? 3 : 0
  case 0xe1...0xef: return isContinuation(2) ? 3 : 0
  case 0xf0: return second >= 0x90 && isContinuation(2) && isContinuation(3) ? 4 : 0
  case 0xf4: return second < 0x90 && isContinuation(2) && isContinuation(3) ? 4 : 0
  case 0xf1...0xf3: return isContinuation(2) && isContinuation(3) ? 4 : 0
  default: return 0
  }
}
