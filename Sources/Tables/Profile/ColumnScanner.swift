/// Collects the distinct values of one column in bounded memory.
///
/// As long as they fit, distinct fields are only counted and what they mean is worked out once, at
/// the end. When they do not fit, a column of numbers goes on as a `NumberSummary`; any other drops
/// its rarest texts.
package struct ColumnScanner {
  /// What the texts of a column are read as.
  enum Mode {
    /// What most of them are.
    case detected
    /// Texts, even where they look like numbers.
    case texts
    /// Plain numbers, and words between them however many these are.
    case numbers
  }

  private let missingValues: MissingValues
  private let limits: ProfileLimits
  let mode: Mode
  private(set) var tokens = StringInterner()
  /// Distinct values that are counted.
  private var tokenLimit: Int
  /// Rows whose cell is marked as missing; other missing cells are tokens.
  private(set) var markedCount = 0
  /// How the first of them is written.
  private(set) var markedSpelling = ""
  /// How often each token occurred.
  private(set) var counts: [Int] = []
  /// The keys of the rows with each token; empty in a table without a key.
  private(set) var keySets: [PrivacyUnitSet] = []
  /// Different keys of the rows with a value, until there are enough.
  private(set) var presentKeys: [UInt16] = []
  /// Takes the numbers once there are too many to count one by one.
  private(set) var summary: NumberSummary?
  /// Reads the numbers of the summary.
  private(set) var reading = NumberReading.plain
  /// Rows with a text between those numbers that is none.
  private(set) var wordCount = 0
  /// Texts have been dropped, so the column is not numeric and its counts are lower bounds.
  private(set) var isPruned = false
  /// Estimates how many values differ once they are not all kept.
  private(set) var distinct: DistinctCounter?
  /// The format of dates or times that most texts have had once they are not all kept.
  private(set) var temporalFormat: TemporalFormat?
  /// Rows whose texts were dropped, and those of them that are not in the format.
  private(set) var dropped = (count: 0, strayCount: 0)

  init(missingValues: MissingValues, limits: ProfileLimits, mode: Mode) {
    self.missingValues = missingValues
    self.limits = limits
    self.mode = mode
    tokenLimit = limits.tokenCount
  }

  /// A scanner of texts that are given one by one.
  package init(textsWithin limits: ProfileLimits) {
    self.init(missingValues: MissingValues(spellings: []), limits: limits, mode: .texts)
  }

  /// Counts a text that is a value.
  package mutating func add(_ text: UnsafeBufferPointer<UInt8>, key: UInt16) {
    count(text, key: key)
  }

  /// Counts one column of a batch.
  mutating func scan(_ batch: ColumnBatch, column: Int, keys: PrivacyUnits) {
    var row = 0
    if summary != nil { row = summarize(batch, column: column, keys: keys) }
    while row < batch.rowCount {
      if batch.isMissing(row, column) {
        addMarked(batch.spelling(row, column))
      } else {
        count(batch[row, column], key: keys.key(ofRow: batch.firstRow + row))
      }
      row += 1
      if summary != nil { row = summarize(batch, column: column, keys: keys, from: row) }
    }
    if keys.count > 0 { notePresent(batch, column: column, keys: keys) }
  }

  private mutating func addMarked(_ spelling: UnsafeBufferPointer<UInt8>) {
    if markedCount == 0 { markedSpelling = String(decoding: spelling, as: UTF8.self) }
    markedCount += 1
  }

  /// More keys of a column are not counted.
  private static let mostKeys = 32

  private mutating func notePresent(_ batch: ColumnBatch, column: Int, keys: PrivacyUnits) {
    for row in 0..<batch.rowCount where presentKeys.count < Self.mostKeys {
      let key = keys.key(ofRow: batch.firstRow + row)
      guard !presentKeys.contains(key), !batch.isMissing(row, column),
        !missingValues.contains(batch[row, column])
      else {
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
        keySets.append(PrivacyUnitSet())
        keySets[index].insert(key)
      }
      if distinct != nil { note(field) }
      if counts.count > tokenLimit || tokens.byteCount > limits.tokenByteCount {
        makeRoom()
      }
    }
  }

  /// Takes note of a field that may be a new one, after some have been dropped.
  private mutating func note(_ field: UnsafeBufferPointer<UInt8>) {
    if !missingValues.contains(field) { distinct?.add(field) }
  }

  /// With fewer numbers than this for each word a column is soon one of texts; words may stand close together in a table.
  private static let numbersPerWord = 4

  /// Gives numbers to the summary; returns the first row after it has given up.
  private mutating func summarize(
    _ batch: ColumnBatch, column: Int, keys: PrivacyUnits, from start: Int = 0
  ) -> Int {
    for row in start..<batch.rowCount {
      let field = batch[row, column]
      let key = keys.key(ofRow: batch.firstRow + row)
      if batch.isMissing(row, column) {
        addMarked(batch.spelling(row, column))
      } else if missingValues.contains(field) {
        count(field, key: key)
      } else if let number = reading.number(field) {
        summary?.add(number, key: key)
        distinct?.add(field)
      } else {
        wordCount += 1
        count(field, key: key)
        if mode == .detected, wordCount > (summary?.totalCount ?? 0) / Self.numbersPerWord {
          summary = nil
          isPruned = true
          return row + 1
        }
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
    let isSummarized = summary != nil
    let starts = !isSummarized && !isPruned && mode != .texts && startSummary()
    let mayGrow = tokenLimit < limits.textCount && tokens.byteCount <= limits.tokenByteCount
    if !isSummarized, !starts, mayGrow {
      tokenLimit = limits.textCount
      return
    }
    if distinct == nil {
      var counter = DistinctCounter()
      for index in counts.indices where !isMissing(index) {
        tokens.withToken(index) { counter.add($0) }
      }
      distinct = counter
    }
    if isSummarized {
      prune(to: limits.tokenCount / 2)
    } else if starts {
      tokenLimit = limits.tokenCount
      prune(to: min(Self.rememberedCount, limits.tokenCount / 2))
    } else {
      if !isPruned { temporalFormat = detectedFormat() }
      isPruned = true
      prune(to: tokenLimit / 2)
    }
  }

  /// Summarizes the numbers so far; false where the column is not one of numbers.
  private mutating func startSummary() -> Bool {
    let present = counts.indices.filter { !isMissing($0) }
    // Equal texts may stand together in a table: what the rows have shows in the end.
    guard let reading = detectedReading(present, rows: { _ in 1 }) else { return false }
    var summary = NumberSummary(sampleCount: limits.sampleCount)
    for index in present {
      if let number = tokens.withToken(index, reading.number) {
        summary.add(number, count: counts[index], keys: keys(of: index))
      } else {
        wordCount += counts[index]
      }
    }
    self.reading = reading
    self.summary = summary
    return true
  }

  /// How some texts are read as numbers; nil where they are none.
  func detectedReading(_ indices: [Int], rows: (Int) -> Int) -> NumberReading? {
    switch mode {
    case .texts: nil
    case .numbers:
      indices.contains { tokens.withToken($0, tableNumber) != nil } ? NumberReading.plain : nil
    case .detected: NumberReading(detecting: indices, of: tokens, rows: rows)
    }
  }

  private func detectedFormat() -> TemporalFormat? {
    TemporalFormat(
      detecting: counts.indices.filter { !isMissing($0) }.map {
        Level(text: tokens.text($0), count: 1)
      })
  }

  /// Keeps the most frequent tokens, the missing ones in any case.
  private mutating func prune(to limit: Int) {
    let ranked = counts.sorted(by: >)
    // All above the threshold are kept, then the first ones at it, as far as there is room.
    let threshold = ranked[min(limit, ranked.count - 1)]
    let chosen =
      counts.indices.filter { counts[$0] > threshold || isMissing($0) }
      + counts.indices.filter { counts[$0] == threshold && !isMissing($0) }.prefix(limit)
    var isKept = counts.map { _ in false }
    var keptTokens = StringInterner(minimumCapacity: 2 * limit)
    var keptCounts: [Int] = []
    var keptKeySets: [PrivacyUnitSet] = []
    for index in chosen {
      let fits = keptTokens.count < limit && keptTokens.byteCount <= limits.tokenByteCount / 2
      guard fits || isMissing(index) else { continue }
      isKept[index] = true
      _ = tokens.withToken(index) { keptTokens.insert($0) }
      keptCounts.append(counts[index])
      if !keySets.isEmpty { keptKeySets.append(keySets[index]) }
    }
    for index in counts.indices where !isKept[index] { drop(index) }
    tokens = keptTokens
    counts = keptCounts
    keySets = keptKeySets
  }

  /// Takes note of a text that is no longer kept.
  private mutating func drop(_ index: Int) {
    guard let temporalFormat else { return }
    dropped.count += counts[index]
    if tokens.withToken(index, temporalFormat.parse) == nil { dropped.strayCount += counts[index] }
  }

  func keys(of index: Int) -> PrivacyUnitSet { keySets.isEmpty ? PrivacyUnitSet() : keySets[index] }

  func isMissing(_ index: Int) -> Bool {
    tokens.withToken(index, missingValues.contains)
  }
}
