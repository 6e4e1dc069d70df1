import Tables
import TestSupport
import Testing

@Suite struct FieldHashTests {
  private static let keys = [
    FieldHash.fixed, FieldHash(mask: 0x243f_6a88_85a3_08d3, multiplier: 0x1319_8a2e_0370_7344),
    FieldHash(mask: 0xa409_3822_299f_31d0, multiplier: 0x082e_fa98_ec4e_6c89),
  ]

  private func hash(_ bytes: [UInt8], _ key: FieldHash) -> UInt64 {
    bytes.withUnsafeBufferPointer { key($0) }
  }

  private func bytes(_ words: UInt64...) -> [UInt8] {
    words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) } }
  }

  /// The hash in results never changes.
  @Test func theFixedHashIsTheSameEverywhere() {
    #expect(hash([], .fixed) == 0xc9d8_74ca_57d9_e055)
    #expect(hash(Array("a".utf8), .fixed) == 0x115c_8177_1fdb_009c)
    #expect(hash(Array("Amsterdam".utf8), .fixed) == 0xcee6_2937_390b_ee6e)
  }

  @Test func keysOfProcessesAreRandom() {
    let text = Array("a text".utf8)
    #expect(hash(text, .ofProcess) != hash(text, .fixed))
    #expect(hash(text, .ofProcess) == hash(text, .ofProcess))
  }

  /// Strings of sixteen bytes made to collide: the second word cancels what the first one has done.
  private func colliding(_ count: Int, under key: FieldHash) -> [[UInt8]] {
    (0..<UInt64(count)).map { number in
      // A string of one word is hashed like a first word, but for its length.
      bytes(number ^ 16, hash(bytes(number ^ 8), key))
    }
  }

  @Test func stringsThatCollideUnderOneKeyDoNotUnderAnother() {
    for (index, key) in Self.keys.enumerated() {
      let strings = colliding(10_000, under: key)
      #expect(Set(strings).count == 10_000)
      #expect(Set(strings.map { hash($0, key) }).count == 1)
      for (other, otherKey) in Self.keys.enumerated() where other != index {
        // Neither all bits nor those that choose a slot collide more often than by chance.
        #expect(Set(strings.map { hash($0, otherKey) }).count == 10_000)
        let slots = Set(strings.map { hash($0, otherKey) & 0xffff })
        #expect(slots.count > 9_000)
      }
    }
  }

  @Test func tablesDoNotDependOnTheKey() {
    var random = SplitMix64(seed: 1)
    let tokens = (0..<20_000).map { _ in
      (0..<Int.random(in: 0...20, using: &random)).map { _ in
        UInt8.random(in: 97...99, using: &random)
      }
    }
    let results = Self.keys.map { key -> ([Int], [String], [Int?]) in
      var table = StringInterner(minimumCapacity: 0, hash: key)
      let indices = tokens.map { token in token.withUnsafeBufferPointer { table.insert($0) } }
      let texts = (0..<table.count).map(table.text)
      let found = ["a", "abcabc", "d", ""].map { withBytes($0, table.find) }
      return (indices, texts, found)
    }
    for result in results.dropFirst() {
      #expect(result.0 == results[0].0)
      #expect(result.1 == results[0].1)
      #expect(result.2 == results[0].2)
    }
    #expect(Set(results[0].1).count == results[0].1.count)
  }

  /// Strings that collided before hashes had keys.
  @Test func tablesFindStringsThatWereMadeToCollide() {
    var table = StringInterner()
    let strings = colliding(20_000, under: .fixed)
    for (index, string) in strings.enumerated() {
      #expect(string.withUnsafeBufferPointer { table.insert($0) } == index)
    }
    #expect(strings[7].withUnsafeBufferPointer(table.find) == 7)
  }
}
