/// Collects the distinct values of one column in bounded memory.
///
/// As long as they fit, distinct fields are only counted and what they mean is worked out once, at
/// the end. When they do not fit, a column of numbers goes on as a `NumberSummary`; any other drops
/// its rarest texts.
struct ColumnScanner {
  private let missingValues: MissingValues
  private let limits: ProfileLimits
  /// Numbers are texts like others.
  private let readsTexts: Bool
  private var tokens = TokenTable()
  /// How often each token occurred.
  private var counts: [Int] = []
  /// The keys of the rows with each token; empty in a table without a key.
  private var keySets: [KeySet] = []
  /// Different keys of the rows with a value, until there are enough.
  private var presentKeys: [UInt16] = []
  /// Takes the numbers once there are too many to count one by one.
  private var summary: NumberSummary?
  /// Reads the numbers of the summary.
  private var reading: NumberReading?
  /// Texts have been dropped, so the column is not numeric and its counts are lower bounds.
  private var isPruned = false
  /// Estimates how many values differ once they are not all kept.
  private var distinct: DistinctCounter?
  /// The format of dates or times that all texts have had so far once they are not all kept.
  private var temporalFormat: TemporalFormat?

  init(missingValues: MissingValues, limits: ProfileLimits, readsTexts: Bool) {
    self.missingValues = missingValues
    self.limits = limits
    self.readsTexts = readsTexts
  }

  /// Counts one column of a batch.
  mutating func scan(_ batch: FieldBatch, column: Int, keys: RowKeys) {
    var row = 0
    if summary != nil { row = summarize(batch, column: column, keys: keys) }
    while row < batch.rowCount {
      count(batch[row, column], key: keys.key(ofRow: batch.firstRow + row))
      row += 1
      if summary != nil { row = summarize(batch, column: column, keys: keys, from: row) }
    }
    if keys.count > 0 { notePresent(batch, column: column, keys: keys) }
  }

  /// More keys of a column are not counted.
  private static let mostKeys = 32

  private mutating func notePresent(_ batch: FieldBatch, column: Int, keys: RowKeys) {
    for row in 0..<batch.rowCount where presentKeys.count < Self.mostKeys {
      let key = keys.key(ofRow: batch.firstRow + row)
      guard !presentKeys.contains(key), !missingValues.contains(batch[row, column]) else {
        continue
      }
      presentKeys.append(key)
    }
  }

  @inline(__always)
  private mutating func count(_ field: UnsafeBufferPointer<UInt8>, key: UInt16) {
    let index = tokens.insert(field)
    if index < counts.count {
      counts[index] &+= 1
      if key != 0 { keySets[index].insert(key) }
    } else {
      counts.append(1)
      if key != 0 {
        keySets.append(KeySet())
        keySets[index].insert(key)
      }
      if distinct != nil { note(field) }
      if counts.count > limits.tokenCount || tokens.byteCount > limits.tokenByteCount {
        makeRoom()
      }
    }
  }

  /// Takes note of a field that may be a new one, after some have been dropped.
  private mutating func note(_ field: UnsafeBufferPointer<UInt8>) {
    if missingValues.contains(field) { return }
    distinct?.add(field)
    if let format = temporalFormat, format.parse(field) == nil { temporalFormat = nil }
  }

  /// Gives numbers to the summary; returns the first row that it did not take.
  private mutating func summarize(
    _ batch: FieldBatch, column: Int, keys: RowKeys, from start: Int = 0
  ) -> Int {
    for row in start..<batch.rowCount {
      let field = batch[row, column]
      let key = keys.key(ofRow: batch.firstRow + row)
      if missingValues.contains(field) {
        count(field, key: key)
      } else if let number = reading?.number(field) {
        summary?.add(number, key: key)
        distinct?.add(field)
      } else {
        summary = nil
        isPruned = true
        return row
      }
    }
    return batch.rowCount
  }
}

// MARK: - Too many distinct values

extension ColumnScanner {
  /// Texts that a column of numbers remembers in case it turns out to be none.
  private static let rememberedCount = 1_000

  private mutating func makeRoom() {
    if distinct == nil {
      var counter = DistinctCounter()
      for index in counts.indices where !isMissing(index) {
        tokens.withToken(index) { counter.add($0) }
      }
      distinct = counter
    }
    if summary == nil && !isPruned && !readsTexts, startSummary() {
      prune(to: min(Self.rememberedCount, limits.tokenCount / 2))
    } else {
      if !isPruned { temporalFormat = detectedFormat() }
      isPruned = true
      prune(to: limits.tokenCount / 2)
    }
  }

  /// Summarizes the numbers so far; false when a field is neither number nor missing.
  private mutating func startSummary() -> Bool {
    let present = counts.indices.filter { !isMissing($0) }
    guard let reading = NumberReading(detecting: present, of: tokens) else { return false }
    var summary = NumberSummary(sampleCount: limits.sampleCount)
    for index in present {
      guard let number = tokens.withToken(index, reading.number) else { continue }
      summary.add(number, count: counts[index], keys: keys(of: index))
    }
    self.reading = reading
    self.summary = summary
    return true
  }

  private func detectedFormat() -> TemporalFormat? {
    TemporalFormat(detecting: counts.indices.lazy.filter { !isMissing($0) }.map { tokens.text($0) })
  }

  /// Keeps the most frequent tokens, the missing ones in any case.
  private mutating func prune(to limit: Int) {
    let ranked = counts.sorted(by: >)
    // All above the threshold are kept, then the first ones at it, as far as there is room.
    let threshold = ranked[min(limit, ranked.count - 1)]
    let chosen =
      counts.indices.filter { counts[$0] > threshold || isMissing($0) }
      + counts.indices.filter { counts[$0] == threshold && !isMissing($0) }.prefix(limit)
    var keptTokens = TokenTable(minimumCapacity: 2 * limit)
    var keptCounts: [Int] = []
    var keptKeySets: [KeySet] = []
    for index in chosen {
      let fits = keptTokens.count < limit && keptTokens.byteCount <= limits.tokenByteCount / 2
      guard fits || isMissing(index) else { continue }
      _ = tokens.withToken(index) { keptTokens.insert($0) }
      keptCounts.append(counts[index])
      if !keySets.isEmpty { keptKeySets.append(keySets[index]) }
    }
    tokens = keptTokens
    counts = keptCounts
    keySets = keptKeySets
  }

  private func keys(of index: Int) -> KeySet { keySets.isEmpty ? KeySet() : keySets[index] }

  private func isMissing(_ index: Int) -> Bool {
    tokens.withToken(index, missingValues.contains)
  }
}

// MARK: - The result

extension ColumnScanner {
  /// What the column holds.
  func profile(name: String) -> ColumnProfile {
    let missing = counts.indices.filter(isMissing)
    var profile = ColumnProfile(
      name: name, type: .category, missingCount: missing.reduce(0) { $0 + counts[$1] },
      missingSpelling: levels(missing).first?.text ?? "",
      isExact: summary == nil && !isPruned, distinctCount: distinct?.estimate ?? 0)
    if !keySets.isEmpty || !presentKeys.isEmpty { profile.keyCount = presentKeys.count }
    if let summary {
      profile.type = summary.shape.type
      profile.numberFormat = summary.shape.format
      profile.numberFormat.notation = reading?.notation
      profile.numbers = summary.numbers
      profile.isAscending = summary.isAscending
      return profile
    }
    let present = counts.indices.filter { !isMissing($0) }
    if profile.isExact { profile.distinctCount = present.count }
    profile.temporalFormat = temporalFormat
    if !isPruned, !readsTexts, !present.isEmpty,
      let reading = NumberReading(detecting: present, of: tokens)
    {
      let (shape, numbers) = exactNumbers(present, reading)
      profile.type = shape.type
      profile.isAscending =
        zip(numbers, numbers.dropFirst()).allSatisfy { $0.value < $1.value }
        && numbers.allSatisfy { $0.count == 1 }
      profile.numberFormat = shape.format
      profile.numberFormat.notation = reading.notation
      profile.numbers = mergedByValue(numbers)
      profile.distinctCount = profile.numbers.count
      return profile
    }
    profile.isAscending = !isPruned && areAscending(present)
    profile.levels = levels(present)
    if !isPruned, profile.levels.count == 2,
      ColumnType.areBooleans(profile.levels[0].text, profile.levels[1].text)
    {
      profile.type = .boolean
    }
    return profile
  }

  private func levels(_ indices: [Int]) -> [Level] {
    indices.sorted { left, right in
      counts[left] != counts[right]
        ? counts[left] > counts[right] : tokens.areInOrder(left, right)
    }.map { Level(text: tokens.text($0), count: counts[$0], keys: keys(of: $0)) }
  }

  /// Whether every token stands in one row and comes after those of the rows before: tokens are in order of appearance.
  private func areAscending(_ indices: [Int]) -> Bool {
    indices.allSatisfy { counts[$0] == 1 }
      && zip(indices, indices.dropFirst()).allSatisfy { first, second in
        let lengths = (tokens.withToken(first, \.count), tokens.withToken(second, \.count))
        return lengths.0 < lengths.1 || (lengths.0 == lengths.1 && tokens.areInOrder(first, second))
      }
  }

  /// The numbers in order of appearance.
  private func exactNumbers(
    _ indices: [Int], _ reading: NumberReading
  ) -> (NumberShape, [NumberCount]) {
    var shape = NumberShape()
    var numbers: [NumberCount] = []
    for index in indices {
      guard let number = tokens.withToken(index, reading.number) else { continue }
      shape.add(number)
      numbers.append(NumberCount(value: number.value, count: counts[index], keys: keys(of: index)))
    }
    return (shape, numbers)
  }
}

/// The counts of equal values added up, ascending. A negative zero is zero.
func mergedByValue(_ numbers: [NumberCount]) -> [NumberCount] {
  var merged: [NumberCount] = []
  for number in numbers.sorted(by: { $0.value < $1.value }) {
    if let last = merged.last, last.value == number.value {
      merged[merged.count - 1].count += number.count
      merged[merged.count - 1].keys.formUnion(number.keys)
    } else {
      merged.append(NumberCount(value: number.value + 0, count: number.count, keys: number.keys))
    }
  }
  return merged
}
