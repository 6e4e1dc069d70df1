import Tables

/// Identifiers: nothing of them is learnt, new ones are written in their format. The only part, if any, says whether one is
/// there.
package struct IdentifierCoding: Codable, Equatable, Sendable {
  package let format: IdentifierFormat
  package let hasMissing: Bool

  /// The part of a row that has an identifier.
  static let present = UInt8(ascii: "x")
}
