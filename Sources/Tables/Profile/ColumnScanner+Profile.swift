extension ColumnScanner {
  /// The profile of the column.
  package func profile(name: String) -> ColumnProfile {
    let missing = counts.indices.filter(isMissing)
    var profile = ColumnProfile(
      name: name, type: .category, missingCount: missing.reduce(markedCount) { $0 + counts[$1] },
      isExact: summary == nil && !isPruned, distinctCount: distinct?.estimate ?? 0)
    profile.missingSpelling = markedCount > 0 ? markedSpelling : levels(missing).first?.text ?? ""
    if !keySets.isEmpty || !presentKeys.isEmpty { profile.keyCount = presentKeys.count }
    let present = counts.indices.filter { !isMissing($0) }
    if let summary, let words = words(present, beside: summary) {
      profile.type = summary.shape.type
      profile.numberFormat = summary.shape.format
      profile.scientific = summary.shape.scientific
      profile.numberFormat.notation = reading.notation
      profile.numbers = summary.numbers
      profile.words = levels(words)
      profile.wordCount = wordCount
      profile.isAscending = summary.isAscending && wordCount == 0
      return profile
    }
    if profile.isExact { profile.distinctCount = present.count }
    profile.temporalFormat = commonFormat(present)
    if summary == nil, !isPruned, !present.isEmpty,
      let reading = detectedReading(present, rows: { counts[$0] })
    {
      let (shape, numbers) = exactNumbers(present, reading)
      let words = present.filter { tokens.withToken($0) { reading.number($0) == nil } }
      profile.type = shape.type
      profile.isAscending =
        zip(numbers, numbers.dropFirst()).allSatisfy { $0.value < $1.value }
        && numbers.allSatisfy { $0.count == 1 } && words.isEmpty
      profile.numberFormat = shape.format
      profile.scientific = shape.scientific
      profile.numberFormat.notation = reading.notation
      profile.numbers = mergedByValue(numbers)
      profile.words = levels(words)
      profile.wordCount = words.reduce(0) { $0 + counts[$1] }
      profile.distinctCount = profile.numbers.count + words.count
      return profile
    }
    profile.isAscending = profile.isExact && areAscending(present)
    profile.levels = levels(present)
    if profile.isExact, profile.levels.count == 2,
      ColumnType.areBooleans(profile.levels[0].text, profile.levels[1].text)
    {
      profile.type = .boolean
    }
    return profile
  }

  /// The words among the numbers of a summarised column; nil if the column is not one of numbers after all.
  private func words(_ indices: [Int], beside summary: NumberSummary) -> [Int]? {
    let words = indices.filter { tokens.withToken($0) { reading.number($0) == nil } }
    if mode == .numbers { return words }
    let isNumeric =
      Majority.isFew(wordCount, of: summary.totalCount + wordCount)
      && !reading.areCodes(indices, of: tokens) { counts[$0] }
    return isNumeric ? words : nil
  }

  /// The format of dates or times that most texts have, if not all texts are kept.
  private func commonFormat(_ indices: [Int]) -> TemporalFormat? {
    guard let format = temporalFormat else { return nil }
    let unread = indices.filter { tokens.withToken($0) { format.parse($0) == nil } }
    let isCommon = Majority.isFew(
      unread.reduce(dropped.unreadCount) { $0 + counts[$1] },
      of: indices.reduce(dropped.count) { $0 + counts[$1] })
    return isCommon ? format : nil
  }

  func levels(_ indices: [Int]) -> [Level] {
    indices.sorted { left, right in
      counts[left] != counts[right]
        ? counts[left] > counts[right] : tokens.areInOrder(left, right)
    }.map { Level(text: tokens.text($0), count: counts[$0], keys: keys(of: $0)) }
  }

  /// Whether every token occurs in one row and is greater than the tokens before it, which are in order of appearance.
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

/// The distinct values in ascending order with the sums of their counts. A negative zero is zero.
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
