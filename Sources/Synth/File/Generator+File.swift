import CZlib
import Foundation
import NN
import Tables

extension Generator {
  /// Writes the model file: safetensors layout, weights as `F32`, everything else as JSON in `__metadata__`.
  ///
  /// The file is written beside its place and renamed when it is whole.
  ///
  /// - Throws: `TableError` where the file cannot be written.
  public func write(to path: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let description = ModelDescription(
      version: ModelDescription.currentVersion, rowCount: rowCount, columns: columns, plan: plan,
      history: history, bestEpoch: bestEpoch, stopReason: stopReason)
    let json = String(decoding: try encoder.encode(description), as: UTF8.self)
    var file = SafeTensors(
      tensors: network.layout.parameters.map { parameter in
        SafeTensors.Tensor(
          name: parameter.name, shape: [parameter.rows, parameter.columns],
          elements: values[parameter].elements)
      },
      metadata: [ModelDescription.key: json, ModelDescription.formatKey: ModelDescription.format])
    file.metadata[ModelDescription.checksumKey] = file.checksum
    let output = try AtomicFile(path: path)
    try file.encoded().withUnsafeBytes { try output.write($0) }
    try output.finish()
  }

  /// Reads a model file.
  ///
  /// - Throws: `TableError` where there is no file to read, ``SynthError/notAModel(path:)`` and
  ///   ``SynthError/modelFile(path:reason:)`` where it is not a whole model.
  public init(contentsOf path: String) throws {
    let file = try Generator.contents(of: path)
    // The header is JSON, and begins behind its length.
    guard file.count <= 8 || file[file.startIndex + 8] == UInt8(ascii: "{") else {
      throw SynthError.notAModel(path: path)
    }
    do {
      try self.init(SafeTensors(file))
    } catch let malformed as SafeTensors.Malformed {
      throw SynthError.modelFile(path: path, reason: malformed.reason)
    }
  }

  private static func contents(of path: String) throws -> Data {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      throw TableError.fileNotFound(file: path)
    }
    if isDirectory.boolValue { throw SynthError.notAModel(path: path) }
    do {
      return try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
      throw TableError.unreadable(file: path, reason: error.localizedDescription)
    }
  }

  private init(_ file: SafeTensors) throws {
    guard let json = file.metadata[ModelDescription.key],
      file.metadata[ModelDescription.formatKey] == ModelDescription.format
    else {
      throw SafeTensors.Malformed(
        reason: "The file holds tensors, but not a model of this program.")
    }
    guard file.metadata[ModelDescription.checksumKey] == file.checksum else {
      throw SafeTensors.Malformed(reason: "The checksum is wrong: the file was changed.")
    }
    let decoder = JSONDecoder()
    guard let version = try? decoder.decode(ModelDescription.Version.self, from: Data(json.utf8))
    else { throw SafeTensors.Malformed(reason: "The model's description cannot be read.") }
    guard version.version == ModelDescription.currentVersion else {
      throw SafeTensors.Malformed(
        reason: "The model has format \(version.version), this program reads format "
          + "\(ModelDescription.currentVersion).")
    }
    guard let description = try? decoder.decode(ModelDescription.self, from: Data(json.utf8)),
      description.isConsistent
    else { throw SafeTensors.Malformed(reason: "The model's description contradicts itself.") }
    let network = Network(description.plan, columns: description.columns)
    guard network.layout.parameters.count == file.tensors.count,
      network.layout.parameterCount == file.tensors.reduce(0, { $0 + $1.elements.count })
    else { throw SafeTensors.Malformed(reason: "The tensors are not those of the model.") }
    let values = ParameterArena(network.layout)
    let tensors = Dictionary(file.tensors.map { ($0.name, $0) }) { first, _ in first }
    for parameter in network.layout.parameters {
      guard let tensor = tensors[parameter.name],
        tensor.shape == [parameter.rows, parameter.columns]
      else {
        throw SafeTensors.Malformed(reason: "Tensor '\(parameter.name)' is missing or misshapen.")
      }
      guard tensor.elements.allSatisfy(\.isFinite) else {
        throw SafeTensors.Malformed(reason: "Tensor '\(parameter.name)' holds what is no number.")
      }
      values[parameter].assign(tensor.elements)
    }
    self.init(
      rowCount: description.rowCount, history: description.history,
      bestEpoch: description.bestEpoch, stopReason: description.stopReason,
      columns: description.columns, plan: description.plan, network: network, values: values)
  }
}

extension SafeTensors {
  /// CRC-32 of the description and all numbers, in hexadecimal.
  fileprivate var checksum: String {
    var sum = crc32(0, nil, 0)
    for part in [Data((metadata[ModelDescription.key] ?? "").utf8), payload] {
      part.withUnsafeBytes { bytes in
        let start = bytes.bindMemory(to: UInt8.self).baseAddress
        if start != nil { sum = crc32_z(sum, start, bytes.count) }
      }
    }
    return String(sum, radix: 16)
  }
}
