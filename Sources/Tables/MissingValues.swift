/// The spellings of a value that is not there.
public struct MissingValues: Sendable, Equatable {
  /// The spellings, compared byte for byte.
  public var spellings: [String] {
    didSet { tokens = Self.tokens(of: spellings) }
  }

  private var tokens: TokenTable

  public init(spellings: [String]) {
    self.spellings = spellings
    tokens = Self.tokens(of: spellings)
  }

  /// The empty field, `NA`, `N/A`, `NaN`, `null` and `None`.
  public static let standard = MissingValues(spellings: ["", "NA", "N/A", "NaN", "null", "None"])

  /// Whether a field stands for a missing value.
  public func contains(_ field: UnsafeBufferPointer<UInt8>) -> Bool {
    tokens.find(field) != nil
  }

  public static func == (left: MissingValues, right: MissingValues) -> Bool {
    left.spellings == right.spellings
  }

  private static func tokens(of spellings: [String]) -> TokenTable {
    var tokens = TokenTable()
    for var spelling in spellings {
      spelling.withUTF8 { _ = tokens.insert($0) }
    }
    return tokens
  }
}
