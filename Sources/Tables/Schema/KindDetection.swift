/// The kind of a column and how its values are written.
public struct KindDetection: Sendable, Equatable {
  /// How the values of some kinds are written.
  public enum Format: Sendable, Equatable {
    /// No format other than that of the profile.
    case plain
    /// The format of dates, times and timestamps.
    case temporal(TemporalFormat)
    /// The format of identifiers.
    case identifier(IdentifierFormat)
    /// The pattern of codes.
    case pattern(TextPattern)
  }

  /// What the column holds.
  public let kind: ColumnKind
  /// How its values are written.
  public let format: Format

  /// The fewest rows with a value for an identifier or text; with fewer the column is a category.
  private static let minimumRows = 20

  /// Detects the kind of a column.
  ///
  /// - Dates and times have one format (``TemporalFormat``). Dates, times and numbers may be replaced by words in one row of
  ///   twenty, if at least 20 values are not words.
  /// - An identifier differs in all rows, at least 20. Integers must also have a suitable name (`id`, `order_key`,
  ///   `invoice number`), fill a range or ascend with the rows. Texts must have a common shape (``IdentifierFormat``) with a digit
  ///   in it, or such a name, or be letters of one case that leave room for as many new ones.
  /// - Latitude and longitude are decimals with such names within their ranges.
  /// - A pattern, e-mail address or text has too many values for a category: at least 20, and either half as many values as rows,
  ///   or nine in ten rows with a value that fewer than eight rows share. More than 2,000 values of a pattern are also too many.
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

  /// Detects the kind of a table's key: an identifier if new ones can be written, although several rows may share one.
  package init(key profile: ColumnProfile, rowCount: Int) {
    let detected = KindDetection(profile, rowCount: rowCount)
    guard [.integer, .category].contains(detected.kind), profile.distinctCount >= Self.minimumRows,
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
    } else if column.valueCount >= Self.minimumRows, column.isDistinct, column.numbersIdentify,
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
    guard column.valueCount >= Self.minimumRows else {
      self.init(kind: .category)
      return
    }
    if column.isDistinct, let format = IdentifierFormat(detecting: column.profile),
      format.shape.hasDigits || column.isNamedIdentifier
        || (format.shape.isCode(of: .upper) || format.shape.isCode(of: .lower))
          && format.capacity ?? .max >= column.valueCount
    {
      self.init(kind: .identifier, format: .identifier(format))
      return
    }
    let hasManyValues =
      column.profile.distinctCount >= Self.minimumRows && column.hasTooManyValues
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

  /// The texts of a column that are not numbers, dates or times, although most are.
  ///
  /// - Parameter profile: the column.
  public func words(of profile: ColumnProfile) -> [Level] {
    guard case .temporal(let format) = format else { return profile.words }
    return profile.words + profile.levels.filter { format.parse($0.text) == nil }
  }
}
