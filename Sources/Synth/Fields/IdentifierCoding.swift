import NN
import Tables

package struct IdentifierCoding: Codable, Equatable, Sendable {
  package let hasMissing: Bool
  var isConsistent: Bool { true }
  init(_ profile: ColumnProfile) { hasMissing = profile.missingCount > 0 }
  func append(row: Int, key: Philox, field: Int, to bytes: inout [UInt8]) {}
}
