import Foundation
import Tables

/// The folder of a study, and what stands where in it.
struct StudyFolder {
  let path: String
  private let manifest: StudyManifest

  /// Makes the folder, or takes one of the same study that was begun before.
  /// - Throws: ``StudyError``, `TableError` when nothing can be written there.
  init(_ path: String, manifest: StudyManifest) throws {
    self.path = path
    self.manifest = manifest
    let manager = FileManager.default
    let manifestPath = path + "/study.json"
    if let recorded = manager.contents(atPath: manifestPath) {
      guard let recorded = try? JSONDecoder().decode(StudyManifest.self, from: recorded) else {
        throw StudyError.damaged(path: manifestPath)
      }
      try manifest.check(against: recorded, path: path)
      try AtomicFile.checkWritable(manifestPath)
    } else {
      try Self.makeFolder(path)
      guard try manager.contentsOfDirectory(atPath: path).isEmpty else {
        throw StudyError.notAStudy(path: path)
      }
      try AtomicFile.write(manifest.json(), to: manifestPath)
    }
    for name in ["cells", "synthetic", "charts"] { try Self.makeFolder(file(name)) }
  }

  private static func makeFolder(_ path: String) throws {
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
      return
    }
    if mkdir(path, 0o777) != 0 {
      throw StudyError.folder(path: path, reason: String(cString: strerror(errno)))
    }
  }

  /// Where a file stands.
  func file(_ name: String) -> String { "\(path)/\(name)" }

  /// Where the rows of a cell stand.
  func syntheticFile(_ key: StudyCell.Key) -> String { file("synthetic/\(key.id).csv.gz") }

  private func cellFile(_ key: StudyCell.Key) -> String { file("cells/\(key.id).json") }

  // MARK: What runs leave to others

  /// What real rows get; nil where that has not been found out.
  var reference: StudyReference? {
    get { read("reference.json") }
  }

  func save(_ reference: StudyReference) throws { try write(reference, to: "reference.json") }

  /// A cell that was finished; nil where it, or its synthetic table, is not there as it was written.
  func cell(_ key: StudyCell.Key) -> StudyCell? {
    guard let cell: StudyCell = read("cells/\(key.id).json"), cell.key == key,
      FileManager.default.isReadableFile(atPath: syntheticFile(key))
    else { return nil }
    return cell
  }

  /// Keeps a cell whose synthetic table has been written.
  func save(_ cell: StudyCell) throws { try write(cell, to: "cells/\(cell.key.id).json") }

  private func read<Value: Decodable>(_ name: String) -> Value? {
    FileManager.default.contents(atPath: file(name))
      .flatMap { try? JSONDecoder().decode(Value.self, from: $0) }
  }

  private func write(_ value: some Encodable, to name: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    try AtomicFile.write(encoder.encode(value), to: file(name))
  }
}
