/// A hash of byte strings: folds eight bytes at a time by a full multiplication with a key.
///
/// Strings that collide under one key can be found, but do not collide under another, except for a few short ones whose lengths
/// differ. Hash tables of texts that users choose take a secret key, and must give results that do not depend on it.
package struct FieldHash: Sendable {
  private let mask: UInt64
  private let multiplier: UInt64

  /// A hash that is the same in all processes, for values that affect results.
  package static let fixed = FieldHash(
    mask: 0x9e37_79b9_7f4a_7c15, multiplier: 0xd6e8_feb8_6659_fd93)

  /// A hash with a secret key of this process.
  package static let ofProcess: FieldHash = {
    var random = SystemRandomNumberGenerator()
    return FieldHash(mask: random.next(), multiplier: random.next())
  }()

  /// - Parameters:
  ///   - mask: Any number.
  ///   - multiplier: Any number that is not nearly zero; it is made odd.
  package init(mask: UInt64, multiplier: UInt64) {
    self.mask = mask
    self.multiplier = multiplier | 1
  }

  /// The hash of a string.
  @inline(__always)
  package func callAsFunction(_ token: UnsafeBufferPointer<UInt8>) -> UInt64 {
    guard let base = token.baseAddress else { return mix(0) }
    let count = token.count
    let raw = UnsafeRawPointer(base)
    var hash = UInt64(truncatingIfNeeded: count)
    var offset = 0
    // SAFETY: every load lies in the `count` bytes; the two of a tail may overlap.
    while count &- offset > 8 {
      hash = mix(hash ^ raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      offset &+= 8
    }
    let rest = count &- offset
    var tail: UInt64 = 0
    if rest >= 4 {
      let low = raw.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
      let high = raw.loadUnaligned(fromByteOffset: count &- 4, as: UInt32.self)
      tail = UInt64(low) | UInt64(high) << 32
    } else if rest > 0 {
      tail =
        UInt64(base[offset]) | UInt64(base[offset &+ rest / 2]) << 8
        | UInt64(base[count &- 1]) << 16
    }
    return mix(hash ^ tail)
  }

  @inline(__always)
  private func mix(_ value: UInt64) -> UInt64 {
    let product = (value ^ mask).multipliedFullWidth(by: multiplier)
    return product.high ^ product.low
  }
}
