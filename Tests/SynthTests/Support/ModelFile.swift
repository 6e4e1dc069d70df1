import Foundation
import Testing

/// A model file taken apart by the layout's description alone: 8 bytes of length, a JSON header, numbers.
struct ModelFile {
  struct Tensor: Equatable {
    var dtype = "F32"
    var shape: [Int]
    var offsets: [Int]
  }

  var tensors: [String: Tensor] = [:]
  var metadata: [String: String]
  var payload: Data

  struct NotInLayout: Error {}

  init(_ file: Data) throws {
    let bytes = [UInt8](file)
    guard bytes.count >= 8 else { throw NotInLayout() }
    var length = 0
    for byte in bytes[0..<8].reversed() { length = length << 8 | Int(byte) }
    guard length % 8 == 0, length <= bytes.count - 8 else { throw NotInLayout() }
    let json = try JSONSerialization.jsonObject(with: Data(bytes[8..<8 + length]))
    guard var header = json as? [String: Any],
      let metadata = header.removeValue(forKey: "__metadata__") as? [String: String]
    else { throw NotInLayout() }
    self.metadata = metadata
    payload = Data(bytes[(8 + length)...])
    for (name, entry) in header {
      guard let entry = entry as? [String: Any], let dtype = entry["dtype"] as? String,
        let shape = entry["shape"] as? [Int], let offsets = entry["data_offsets"] as? [Int]
      else { throw NotInLayout() }
      tensors[name] = Tensor(dtype: dtype, shape: shape, offsets: offsets)
    }
  }

  /// The numbers of a tensor.
  func elements(of tensor: Tensor) -> [Float] {
    let bytes = [UInt8](payload)[tensor.offsets[0]..<tensor.offsets[1]]
    return stride(from: bytes.startIndex, to: bytes.endIndex, by: 4).map { start in
      let word = (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[start + $1]) << (8 * $1) }
      return Float(bitPattern: word)
    }
  }

  // MARK: Changes

  /// The model's description as JSON.
  var description: [String: Any] {
    get throws {
      let json = try JSONSerialization.jsonObject(
        with: Data(metadata["likeness", default: ""].utf8))
      guard let description = json as? [String: Any] else { throw NotInLayout() }
      return description
    }
  }

  /// Replaces the description.
  mutating func describe(_ description: Any) throws {
    let json = try JSONSerialization.data(
      withJSONObject: description, options: [.sortedKeys, .withoutEscapingSlashes])
    metadata["likeness"] = String(decoding: json, as: UTF8.self)
  }

  /// Makes the checksum that of what is there.
  mutating func sign() {
    var bytes = [UInt8](metadata["likeness", default: ""].utf8)
    let ordered = tensors.sorted { ($0.value.offsets[0], $0.key) < ($1.value.offsets[0], $1.key) }
    for (_, tensor) in ordered {
      let range = tensor.offsets[0]..<tensor.offsets[1]
      if range.lowerBound >= 0, range.upperBound <= payload.count { bytes += payload[range] }
    }
    metadata["crc32"] = String(ModelFile.checksum(bytes), radix: 16)
  }

  /// CRC-32, bit by bit (ISO 3309).
  static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var sum = UInt32.max
    for byte in bytes {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum >> 1 ^ (sum & 1 == 1 ? 0xEDB8_8320 : 0) }
    }
    return ~sum
  }

  /// The file's bytes.
  func encoded() throws -> Data {
    var header: [String: Any] = ["__metadata__": metadata]
    for (name, tensor) in tensors {
      header[name] = [
        "dtype": tensor.dtype, "shape": tensor.shape, "data_offsets": tensor.offsets,
      ]
    }
    return try ModelFile.encoded(
      header: JSONSerialization.data(
        withJSONObject: header, options: [.sortedKeys, .withoutEscapingSlashes]),
      payload: payload)
  }

  static func encoded(header: Data, payload: Data) -> Data {
    let padding = (8 - header.count % 8) % 8
    let length = UInt64(header.count + padding)
    return Data((0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) }) + header
      + Data(repeating: UInt8(ascii: " "), count: padding) + payload
  }
}

/// A description with another value at a path of keys.
func replacing(
  _ path: ArraySlice<String>, with value: Any, in object: [String: Any]
) throws -> [String: Any] {
  var object = object
  let key = try #require(path.first)
  let old = try #require(object[key], "\(key) is not among \(object.keys)")
  object[key] =
    path.count == 1
    ? value
    : try replacing(path.dropFirst(), with: value, in: try #require(old as? [String: Any]))
  return object
}
