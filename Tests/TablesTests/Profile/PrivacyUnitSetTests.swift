import Tables
import TestSupport
import Testing

@Suite struct PrivacyUnitSetTests {
  @Test func keysCountOnceAndUpToEight() {
    var keys = PrivacyUnitSet()
    #expect(keys.count(orRows: 12) == 12)
    for key in [3, 9, 3, 3, 9] as [UInt16] { keys.insert(key) }
    #expect(keys.count == 2 && keys.count(orRows: 12) == 2)
    keys.insert(0)
    #expect(keys.count == 2)
    for key in 100..<200 as Range<UInt16> { keys.insert(key) }
    #expect(keys.count == 8)
  }

  /// Sets hold all keys as long as these are fewer than eight, however they are put together.
  @Test func unions() {
    var random = SplitMix64(seed: 5)
    for _ in 0..<300 {
      let keys = (0..<Int(random.unit() * 14)).map { _ in UInt16(1 + random.unit() * 9) }
      let half = Int(random.unit() * Double(keys.count + 1))
      var (first, second) = (PrivacyUnitSet(), PrivacyUnitSet())
      for key in keys[..<half] { first.insert(key) }
      for key in keys[half...] { second.insert(key) }
      first.formUnion(second)
      #expect(first.count == min(8, Set(keys).count))
    }
  }

  @Test func profilesCountKeys() throws {
    let table = try Table(columns: [
      Column("who", ["a", "a", "b", "c", nil, nil]),
      Column("town", ["Ulm", "Ulm", "Ulm", "Bonn", "Bonn", "Bonn"]),
      Column("age", [1, 1, 1, 2, nil, 3]),
    ])
    let keys = try PrivacyUnits(of: 0, in: table, missingValues: .standard)
    let profile = try TableProfile(scanning: table, missingValues: .standard, keys: keys)
    #expect(profile.columns[1].levels.map(\.count) == [3, 3])
    // Rows without a key share one.
    #expect(profile.columns[1].levels.map(\.keyCount) == [2, 2])
    #expect(profile.columns[2].numbers.map { $0.keys.count } == [2, 1, 1])
    #expect(profile.columns.map(\.keyCount) == [3, 4, 4])
    let plain = try TableProfile(scanning: table)
    #expect(plain.columns[1].levels.map(\.keyCount) == [3, 3])
    #expect(plain.columns[1].keyCount == nil)
  }

  /// Beyond the limits a value has at most the keys that it has in the table.
  @Test func summariesCountKeys() throws {
    let rows = 4_000
    let table = try Table(columns: [
      Column("who", (0..<rows).map { $0 < 1_000 ? 0 : $0 }),
      Column("x", (0..<rows).map { Double($0) + 0.5 }),
      Column("text", (0..<rows).map { $0 % 2 == 0 ? "often \($0 % 100)" : "text \($0)" }),
    ])
    let keys = try PrivacyUnits(of: 0, in: table, missingValues: .standard)
    let profile = try TableProfile(
      scanning: table, missingValues: .standard,
      limits: ProfileLimits(tokenCount: 500, tokenByteCount: 20_000, sampleCount: 200), keys: keys)
    let numbers = profile.columns[1]
    #expect(!numbers.isExact && numbers.numbers.allSatisfy { $0.keys.count == 1 })
    #expect(numbers.keyCount == 32)
    let texts = profile.columns[2]
    #expect(!texts.isExact)
    for level in texts.levels {
      #expect(level.keyCount <= (level.text.hasPrefix("often") ? 8 : 1))
    }
    #expect(texts.levels[0].keyCount == 8)
  }
}
