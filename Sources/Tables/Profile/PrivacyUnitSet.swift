/// The different keys of some rows, such as the people whom they are about, up to eight of them.
///
/// Of a key 16 bits of a hash are kept: two keys that share them count as one, so that there are at least as many as it says.
public struct PrivacyUnitSet: Sendable, Hashable {
  /// From the first lane on, then zeros.
  private var hashes = SIMD8<UInt16>()

  /// No keys.
  public init() {}

  var isEmpty: Bool { hashes[0] == 0 }
  private var isFull: Bool { hashes[hashes.scalarCount - 1] != 0 }

  /// The number of keys, at most eight.
  package var count: Int { hashes.indices.count { hashes[$0] != 0 } }

  /// The number of keys; in a table without a key, where there are none, that of the rows.
  package func count(orRows rows: Int) -> Int { isEmpty ? rows : count }

  /// Takes note of a key: see ``PrivacyUnits``. Zero is none.
  @inline(__always)
  package mutating func insert(_ key: UInt16) {
    guard key != 0, !isFull, !any(hashes .== SIMD8(repeating: key)) else { return }
    hashes[count] = key
  }

  /// Takes note of the keys of other rows.
  package mutating func formUnion(_ other: PrivacyUnitSet) {
    for lane in other.hashes.indices where other.hashes[lane] != 0 { insert(other.hashes[lane]) }
  }

  /// All keys; nil where there may be more than are kept.
  package var all: [UInt16]? { isFull ? nil : (0..<count).map { hashes[$0] } }

  /// One of the keys, another for another number; zero where there are none.
  func key(_ number: Int) -> UInt16 { isEmpty ? 0 : hashes[number % count] }
}
