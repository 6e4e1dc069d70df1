/// How the values of single rows are protected.
public enum ValueProtection: String, Sendable, Codable {
  /// Values of few rows are replaced by others.
  case rareValues = "rare values"
  /// Numbers and dates are cut off at values that enough rows reach.
  case extremes
  /// Places are drawn in the cells of a map.
  case places
  /// Characters of few rows are not kept, and codes are made up anew.
  case characters
  /// Texts of few rows are made up from the characters that follow each other in many.
  case texts
  /// Every row gets a new identifier.
  case writtenAnew = "written anew"
  /// There are too few values to keep any.
  case masked
  /// There is nothing to protect.
  case none

  /// The fewest values of a column that is kept.
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
    case .texts: "rare texts are written anew"
    case .writtenAnew: "written anew"
    case .masked: "hidden: too few values"
    case .none: ""
    }
  }
}
