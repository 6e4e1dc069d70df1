/// Collects the distinct values of one column in bounded memory.
///
/// As long as they fit, distinct fields are only counted; their type is determined once, at
/// the end. If they do not fit, a column of numbers continues as a `NumberSummary`, and any other column drops
/// its rarest texts.
package struct ColumnScanner {
  /// How the texts of a column are read.
  enum Mode {
    /// As the type of most of them.
    case detected
    /// As texts, even if they look like numbers.
    case texts
    /// As plain numbers with any number of words among them.
    case numbers
  }

  private let missingValues: MissingValues
  private let limits: ProfileLimits
  let mode: Mode
  private(set) var tokens = StringInterner()
  /// The distinct values that are counted.
  private var tokenLimit: Int
  /// The number of rows whose cell is marked as missing; other missing cells are tokens.
  private(set) var markedCount = 0
  /// How the first of them is written.
  private(set) var markedSpelling = ""
  /// The number of rows of each token.
  private(set) var counts: [Int] = []
  /// The keys of the rows of each token; empty in a table without a key.
  private(set) var keySets: [PrivacyUnitSet] = []
  /// The distinct keys of the rows with a value, counted up to a limit.
  private(set) var presentKeys: [UInt16] = []
  /// Takes the numbers once there are too many to count one by one.
  private(set) var summary: NumberSummary?
  /// Reads the numbers of the summary.
  private(set) var reading = NumberReading.plain
  /// The number of rows with a word among those numbers.
  private(set) var wordCount = 0
  /// Whether texts have been dropped: the column is then not numeric, and its counts are lower bounds.
  private(set) var isPruned = false
  /// Estimates the number of distinct values once not all are kept.
  private(set) var distinct: DistinctCounter?
  /// The format of dates or times of most texts, once not all are kept.
  private(set) var temporalFormat: TemporalFormat?
  /// The number of rows whose texts were dropped, and of those that are not in the format.
  private(set) var dropped = (count: 0, unreadCount: 0)

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

  /// The most keys of a column that are counted.
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

  /// Counts a field that may be new, after some texts have been dropped.
  private mutating func note(_ field: UnsafeBufferPointer<UInt8>) {
    if !missingValues.contains(field) { distinct?.add(field) }
  }

  /// The fewest numbers for each word; a column with fewer becomes one of texts. Words may be clustered in a table.
  private static let numbersPerWord = 4

  /// Adds numbers to the summary, until there are too many words among them.
  ///
  /// - Returns: The first row that was not read.
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
  /// Texts that a column of numbers keeps in case it turns out not to be numeric.
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

  /// Summarises the numbers so far; false if the column is not numeric.
  private mutating func startSummary() -> Bool {
    let present = counts.indices.filter { !isMissing($0) }
    // Equal texts may be clustered in a table, so rows are judged only at the end.
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

  /// How some texts are read as numbers; nil if they are not numbers.
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

  /// Keeps the most frequent tokens and all missing ones.
  private mutating func prune(to limit: Int) {
    let ranked = counts.sorted(by: >)
    // Keeps all tokens above the threshold, then the first ones at the threshold while there is room.
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

  /// Counts a text that is no longer kept.
  private mutating func drop(_ index: Int) {
    guard let temporalFormat else { return }
    dropped.count += counts[index]
    if tokens.withToken(index, temporalFormat.parse) == nil { dropped.unreadCount += counts[index] }
  }

  func keys(of index: Int) -> PrivacyUnitSet { keySets.isEmpty ? PrivacyUnitSet() : keySets[index] }

  func isMissing(_ index: Int) -> Bool {
    tokens.withToken(index, missingValues.contains)
  }
}
