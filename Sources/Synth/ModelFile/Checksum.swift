import CZlib
import Foundation

/// CRC-32 (ISO 3309) of bytes that come in parts.
package struct Checksum {
  /// Of all bytes so far.
  package var value: UInt32 { UInt32(truncatingIfNeeded: sum) }
  private var sum = crc32(0, nil, 0)

  package init() {}

  package mutating func add(_ bytes: UnsafeRawBufferPointer) {
    // Without an address the function would begin anew.
    guard let start = bytes.bindMemory(to: UInt8.self).baseAddress else { return }
    // SAFETY: the buffer has `bytes.count` bytes from its start on.
    sum = crc32_z(sum, start, bytes.count)
  }

  mutating func add(_ data: Data) { data.withUnsafeBytes { add($0) } }
}
