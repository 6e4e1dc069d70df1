#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Writes a file so that its name always stands for a complete one.
///
/// The bytes go to a hidden file in the same folder, which `finish()` syncs and renames. Let go of
/// without `finish()`, it is removed and whatever stood under the name before is untouched. A
/// device or a pipe cannot be replaced and is written to directly.
public final class AtomicFile {
  /// The path as it was given.
  public let path: String

  /// The file behind `path`, links followed.
  private let target: String
  /// nil when the target is written to directly.
  private let temporary: String?
  /// -1 when closed.
  private var descriptor: Int32

  /// Creates the hidden file.
  ///
  /// - Throws: `TableError` when the folder does not exist or cannot be written to, or when the path
  ///   is a folder itself.
  public init(path: String) throws {
    self.path = path
    target = resolvedPath(path)
    var status = stat()
    let exists = stat(target, &status) == 0
    let kind = status.st_mode & S_IFMT
    if exists && kind == S_IFDIR { throw TableError.outputIsDirectory(path: path) }
    if exists && kind != S_IFREG {
      temporary = nil
      descriptor = open(target, O_WRONLY | O_CLOEXEC)
      guard descriptor >= 0 else {
        throw TableError.outputNotWritable(path: path, reason: systemMessage(errno))
      }
      return
    }
    let (folder, name) = splitPath(target)
    let temporary = "\(folder)/.\(name.prefix(48)).\(UInt64.random(in: 0...UInt64.max)).partial"
    self.temporary = temporary
    descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    if descriptor < 0 { throw Self.creationError(errno, path: path, folder: folder) }
    // A file that only its owner may read stays so.
    if exists { fchmod(descriptor, status.st_mode & 0o777) }
  }

  deinit { discard() }

  /// Appends bytes.
  /// - Throws: `TableError.writeFailed`, for example when the disk is full.
  public func write(_ bytes: UnsafeRawBufferPointer) throws {
    precondition(descriptor >= 0, "\(path) is finished.")
    try check(writeFully(descriptor, bytes))
  }

  /// Appends bytes.
  /// - Throws: `TableError.writeFailed`, for example when the disk is full.
  public func write(_ bytes: [UInt8]) throws {
    try bytes.withUnsafeBytes(write)
  }

  /// Puts the complete file under its name. Nothing can be written afterwards.
  /// - Throws: `TableError.writeFailed`; the old file, if any, then still stands under the name.
  public func finish() throws {
    precondition(descriptor >= 0, "\(path) is finished.")
    if temporary != nil && fsync(descriptor) != 0 { try check(errno) }
    let status = close(descriptor)
    descriptor = -1
    guard let temporary else { return try check(status == 0 ? 0 : errno) }
    if status != 0 || rename(temporary, target) != 0 {
      let reason = errno
      unlink(temporary)
      try check(reason)
    }
  }

  /// Finds out whether a file can be written, so that long work does not fail at its end.
  ///
  /// - Throws: What `init(path:)` would throw. Nothing is left behind.
  public static func checkWritable(_ path: String) throws {
    _ = try AtomicFile(path: path)
  }

  private func discard() {
    guard descriptor >= 0 else { return }
    close(descriptor)
    descriptor = -1
    if let temporary { unlink(temporary) }
  }

  private func check(_ status: Int32) throws {
    if status != 0 { throw TableError.writeFailed(path: path, reason: systemMessage(status)) }
  }

  private static func creationError(_ number: Int32, path: String, folder: String) -> TableError {
    number == ENOENT
      ? .outputFolderMissing(path: path, folder: folder)
      : .outputNotWritable(path: path, reason: systemMessage(number))
  }
}

/// The path with links followed, as far as it exists.
private func resolvedPath(_ path: String) -> String {
  guard let resolved = realpath(path, nil) else { return path }
  defer { free(resolved) }
  return String(cString: resolved)
}

/// The folder and the name in it.
private func splitPath(_ path: String) -> (folder: String, name: Substring) {
  guard let slash = path.lastIndex(of: "/") else { return (".", path[...]) }
  let folder = slash == path.startIndex ? "/" : String(path[..<slash])
  return (folder, path[path.index(after: slash)...])
}
