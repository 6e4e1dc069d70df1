import Foundation
import Tables

/// The folder of a study, and what stands where in it.
struct StudyFolder {
  let path: String

  /// Makes the folder, or takes one that is empty or holds a study.
  /// - Throws: ``StudyError``, `TableError` when nothing can be written there.
  init(_ path: String) throws {
    self.path = path
    try Self.makeFolder(path)
    // What a killed run has left is gone then, too.
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

  /// Where a file stands.
  func file(_ name: String) -> String { "\(path)/\(name)" }

  /// Where the rows of a cell stand.
  func syntheticFile(_ key: StudyCell.Key) -> String { file("synthetic/\(key.id).csv.gz") }

  private var manifestFile: String { file("study.json") }

  private var hasManifest: Bool { FileManager.default.fileExists(atPath: manifestFile) }

  // MARK: What runs leave to others

  /// What the study is about; nil where none has been begun.
  /// - Throws: ``StudyError/damaged(path:)``.
  func manifest() throws -> StudyManifest? {
    if !hasManifest { return nil }
    guard let manifest: StudyManifest = read("study.json") else {
      throw StudyError.damaged(path: manifestFile)
    }
    return manifest
  }

  /// Begins a study.
  func save(_ manifest: StudyManifest) throws { try write(manifest, to: "study.json") }

  /// Makes the output folders.
  func prepare() throws {
    for name in ["cells", "charts", "synthetic"] { try Self.makeFolder(file(name)) }
  }

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

extension CSVOptions {
  /// How the study writes tables, which may be as large as it likes.
  static let ownFiles = CSVOptions(separator: UInt8(ascii: ","), limits: .largest)
}

/// What all cells of a folder have in common, and what they are judged by.
struct StudyManifest: Codable {
  let terms: StudyTerms
  let reference: StudyReference
}
