#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Numbers distinct byte strings 0, 1, 2, … in the order of their first appearance.
///
/// All strings share one arena, found again by open addressing. The hash has a secret key, so that nobody can choose strings
/// that collide; the numbers do not depend on it.
public struct StringInterner: Sendable {
  /// The bytes of all tokens, one after another.
  private var arena: [UInt8] = []
  /// Token i is `arena[ends[i]..<ends[i + 1]]`.
  private var ends: [Int] = [0]
  /// For each slot 0, or 32 bits of a token's hash and, below them, its index plus one. The count is a power of two.
  private var slots: [UInt64]
  private let hash: FieldHash

  /// An empty table.
  public init() { self.init(minimumCapacity: 0) }

  /// An empty table with room for a number of tokens.
  package init(minimumCapacity: Int, hash: FieldHash = .ofProcess) {
    self.hash = hash
    var slotCount = 16
    while slotCount * 2 < minimumCapacity * 3 { slotCount *= 2 }
    slots = Array(repeating: 0, count: slotCount)
  }

  /// The number of distinct tokens.
  public var count: Int { ends.count - 1 }

  /// The total length of all tokens.
  public var byteCount: Int { arena.count }

  /// The index of a token; a new token is added.
  public mutating func insert(_ token: UnsafeBufferPointer<UInt8>) -> Int {
    let hash = hash(token)
    switch search(token, hash: hash) {
    case .found(let index): return index
    case .free(var slot):
      precondition(count < Int(UInt32.max) - 1, "The table holds at most 2^32 - 2 tokens.")
      if count * 3 >= slots.count * 2 {
        grow()
        slot = freeSlot(for: hash)
      }
      arena.append(contentsOf: token)
      ends.append(arena.count)
      slots[slot] = Self.entry(hash: hash, index: count - 1)
      return count - 1
    }
  }

  /// The index of a token; nil when it is not in the table.
  public func find(_ token: UnsafeBufferPointer<UInt8>) -> Int? {
    guard case .found(let index) = search(token, hash: hash(token)) else { return nil }
    return index
  }

  /// Calls `body` with the bytes of a token.
  public func withToken<Result>(
    _ index: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
  ) rethrows -> Result {
    try arena.withUnsafeBufferPointer { bytes in
      try body(UnsafeBufferPointer(rebasing: bytes[ends[index]..<ends[index + 1]]))
    }
  }

  /// Whether the bytes of one token come before those of another.
  package func areInOrder(_ first: Int, _ second: Int) -> Bool {
    withToken(first) { first in
      withToken(second) { second in
        // SAFETY: as many bytes are compared as both sides have; tokens in the arena have an address.
        let count = min(first.count, second.count)
        let order = count == 0 ? 0 : memcmp(first.baseAddress!, second.baseAddress!, count)
        return order != 0 ? order < 0 : first.count < second.count
      }
    }
  }

  /// A token as text; bytes that are not UTF-8 are replaced.
  public func text(_ index: Int) -> String {
    String(decoding: arena[ends[index]..<ends[index + 1]], as: UTF8.self)
  }
}

extension StringInterner {
  private enum Search {
    case found(Int)
    case free(slot: Int)
  }

  @inline(__always)
  private func search(_ token: UnsafeBufferPointer<UInt8>, hash: UInt64) -> Search {
    slots.withUnsafeBufferPointer { slots in
      // SAFETY: the mask keeps every slot in bounds, and free slots always remain.
      let mask = slots.count &- 1
      var slot = Int(truncatingIfNeeded: hash) & mask
      while true {
        let entry = slots[slot]
        if entry == 0 { return .free(slot: slot) }
        if entry >> 32 == hash >> 32 {
          let index = Int(entry & 0xffff_ffff) &- 1
          if isToken(index, equalTo: token) { return .found(index) }
        }
        slot = (slot &+ 1) & mask
      }
    }
  }

  @inline(__always)
  private func isToken(_ index: Int, equalTo token: UnsafeBufferPointer<UInt8>) -> Bool {
    let start = ends[index]
    guard ends[index + 1] - start == token.count else { return false }
    guard let other = token.baseAddress, !token.isEmpty else { return true }
    // SAFETY: both sides have `token.count` bytes.
    return arena.withUnsafeBufferPointer {
      memcmp($0.baseAddress! + start, other, token.count) == 0
    }
  }

  private func freeSlot(for hash: UInt64) -> Int {
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
    return slot
  }

  private mutating func grow() {
    slots = Array(repeating: 0, count: slots.count * 2)
    for index in 0..<count {
      let hash = withToken(index) { self.hash($0) }
      slots[freeSlot(for: hash)] = Self.entry(hash: hash, index: index)
    }
  }

  private static func entry(hash: UInt64, index: Int) -> UInt64 {
    (hash >> 32) << 32 | UInt64(index + 1)
  }
}
