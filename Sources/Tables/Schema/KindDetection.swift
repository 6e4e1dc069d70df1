/// What a column is and how its values are written.
public struct KindDetection: Sendable, Equatable {
  /// How the values of some kinds are written.
  public enum Format: Sendable, Equatable {
    /// No format beside what the profile has.
    case plain
    /// Of dates, times and timestamps.
    case temporal(TemporalFormat)
    /// Of identifiers.
    case identifier(IdentifierFormat)
    /// Of patterns.
    case pattern(TextPattern)
  }

  /// What the column holds.
  public let kind: ColumnKind
  /// How its values are written.
  public let format: Format

  /// In fewer rows an identifier or text looks like a category.
  private static let leastRows = 20

  /// Finds out what a column is.
  ///
  /// - Dates and times are in one format (``TemporalFormat``). Of these and of numbers one row in twenty may have words instead, where at
  ///   least 20 values are no words.
  /// - An identifier differs in all rows, of which there must be 20. Integers must also have a name that says so (`id`,
  ///   `order_key`, `invoice number`), fill a range or ascend with the rows; texts must have a shape in common
  ///   (``IdentifierFormat``) with a digit in it or such a name.
  /// - Latitude and longitude are decimals with such names within their ranges.
  /// - A pattern, e-mail address or text has too many values for a category, 20 at least: half as many as rows, or nine in
  ///   ten rows have one that fewer than eight rows share. Of patterns 2,000 values are too many as well.
  /// - Parameters:
  ///   - profile: the column.
  ///   - rowCount: the rows of the table.
  public init(_ profile: ColumnProfile, rowCount: Int) {
    let column = DescribedColumn(profile: profile, rowCount: rowCount)
    if column.valueCount == 0 {
      self.init(kind: .empty)
    } else if profile.distinctCount == 1 {
      self.init(kind: .constant)
    } else {
      switch profile.type {
      case .boolean: self.init(kind: .boolean)
      case .decimal: self.init(kind: column.coordinate ?? .decimal)
      case .integer: self.init(integers: column)
      case .category: self.init(texts: column)
      }
    }
  }

  init(kind: ColumnKind, format: Format = .plain) {
    self.kind = kind
    self.format = format
  }

  /// Finds out what the key of a table is: an identifier, though many rows may share one, where new ones can be written.
  package init(key profile: ColumnProfile, rowCount: Int) {
    let detected = KindDetection(profile, rowCount: rowCount)
    guard [.integer, .category].contains(detected.kind), profile.distinctCount >= Self.leastRows,
      let format = IdentifierFormat(detecting: profile)
    else {
      self = detected
      return
    }
    self.init(kind: .identifier, format: .identifier(format))
  }

  private init(integers column: DescribedColumn) {
    if let temporal = column.temporalFormat {
      self = KindDetection(temporal)
    } else if column.valueCount >= Self.leastRows, column.isDistinct, column.numbersIdentify,
      let format = IdentifierFormat(detecting: column.profile)
    {
      self.init(kind: .identifier, format: .identifier(format))
    } else {
      self.init(kind: .integer)
    }
  }

  private init(texts column: DescribedColumn) {
    if let temporal = column.temporalFormat {
      self = KindDetection(temporal)
      return
    }
    let levels = column.profile.levels
    guard column.valueCount >= Self.leastRows else {
      self.init(kind: .category)
      return
    }
    if column.isDistinct, let format = IdentifierFormat(detecting: column.profile),
      format.shape.hasDigits || column.isNamedIdentifier
    {
      self.init(kind: .identifier, format: .identifier(format))
      return
    }
    let hasManyValues =
      column.profile.distinctCount >= Self.leastRows && column.hasTooManyValues
    if hasManyValues || column.profile.distinctCount > 2_000,
      let pattern = TextPattern(detecting: levels)
    {
      self.init(kind: .pattern, format: .pattern(pattern))
    } else if hasManyValues {
      self.init(kind: column.areEmailAddresses ? .email : .text)
    } else {
      self.init(kind: .category)
    }
  }

  init(_ temporal: TemporalFormat) {
    let kind: ColumnKind =
      switch temporal.content {
      case .date: .date
      case .time: .time
      case .timestamp: .timestamp
      }
    self.init(kind: kind, format: .temporal(temporal))
  }

  /// The texts of a column of this kind that are no numbers, dates or times, though most are.
  ///
  /// - Parameter profile: the column.
  public func words(of profile: ColumnProfile) -> [Level] {
    guard case .temporal(let format) = format else { return profile.words }
    return profile.words + profile.levels.filter { format.parse($0.text) == nil }
  }
}
