/// The kind of a column's values.
public enum ColumnKind: String, Sendable, Codable, CaseIterable {
  /// One of two truth values.
  case boolean
  /// A text that several rows share.
  case category
  /// A whole number.
  case integer
  /// A number with decimals.
  case decimal
  /// A day of the calendar.
  case date
  /// A time of day.
  case time
  /// A day and a time.
  case timestamp
  /// Degrees north, from -90 to 90.
  case latitude
  /// Degrees east, from -180 to 180.
  case longitude
  /// A number or code that is different in every row.
  case identifier
  /// A code with a common pattern and too many values for a category.
  case pattern
  /// An e-mail address.
  case email
  /// Text with too many values for a category: names, addresses, remarks.
  case text
  /// The same value in all rows that have one.
  case constant
  /// No value in any row.
  case empty
}
