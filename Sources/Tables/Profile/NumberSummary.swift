import Hashing

/// A bounded summary of many numbers: the extremes with true counts and a sample of the rest.
///
/// A number enters the sample by a hash of its position, so the same numbers in the same order give
/// the same sample.
package struct NumberSummary {
  private(set) var shape = NumberShape()

  private static let extremeCount = 8
  /// The smallest values, ascending, and the largest, descending, with their counts.
  private var smallest: [NumberCount] = []
  private var largest: [NumberCount] = []

  private let sampleLimit: Int
  /// The numbers with the smallest hashes, at least `sampleLimit` of them and less than twice that.
  private var sample: [(hash: UInt64, value: Double, key: UInt16)] = []
  private var threshold = UInt64.max
  private(set) var totalCount = 0
  /// Whether every number so far is greater than the one before.
  private(set) var isAscending = true
  private var latest = -Double.infinity

  package init(sampleCount: Int) {
    sampleLimit = max(1, sampleCount)
  }

  /// Adds the number of one row.
  @inline(__always)
  package mutating func add(_ number: ParsedNumber, key: UInt16) {
    var keys = PrivacyUnitSet()
    keys.insert(key)
    add(number, count: 1, keys: keys)
  }

  /// Adds a number that occurs `count` times, in rows with these keys.
  @inline(__always)
  package mutating func add(_ number: ParsedNumber, count: Int, keys: PrivacyUnitSet) {
    let value = number.value + 0
    shape.add(number)
    if value <= latest || count > 1 { isAscending = false }
    latest = value
    if smallest.count < Self.extremeCount || value <= smallest[smallest.count - 1].value {
      Self.insert(NumberCount(value: value, count: count, keys: keys), into: &smallest, before: <)
    }
    if largest.count < Self.extremeCount || value >= largest[largest.count - 1].value {
      Self.insert(NumberCount(value: value, count: count, keys: keys), into: &largest, before: >)
    }
    for position in totalCount..<totalCount + count {
      let hash = Self.hash(position)
      if hash < threshold { addToSample(value, hash: hash, key: keys.key(position)) }
    }
    totalCount += count
  }

  /// The extremes and the sample between them, with counts that sum to the number of rows.
  package var numbers: [NumberCount] {
    let low = smallest
    var high = largest.reversed().filter { $0.value > low[low.count - 1].value }
    guard let lowEnd = low.last?.value, let highStart = high.first?.value else { return low }
    let middleCount = totalCount - (low + high).reduce(0) { $0 + $1.count }
    let drawn = sample.sorted { $0.hash < $1.hash }.prefix(sampleLimit)
    let middle = drawn.filter { lowEnd < $0.value && $0.value < highStart }.sorted {
      ($0.value, $0.hash) < ($1.value, $1.hash)
    }
    if middle.isEmpty { high[0].count += middleCount }
    let shares = middle.indices.map { index in
      var keys = PrivacyUnitSet()
      keys.insert(middle[index].key)
      return NumberCount(
        value: middle[index].value,
        count: share(index + 1, of: middleCount, middle.count)
          - share(index, of: middleCount, middle.count),
        keys: keys)
    }
    return low + mergedByValue(shares).filter { $0.count > 0 } + high
  }

  /// `total * part / whole`, rounded down, without overflow.
  private func share(_ part: Int, of total: Int, _ whole: Int) -> Int {
    let product = total.multipliedFullWidth(by: part)
    return whole.dividingFullWidth(product).quotient
  }

  private mutating func addToSample(_ value: Double, hash: UInt64, key: UInt16) {
    sample.append((hash, value, key))
    if sample.count == 2 * sampleLimit {
      sample.sort { $0.hash < $1.hash }
      sample.removeLast(sampleLimit)
      threshold = sample[sampleLimit - 1].hash
    }
  }

  private static func insert(
    _ number: NumberCount, into list: inout [NumberCount], before: (Double, Double) -> Bool
  ) {
    let index = list.firstIndex { !before($0.value, number.value) } ?? list.count
    if index < list.count && list[index].value == number.value {
      list[index].count += number.count
      list[index].keys.formUnion(number.keys)
    } else {
      list.insert(number, at: index)
      if list.count > extremeCount { list.removeLast() }
    }
  }

  @inline(__always)
  private static func hash(_ position: Int) -> UInt64 {
    (UInt64(truncatingIfNeeded: position) &* .goldenStep).splitMix64Finalized
  }
}
