/// The distinct keys of some rows, such as the people they describe, up to eight keys.
///
/// Only 16 bits of a hash of each key are kept. Keys with the same bits count as one, so the true number is never smaller.
public struct PrivacyUnitSet: Sendable, Hashable {
  /// The keys from the first lane on, followed by zeros.
  private var hashes = SIMD8<UInt16>()

  /// No keys.
  public init() {}

  var isEmpty: Bool { hashes[0] == 0 }
  private var isFull: Bool { hashes[hashes.scalarCount - 1] != 0 }

  /// The number of keys, at most eight.
  package var count: Int { hashes.indices.count { hashes[$0] != 0 } }

  /// The number of keys; in a table without a key, the number of rows.
  package func count(orRows rows: Int) -> Int { isEmpty ? rows : count }

  /// Adds a key: see ``PrivacyUnits``. Zero is not a key.
  @inline(__always)
  package mutating func insert(_ key: UInt16) {
    guard key != 0, !isFull, !any(hashes .== SIMD8(repeating: key)) else { return }
    hashes[count] = key
  }

  /// Adds the keys of other rows.
  package mutating func formUnion(_ other: PrivacyUnitSet) {
    for lane in other.hashes.indices where other.hashes[lane] != 0 { insert(other.hashes[lane]) }
  }

  /// All keys; nil if there may be more than are kept.
  package var all: [UInt16]? { isFull ? nil : (0..<count).map { hashes[$0] } }

  /// A key chosen by a number; zero if there are no keys.
  func key(_ number: Int) -> UInt16 { isEmpty ? 0 : hashes[number % count] }
}
