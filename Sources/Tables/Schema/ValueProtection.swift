/// How the values of single rows are protected.
public enum ValueProtection: String, Sendable, Codable {
  /// Values that few rows have come out as others.
  case rareValues = "rare values"
  /// Numbers and dates end with values that some rows have or exceed.
  case extremes
  /// Places are drawn anew in the cells of a map.
  case places
  /// Characters that few rows have are not kept, and codes are put together anew.
  case characters
  /// Texts are written anew in patterns that rows share.
  case texts
  /// Every row gets an identifier that no row has had.
  case writtenAnew = "written anew"
  /// There are too few values to keep any.
  case masked
  /// There is nothing to protect.
  case none

  /// Of columns with fewer values nothing is kept.
  static let leastValues = 20

  init(_ kind: ColumnKind, valueCount: Int) {
    self =
      switch kind {
      case .empty: .none
      case .identifier: .writtenAnew
      case _ where valueCount < Self.leastValues: .masked
      case .boolean, .category, .constant: .rareValues
      case .integer, .decimal, .date, .time, .timestamp: .extremes
      case .latitude, .longitude: .places
      case .pattern: .characters
      case .email, .text: .texts
      }
  }

  /// The protection in a few words.
  public var phrase: String {
    switch self {
    case .rareValues: "values of few rows are hidden"
    case .extremes: "the ends are cut off"
    case .places: "drawn anew near others"
    case .characters: "characters are drawn anew"
    case .texts: "personal: written anew by pattern"
    case .writtenAnew: "written anew"
    case .masked: "hidden: too few values"
    case .none: ""
    }
  }
}
