import Foundation
import Tables

/// The folder of a study and the paths in it.
struct StudyFolder {
  let path: String

  /// Creates the folder, or uses one that is empty or holds a study.
  /// - Throws: ``StudyError``, `TableError` when nothing can be written there.
  init(_ path: String) throws {
    self.path = path
    try Self.makeFolder(path)
    // This also removes what a killed run left behind.
    try AtomicFile.checkWritable(manifestFile)
    if !hasManifest, try !FileManager.default.contentsOfDirectory(atPath: path).isEmpty {
      throw StudyError.notAStudy(path: path)
    }
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

  /// The path of a file.
  func file(_ name: String) -> String { "\(path)/\(name)" }

  /// The path of a cell's rows.
  func syntheticFile(_ key: StudyCell.Key) -> String { file("synthetic/\(key.id).csv.gz") }

  private var manifestFile: String { file("study.json") }

  private var hasManifest: Bool { FileManager.default.fileExists(atPath: manifestFile) }

  // MARK: State shared between runs

  /// The terms of the study; nil if none has been started.
  /// - Throws: ``StudyError/damaged(path:)``.
  func manifest() throws -> StudyManifest? {
    if !hasManifest { return nil }
    guard let manifest: StudyManifest = read("study.json") else {
      throw StudyError.damaged(path: manifestFile)
    }
    return manifest
  }

  /// Starts a study.
  func save(_ manifest: StudyManifest) throws { try write(manifest, to: "study.json") }

  /// Makes the output folders.
  func prepare() throws {
    for name in ["cells", "charts", "synthetic"] { try Self.makeFolder(file(name)) }
  }

  /// A finished cell; nil if it or its synthetic table is missing or was changed.
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

extension CSVOptions {
  /// The limits for tables that the study writes itself: none.
  static let ownFiles = CSVOptions(separator: UInt8(ascii: ","), limits: .largest)
}

/// The terms and the reference that all cells of a folder share.
struct StudyManifest: Codable {
  let terms: StudyTerms
  let reference: StudyReference
}
