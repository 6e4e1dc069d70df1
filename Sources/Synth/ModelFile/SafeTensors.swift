import Foundation

/// The safetensors layout (Hugging Face, 2022): 8 bytes of little-endian header length, a JSON header that names each
/// tensor's type, shape and place, then the raw little-endian numbers.
///
/// Every length, offset and shape is checked before it is used.
package struct SafeTensors {
  package struct Tensor {
    let name: String
    let shape: [Int]
    package var elements: [Float]
  }

  /// In the order of the file.
  package var tensors: [Tensor]
  /// Free text by key.
  package var metadata: [String: String]

  /// One entry of the header.
  private enum Entry: Codable {
    case tensor(Description)
    case metadata([String: String])

    struct Description: Codable {
      let dtype: String
      let shape: [Int]
      let data_offsets: [Int]
    }

    init(from decoder: any Decoder) throws {
      if let description = try? Description(from: decoder) {
        self = .tensor(description)
      } else {
        self = .metadata(try [String: String](from: decoder))
      }
    }

    func encode(to encoder: any Encoder) throws {
      switch self {
      case .tensor(let description): try description.encode(to: encoder)
      case .metadata(let metadata): try metadata.encode(to: encoder)
      }
    }
  }

  private static let metadataKey = "__metadata__"
  private static let elementSize = MemoryLayout<Float>.size

  init(tensors: [Tensor], metadata: [String: String]) {
    self.tensors = tensors
    self.metadata = metadata
  }

  // MARK: Writing

  /// The numbers of all tensors as they stand in a file.
  var payload: Data {
    var data = Data(capacity: tensors.reduce(0) { $0 + $1.elements.count } * 4)
    for tensor in tensors {
      // A key path here would cost more than all the rest of writing a file.
      tensor.elements.map { $0.bitPattern.littleEndian }.withUnsafeBytes {
        data.append(contentsOf: $0)
      }
    }
    return data
  }

  /// Everything in the file before the numbers.
  func encodedHeader() throws -> Data {
    var entries: [String: Entry] = [SafeTensors.metadataKey: .metadata(metadata)]
    var offset = 0
    for tensor in tensors {
      let end = offset + tensor.elements.count * SafeTensors.elementSize
      entries[tensor.name] = .tensor(
        Entry.Description(dtype: "F32", shape: tensor.shape, data_offsets: [offset, end]))
      offset = end
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var header = try encoder.encode(entries)
    // The numbers begin at a multiple of eight, as the layout asks.
    header.append(contentsOf: repeatElement(UInt8(ascii: " "), count: (8 - header.count % 8) % 8))
    var start = Data()
    withUnsafeBytes(of: UInt64(header.count).littleEndian) { start.append(contentsOf: $0) }
    return start + header
  }

  // MARK: Reading

  /// Why bytes are not in this layout, as a sentence.
  struct Malformed: Error {
    let reason: String
  }

  /// Reads a whole file.
  ///
  /// - Throws: ``Malformed``.
  package init(_ file: Data) throws {
    guard file.count >= 8 else { throw Malformed(reason: "The file is too short.") }
    let length = file.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= UInt64(file.count - 8) else {
      throw Malformed(
        reason: "The header should have \(length) bytes, but the file has \(file.count) in all.")
    }
    let header = file.dropFirst(8).prefix(Int(length))
    let payload = file.dropFirst(8 + Int(length))
    let padding = header.reversed().prefix { $0 != UInt8(ascii: "}") }
    guard let entries = try? JSONDecoder().decode([String: Entry].self, from: header),
      header.count % 8 == 0, padding.count < 8, padding.allSatisfy({ $0 == UInt8(ascii: " ") })
    else {
      throw Malformed(reason: "The header cannot be read.")
    }
    var found: [(tensor: Tensor, start: Int)] = []
    var foundMetadata: [String: String] = [:]
    for (name, entry) in entries {
      switch entry {
      case .metadata(let metadata):
        guard name == SafeTensors.metadataKey else {
          throw Malformed(reason: "The header's entry '\(name)' is not a tensor.")
        }
        foundMetadata = metadata
      case .tensor(let description):
        let start = description.data_offsets.first ?? 0
        found.append((try SafeTensors.tensor(name, description, in: payload), start))
      }
    }
    // An empty tensor begins where the next one does.
    found.sort {
      ($0.start, $0.tensor.elements.count, $0.tensor.name)
        < ($1.start, $1.tensor.elements.count, $1.tensor.name)
    }
    var end = 0
    for (tensor, start) in found {
      guard start == end else {
        throw Malformed(reason: "Tensor '\(tensor.name)' does not begin where another ends.")
      }
      end += tensor.elements.count * SafeTensors.elementSize
    }
    guard end == payload.count else {
      throw Malformed(reason: "The tensors do not fill the file.")
    }
    tensors = found.map(\.tensor)
    metadata = foundMetadata
  }

  private static func tensor(
    _ name: String, _ description: Entry.Description, in payload: Data
  ) throws -> Tensor {
    let malformed = Malformed(reason: "The place of tensor '\(name)' is not in the file.")
    guard description.dtype == "F32", description.data_offsets.count == 2 else { throw malformed }
    let (start, end) = (description.data_offsets[0], description.data_offsets[1])
    guard start >= 0, start <= end, end <= payload.count else { throw malformed }
    var count = 1
    for size in description.shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: size)
      guard size >= 0, !overflow, product <= payload.count else { throw malformed }
      count = product
    }
    guard count * elementSize == end - start else { throw malformed }
    let bytes = payload.dropFirst(start).prefix(end - start)
    let elements = bytes.withUnsafeBytes { bytes in
      (0..<count).map { index in
        let word = bytes.loadUnaligned(fromByteOffset: index * elementSize, as: UInt32.self)
        return Float(bitPattern: UInt32(littleEndian: word))
      }
    }
    return Tensor(name: name, shape: description.shape, elements: elements)
  }
}
