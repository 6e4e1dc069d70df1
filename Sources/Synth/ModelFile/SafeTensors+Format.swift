import CZlib
import Foundation
import Tables

/// The program's own files in this layout: a description as JSON, the tensors, and a checksum of both.
extension SafeTensors {
  enum Format: String {
    case model = "likeness"
    case checkpoint = "likeness-checkpoint"

    fileprivate var noun: String { self == .model ? "model" : "checkpoint" }
  }

  /// The keys in the metadata.
  package static let descriptionKey = "likeness"
  private static let formatKey = "format"
  private static let checksumKey = "crc32"

  private struct Version: Decodable {
    let version: Int
  }

  // MARK: Writing

  init(tensors: [Tensor], format: Format, description: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let json = String(decoding: try encoder.encode(description), as: UTF8.self)
    self.init(
      tensors: tensors,
      metadata: [SafeTensors.descriptionKey: json, SafeTensors.formatKey: format.rawValue])
  }

  /// Writes the file with its checksum under a temporary name and renames it when it is complete.
  ///
  /// - Throws: `TableError` where the file cannot be written.
  func write(to path: String) throws {
    let output = try AtomicFile(path: path)
    for part in try signedParts() { try part.withUnsafeBytes { try output.write($0) } }
    try output.finish()
  }

  /// The contents of the file with its checksum: the header and the numbers.
  package func signedParts() throws -> [Data] {
    let payload = payload
    var signed = self
    signed.metadata[SafeTensors.checksumKey] = checksum(payload)
    return [try signed.encodedHeader(), payload]
  }

  // MARK: Reading

  /// Reads a file; nil where it is a folder or in another layout altogether.
  ///
  /// - Throws: `TableError` if there is no file to read, ``Malformed`` where it is damaged.
  init?(contentsOf path: String) throws {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      throw TableError.fileNotFound(file: path)
    }
    if isDirectory.boolValue { return nil }
    let file: Data
    do {
      file = try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
      // The system's words: Foundation's are a sentence of their own.
      let cause = (error as? CocoaError)?.underlying as? POSIXError
      throw TableError.unreadable(
        file: path,
        reason: cause.map { systemMessage($0.code.rawValue) } ?? error.localizedDescription)
    }
    // The header is JSON, and begins behind its length.
    guard file.count <= 8 || file[file.startIndex + 8] == UInt8(ascii: "{") else { return nil }
    try self.init(file)
  }

  /// nil where another program has written the file.
  var format: Format? { metadata[SafeTensors.formatKey].flatMap(Format.init) }

  /// The description in a file of a format.
  ///
  /// - Throws: ``Malformed`` where the file has another format or version, or was changed.
  func description<Description: Decodable>(
    of format: Format, version: Int
  ) throws -> Description {
    let noun = format.noun
    guard let json = metadata[SafeTensors.descriptionKey], self.format == format else {
      throw Malformed(reason: "The file holds tensors, but not a \(noun) of this program.")
    }
    guard metadata[SafeTensors.checksumKey] == checksum(payload) else {
      throw Malformed(reason: "The checksum is wrong: the file was changed.")
    }
    let decoder = JSONDecoder()
    guard let found = try? decoder.decode(Version.self, from: Data(json.utf8)) else {
      throw Malformed(reason: "The \(noun)'s description cannot be read.")
    }
    guard found.version == version else {
      throw Malformed(
        reason: "The \(noun) has format \(found.version), this program reads format \(version).")
    }
    guard let description = try? decoder.decode(Description.self, from: Data(json.utf8)) else {
      throw Malformed(reason: "The \(noun)'s description contradicts itself.")
    }
    return description
  }

  /// CRC-32 of the description and all numbers, in hexadecimal.
  private func checksum(_ payload: Data) -> String {
    var sum = Checksum()
    sum.add(Data((metadata[SafeTensors.descriptionKey] ?? "").utf8))
    sum.add(payload)
    return String(sum.value, radix: 16)
  }
}

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
