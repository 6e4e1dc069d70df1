/// The properties of a column's profile that decide its kind.
struct DescribedColumn {
  let profile: ColumnProfile
  let rowCount: Int

  /// Rows that have a value.
  var valueCount: Int { max(0, rowCount - profile.missingCount) }

  /// Whether no value occurs in two rows; if that is estimated, hardly any.
  var isDistinct: Bool {
    let least = profile.isExact ? Double(valueCount) : 0.97 * Double(valueCount)
    return Double(profile.distinctCount) >= least
  }

  // MARK: Names

  private var words: [String] { nameWords(profile.name) }

  private static let identifierWords: Set = [
    "id", "ids", "uid", "uuid", "guid", "identifier", "key", "pk", "number", "no", "nr", "num",
    "index", "idx", "serial", "code", "rowid",
  ]

  /// `id`, `customer_id`, `invoiceNumber`, `key2`; not `number_of_rooms`.
  var isNamedIdentifier: Bool {
    let words = words
    return words.last.map(Self.identifierWords.contains) ?? false
      || words.first.map(["id", "uuid", "pk"].contains) ?? false
  }

  // MARK: Numbers

  private var numbers: [NumberCount] { profile.numbers }

  /// Latitude or longitude, by the column's name, range and decimals.
  var coordinate: ColumnKind? {
    guard profile.numberFormat.decimals >= 2 else { return nil }
    func isNamed(_ names: Set<String>) -> Bool { words.contains(where: names.contains) }
    if isNamed(["lat", "latitude"]), liesWithin(degrees: 90) { return .latitude }
    if isNamed(["lon", "lng", "long", "longitude"]), liesWithin(degrees: 180) { return .longitude }
    return nil
  }

  /// Whether no number is farther from zero.
  func liesWithin(degrees limit: Double) -> Bool {
    guard let least = numbers.first?.value, let greatest = numbers.last?.value else { return false }
    return -limit <= least && greatest <= limit
  }

  /// Whether integers that differ in all rows are identifiers, not a measurement whose values happen to differ.
  var numbersIdentify: Bool {
    if isNamedIdentifier { return true }
    guard profile.numberFormat.notation == nil, let least = numbers.first?.value,
      let greatest = numbers.last?.value
    else { return false }
    let mayBeYears = least >= 1800 && greatest <= 2100
    let fillsRange = greatest - least < 1.1 * Double(valueCount)
    return !mayBeYears && (fillsRange || profile.isAscending)
  }

  /// Whether integers look like the identifiers of another table: every value repeats, most numbers of the range occur, and how
  /// often one occurs says nothing about the next.
  var mayReferToKeys: Bool {
    guard profile.isExact, !profile.isAscending, profile.numberFormat.notation == nil,
      let least = numbers.first?.value, let greatest = numbers.last?.value, least >= 0,
      numbers.allSatisfy({ $0.count >= 2 }),
      greatest - least < 2 * Double(numbers.count)
    else { return false }
    if isNamedIdentifier { return numbers.count >= Self.fewestKeys }
    return numbers.count >= Self.fewestUnnamedKeys && countsAreUnrelated
  }

  private static let (fewestKeys, fewestUnnamedKeys) = (20, 100)

  /// Whether the counts of neighbours differ as much as those of any two values, by the ratio of mean square successive difference
  /// and variance: 2 for unrelated counts, less for smooth distributions (von Neumann, 1941).
  private var countsAreUnrelated: Bool {
    let counts = numbers.map { Double($0.count) }
    let mean = counts.reduce(0, +) / Double(counts.count)
    let variance = counts.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let successive = zip(counts, counts.dropFirst()).reduce(0) { sum, pair in
      sum + (pair.1 - pair.0) * (pair.1 - pair.0)
    }
    return successive >= 1.5 * variance
  }

  // MARK: Texts

  /// The format in which all values are dates or times.
  var temporalFormat: TemporalFormat? { temporalFormat(named: profile.name) }

  /// The format of dates or times if the column had another name.
  func temporalFormat(named name: String) -> TemporalFormat? {
    if profile.type == .integer {
      guard profile.numberFormat.notation == nil, let least = numbers.first?.value,
        least >= 19_000_101
      else { return nil }
      return TemporalFormat(detecting: numbers.map { "\(Int($0.value))" }, named: name)
    }
    if !profile.isExact { return profile.temporalFormat }
    return TemporalFormat(detecting: profile.levels, named: name)
  }

  /// Whether most rows have a value that hardly any other row has.
  var hasTooManyValues: Bool {
    let shared = profile.levels.prefix { $0.count >= 8 }.reduce(0) { $0 + $1.count }
    return 2 * profile.distinctCount >= valueCount || 10 * shared <= valueCount
  }

  /// Whether nine in ten values are e-mail addresses.
  var areEmailAddresses: Bool {
    let addressCount = profile.levels.reduce(0) { $0 + (isEmailAddress($1.text) ? 1 : 0) }
    return 10 * addressCount >= 9 * profile.levels.count
  }

  private func isEmailAddress(_ text: String) -> Bool {
    let parts = text.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, !text.utf8.contains(UInt8(ascii: " ")) else {
      return false
    }
    let labels = parts[1].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return labels.count >= 2 && labels.allSatisfy { !$0.isEmpty }
  }
}

extension IdentifierShape {
  /// Whether a digit may stand in an identifier.
  var hasDigits: Bool {
    guard case .pattern(let pattern) = self else { return true }
    return pattern.positions.contains { position in
      if case .free(let classes) = position { classes.contains(.digits) } else { false }
    }
  }

  /// Whether all letters are of these classes and there are no digits or spaces: a code, not words.
  func isCode(of letters: CharacterClasses) -> Bool {
    guard case .pattern(let pattern) = self else { return false }
    return pattern.positions.allSatisfy { position in
      switch position {
      case .literal(let byte):
        CharacterClasses(of: byte).map(letters.isSuperset) ?? (byte != UInt8(ascii: " "))
      case .free(let classes): classes.isSubset(of: letters)
      }
    }
  }
}
