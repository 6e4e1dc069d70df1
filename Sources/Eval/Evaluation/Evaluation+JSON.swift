import Foundation

extension Evaluation {
  /// Everything as JSON, keys in alphabetical order: the same figures give the same bytes.
  /// - Throws: `EncodingError` for a figure that is not finite.
  public func json() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(self) + Data("\n".utf8)
  }
}
