/// A figure by groups of rows, such as `mean(hours_per_week) by sex`.
public struct Statistic: Sendable, Equatable {
  /// The quantity that is computed from the rows of a group.
  public enum Measure: Sendable, Equatable {
    /// The number of rows, of as many in all as the training table has.
    case count
    /// The mean of a column's numbers.
    case mean(String)
    /// The share of the rows that have a value in a column.
    case share(String, value: String)
    /// The number that a share of the column's numbers lie below, interpolated between two as numpy does (type 7 of Hyndman
    /// and Fan, "Sample quantiles in statistical packages", 1996).
    case quantile(String, Double)
  }

  /// The definition as it was written.
  public let definition: String
  /// The computed quantity.
  public let measure: Measure
  /// One or two columns.
  public let groupColumns: [String]

  /// Reads a definition: `count`, `mean(COLUMN)`, `median(COLUMN)`, `quantile(COLUMN,0.9)` or `share(COLUMN=VALUE)`, then `by`
  /// and one or two columns with a comma between. Names and values with commas, brackets or equals signs are quoted.
  /// - Throws: `EvalError.definition`.
  public init(parsing text: String) throws(EvalError) {
    let halves = parts(of: text[...], separatedBy: " by ", limit: 2)
    guard halves.count == 2, let measure = Measure(parsing: halves[0]) else {
      throw Self.error(text)
    }
    let columns = parts(of: halves[1], separatedBy: ",").map(unquoted)
    guard columns.count <= 2, !columns.contains(""), Set(columns).count == columns.count else {
      throw Self.error(text)
    }
    definition = text
    self.measure = measure
    groupColumns = columns
  }

  private static func error(_ text: String) -> EvalError {
    .definition(
      of: "statistic", text: text,
      remedy: "Write count, mean(COLUMN), median(COLUMN), quantile(COLUMN,0.9) or"
        + " share(COLUMN=VALUE), then 'by' and one or two columns, as in mean(age) by sex.")
  }
}

extension Statistic.Measure {
  fileprivate init?(parsing text: Substring) {
    if text == "count" {
      self = .count
      return
    }
    guard text.last == ")", let bracket = text.firstIndex(of: "(") else { return nil }
    let inside = text[text.index(after: bracket)...].dropLast()
    if inside.isEmpty { return nil }
    switch text[..<bracket] {
    case "mean": self = .mean(unquoted(inside))
    case "median": self = .quantile(unquoted(inside), 0.5)
    case "quantile":
      let arguments = parts(of: inside, separatedBy: ",")
      guard arguments.count == 2, let share = Double(arguments[1]), (0...1).contains(share) else {
        return nil
      }
      self = .quantile(unquoted(arguments[0]), share)
    case "share":
      let arguments = parts(of: inside, separatedBy: "=", limit: 2).map(unquoted)
      guard arguments.count == 2 else { return nil }
      self = .share(arguments[0], value: arguments[1])
    default: return nil
    }
  }
}
