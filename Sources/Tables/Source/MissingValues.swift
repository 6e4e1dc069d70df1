/// The spellings of a value that is not there.
public struct MissingValues: Sendable, Equatable {
  /// The spellings, compared byte for byte.
  public var spellings: [String] {
    didSet { self = MissingValues(spellings: spellings) }
  }

  private let tokens: StringInterner
  /// Bit n: a spelling has n bytes, or 63 and more. Most values have another length than all of them.
  private let lengths: UInt64

  /// - Parameter spellings: Compared byte for byte; an empty list means that no value is missing.
  public init(spellings: [String]) {
    self.spellings = spellings
    var tokens = StringInterner()
    var lengths: UInt64 = 0
    for var spelling in spellings {
      lengths |= 1 << UInt64(min(spelling.utf8.count, 63))
      spelling.withUTF8 { _ = tokens.insert($0) }
    }
    self.tokens = tokens
    self.lengths = lengths
  }

  /// The empty field, `NA`, `N/A`, `NaN`, `null` and `None`.
  public static let standard = MissingValues(spellings: ["", "NA", "N/A", "NaN", "null", "None"])

  /// Whether a field stands for a missing value.
  public func contains(_ field: UnsafeBufferPointer<UInt8>) -> Bool {
    lengths >> UInt64(min(field.count, 63)) & 1 == 1 && tokens.find(field) != nil
  }

  /// Two are equal when they list the same spellings in the same order.
  public static func == (left: MissingValues, right: MissingValues) -> Bool {
    left.spellings == right.spellings
  }
}
