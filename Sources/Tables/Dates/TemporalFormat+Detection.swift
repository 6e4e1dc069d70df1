extension TemporalFormat {
  /// The format that reads all texts as dates or times.
  ///
  /// If both orders of day and month are possible, dates with slashes are read month first and others day first, unless only
  /// the other order makes all of them the first of a month. With dots the day is always first. Digits without separators
  /// (20190115) and years with a month only (2019-01) must lie between 1900 and 2100. The former also need a column name such as
  /// `date` or `time`, or at least 20 different texts.
  ///
  /// - Parameters:
  ///   - texts: the values of a column, each once or more often.
  ///   - name: the name of the column.
  /// - Returns: nil if there are no texts or no format reads all of them.
  public init?(detecting texts: some Collection<String>, named name: String = "") {
    guard var first = texts.first else { return nil }
    let candidates = first.withUTF8 { Candidates.formats(reading: $0) }
    let found = candidates.first { candidate in
      candidate.reads(texts, where: candidate.isPlausible)
        && (!candidate.isBareDigits || speaksOfTime(name) || haveManyValues(texts))
    }
    guard let found else { return nil }
    let isFirstOfMonth = { (dateTime: DateTimeValue) in
      CivilDate(daysSinceEpoch: dateTime.day).day == 1
    }
    if let turned = found.withDayAndMonthTurned, candidates.contains(turned),
      turned.reads(texts, where: isFirstOfMonth), !found.reads(texts, where: isFirstOfMonth)
    {
      self = turned
    } else {
      self = found
    }
  }

  /// The format that reads all texts of a column, or most of them (see ``Majority``), as dates or times.
  ///
  /// - Parameters:
  ///   - levels: the different texts.
  ///   - name: the name of the column.
  init?(detecting levels: [Level], named name: String = "") {
    if let format = TemporalFormat(detecting: levels.lazy.map(\.text), named: name) {
      self = format
      return
    }
    let majority = Majority(of: Array(levels.indices)) { levels[$0].count }
    for var text in levels.prefix(Self.mostWords).map(\.text) {
      let candidates = text.withUTF8 { Candidates.formats(reading: $0) }
      let best = candidates.compactMap { format in
        majority.rows { format.parse(levels[$0].text) != nil }.map { (format: format, rows: $0) }
      }.max { $0.rows < $1.rows }
      guard let best else { continue }
      let read = levels.lazy.map(\.text).filter { best.format.parse($0) != nil }
      guard let format = TemporalFormat(detecting: Array(read), named: name) else { return nil }
      self = format
      return
    }
    return nil
  }

  /// The most frequent texts that are tried, because words may be more frequent than any date.
  private static let mostWords = 20

  func parse(_ text: String) -> DateTimeValue? {
    var text = text
    return text.withUTF8(parse)
  }

  /// Whether the format reads all texts and they meet a condition.
  private func reads(_ texts: some Collection<String>, where meets: (DateTimeValue) -> Bool) -> Bool
  {
    texts.allSatisfy { parse($0).map(meets) ?? false }
  }

  /// Whether dates are digits only, so that they could also be numbers.
  private var isBareDigits: Bool {
    elements.allSatisfy { element in
      switch element {
      case .literal(let byte): byte.isDigit
      case .monthName, .fraction, .meridiem, .offset: false
      default: true
      }
    }
  }

  private var hasDay: Bool {
    elements.contains { element in
      if case .day = element { true } else { false }
    }
  }

  private func isPlausible(_ dateTime: DateTimeValue) -> Bool {
    if content == .time || (hasDay && !isBareDigits) { return true }
    return 1900...2100 ~= CivilDate(daysSinceEpoch: dateTime.day).year
  }

  /// The same format with day and month swapped.
  private var withDayAndMonthTurned: TemporalFormat? {
    TemporalFormat(
      elements.map { element in
        switch element {
        case .day(let isPadded): .month(isPadded: isPadded)
        case .month(let isPadded): .day(isPadded: isPadded)
        default: element
        }
      })
  }
}

private func haveManyValues(_ texts: some Collection<String>) -> Bool {
  var distinct = Set<String>()
  return texts.contains { text in
    distinct.insert(text)
    return distinct.count >= 20
  }
}

/// Whether a column's name suggests dates or times.
func speaksOfTime(_ name: String) -> Bool {
  let words: Set = ["date", "day", "time", "datetime", "timestamp", "birth", "birthday", "dob"]
  return nameWords(name).contains(where: words.contains)
}

/// The possible formats of a text.
private enum Candidates {
  /// The formats that read a text, most likely first.
  static func formats(reading text: UnsafeBufferPointer<UInt8>) -> [TemporalFormat] {
    var found: [TemporalFormat] = []
    for date in dates + namedDates(in: text) {
      guard let afterDate = Prefix(text).reading(date) else { continue }
      found += [afterDate].compactMap(\.format)
      for joiner in joiners {
        guard let joined = afterDate.reading(joiner) else { continue }
        found += joined.timeFormats
      }
    }
    return found + Prefix(text).timeFormats
  }

  /// The beginning of a text, as far as some elements have read it.
  private struct Prefix {
    private var reader: TemporalReader
    private var elements: [TemporalElement] = []

    init(_ text: UnsafeBufferPointer<UInt8>) { reader = TemporalReader(text) }

    /// Reads further elements; nil if they do not follow.
    func reading(_ next: [TemporalElement]) -> Prefix? {
      var longer = self
      for element in next where !longer.reader.read(element) { return nil }
      longer.elements += next
      return longer
    }

    /// The elements as a format; nil if text is left.
    var format: TemporalFormat? {
      reader.isAtEnd && reader.dateTime != nil ? TemporalFormat(elements) : nil
    }

    /// The formats that continue with a time and possibly an offset from UTC.
    var timeFormats: [TemporalFormat] {
      var found: [TemporalFormat] = []
      for time in times {
        guard let afterTime = reading(time) else { continue }
        found += [afterTime].compactMap(\.format)
        found += zones.compactMap { afterTime.reading($0)?.format }
      }
      return found
    }
  }

  /// Dates without and with a time behind them.
  private static let dates =
    patterns(
      "%Y-%m-%d", "%Y-%-m-%-d", "%Y/%m/%d", "%Y/%-m/%-d", "%Y.%m.%d", "%Y.%-m.%-d",
      "%d.%m.%Y", "%-d.%-m.%Y", "%m/%d/%Y", "%-m/%-d/%Y", "%d/%m/%Y", "%-d/%-m/%Y",
      "%d-%m-%Y", "%-d-%-m-%Y", "%m-%d-%Y", "%-m-%-d-%Y",
      "%d.%m.%y", "%-d.%-m.%y", "%m/%d/%y", "%-m/%-d/%y", "%d/%m/%y", "%-d/%-m/%y",
      "%Y-%m", "%Y/%m", "%m/%Y", "%m.%Y", "%Y%m%d", "%Y%m%d%H%M%S",
      "%Y%m%dT%H%M%S", "%Y%m%dT%H%M%SZ"
    )
    + ["%b", "%^b", "%#b", "%B", "%^B", "%#B"].flatMap { named($0) }

  /// Dates with the name of a month.
  private static func named(_ month: String) -> [[TemporalElement]] {
    patterns(
      "%d-\(month)-%Y", "%-d-\(month)-%Y", "%d \(month) %Y", "%-d \(month) %Y", "%d\(month)%Y",
      "%d/\(month)/%Y", "%d. \(month) %Y", "%-d. \(month) %Y", "\(month) %d, %Y",
      "\(month) %-d, %Y", "\(month) %d %Y", "\(month) %-d %Y", "%Y-\(month)-%d", "%d-\(month)-%y",
      "%-d-\(month)-%y", "\(month) %Y", "\(month)-%Y")
  }

  /// The date formats for each month name in other languages, written without points.
  private static let otherDates: [[UInt8]: [[TemporalElement]]] = {
    var dates: [[UInt8]: [[TemporalElement]]] = [:]
    for month in MonthNames.others {
      for (flag, letterCase) in [("", .capitalized), ("^", .upper), ("#", .lower)]
        as [(String, TemporalElement.LetterCase)]
      {
        let name = "%\(flag){\(month.code)}b"
        let found =
          named(name)
          + patterns(
            "%d de \(name) de %Y", "%-d de \(name) de %Y", "%d \(name) de %Y", "%-d \(name) de %Y",
            "\(name) de %Y")
        for word in Set(month.names(letterCase).map { $0.filter { $0 != UInt8(ascii: ".") } }) {
          dates[word, default: []] += found
        }
      }
    }
    return dates
  }()

  /// The date formats for the month names in a text.
  private static func namedDates(in text: UnsafeBufferPointer<UInt8>) -> [[TemporalElement]] {
    let words = text.split { byte in
      byte < 0x80 && !(UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
    return words.prefix(mostWords).flatMap { otherDates[Array($0), default: []] }
  }

  /// The most words of a text that are looked up: no date has more.
  private static let mostWords = 8

  private static let joiners = patterns("T", " ", ", ", ":")

  private static let times: [[TemporalElement]] = {
    let fractions =
      (1...9).map { "%.\($0)N" } + [3, 6, 9].map { "%.?\($0)N" } + (1...9).map { "%.-\($0)N" }
      + (1...9).map { "%,\($0)N" }
    return ["%H:%M:%S", "%-H:%M:%S"].flatMap { time in
      patterns(time) + fractions.flatMap { patterns(time + $0) }
    }
      + patterns(
        "%H:%M", "%-H:%M", "%I:%M %p", "%-I:%M %p", "%I:%M:%S %p", "%-I:%M:%S %p", "%I:%M%p",
        "%-I:%M%p", "%I:%M:%S%p", "%-I:%M:%S%p", "%I:%M %P", "%-I:%M %P", "%I:%M:%S %P",
        "%-I:%M:%S %P", "%I:%M%P", "%-I:%M%P", "%I:%M:%S%P", "%-I:%M:%S%P")
  }()

  private static let zones = patterns(
    "%:z", "%:Z", "%z", "%Z", "%#z", "%#Z", " %:z", " %z", " UTC", " GMT")

  private static func patterns(_ texts: String...) -> [[TemporalElement]] {
    texts.map { TemporalElement.elements(ofPattern: $0)! }
  }
}
