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
/// without `finish()`, it is removed and a file that had the name before is untouched. A
/// device or a pipe cannot be replaced and is written to directly.
///
/// A process that is killed leaves its hidden file behind; the next one that writes to the same name
/// removes it. A process holds a lock on its hidden file while it lives, so that others can see
/// which are nobody's.
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
    target = realPath(path) ?? path
    var status = stat()
    let exists = stat(target, &status) == 0
    if !exists, errno != ENOENT {
      throw TableError.outputNotWritable(path: path, errorNumber: errno)
    }
    let kind = status.st_mode & S_IFMT
    if exists && kind == S_IFDIR { throw TableError.outputIsDirectory(path: path) }
    if exists && kind != S_IFREG {
      temporary = nil
      descriptor = open(target, O_WRONLY | O_CLOEXEC)
      guard descriptor >= 0 else {
        throw TableError.outputNotWritable(path: path, errorNumber: errno)
      }
      return
    }
    let (folder, name) = splitPath(target)
    (temporary, descriptor) = try Self.create(beside: folder, name, path: path)
    // A file that only its owner may read stays so.
    if exists { fchmod(descriptor, status.st_mode & 0o777) }
    Self.removeLeftovers(in: folder, of: name)
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
    guard let temporary else {
      let status = close(descriptor)
      descriptor = -1
      return try check(status == 0 ? 0 : errno)
    }
    // Synced, nothing is left that closing could report; and the lock holds until the name is gone.
    if fsync(descriptor) != 0 || rename(temporary, target) != 0 {
      let reason = errno
      discard()
      try check(reason)
    }
    close(descriptor)
    descriptor = -1
  }

  /// Puts a whole file under its name.
  /// - Throws: What `init(path:)` and writing throw; a file that has the name keeps its content.
  public static func write(_ contents: some Sequence<UInt8>, to path: String) throws {
    let file = try AtomicFile(path: path)
    try file.write(Array(contents))
    try file.finish()
  }

  /// Finds out whether a file can be written, so that long work does not fail at its end.
  ///
  /// - Throws: What `init(path:)` would throw.
  public static func checkWritable(_ path: String) throws { _ = try AtomicFile(path: path) }

  /// Removes the hidden files of a name that killed processes have left. One that a process still
  /// writes to, here or wherever its file system locks, stays.
  private static func removeLeftovers(in folder: String, of name: Substring) {
    guard let entries = opendir(folder) else { return }
    defer { closedir(entries) }
    while let entry = readdir(entries) {
      let found = withUnsafePointer(to: &entry.pointee.d_name) { start in
        // SAFETY: the name ends in a zero byte within its array.
        start.withMemoryRebound(to: CChar.self, capacity: 1) { String(cString: $0) }
      }
      guard isTemporary(found, of: name) else { continue }
      let leftover = "\(folder)/\(found)"
      let descriptor = open(leftover, O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
      guard descriptor >= 0 else { continue }
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { unlink(leftover) }
      close(descriptor)
    }
  }

  /// Creates the hidden file and takes its lock, which ends with the process.
  private static func create(
    beside folder: String, _ name: Substring, path: String
  ) throws -> (temporary: String, descriptor: Int32) {
    while true {
      let temporary = temporaryPrefix(name) + "\(UInt64.random(in: 0...UInt64.max))" + suffix
      let descriptor = open(
        "\(folder)/\(temporary)", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      if descriptor < 0 { throw creationError(errno, path: path, folder: folder) }
      // Where the file system knows no locks nobody can take one, and nothing is taken for a leftover.
      var status = stat()
      if flock(descriptor, LOCK_EX) != 0 || fstat(descriptor, &status) != 0 || status.st_nlink > 0 {
        return ("\(folder)/\(temporary)", descriptor)
      }
      // Taken for a leftover before the lock was held: once more.
      close(descriptor)
    }
  }

  private static let suffix = ".partial"

  /// A dot, the name or its beginning, and a dot. With the number and the suffix that is no longer
  /// than a name in a folder may be: 255 bytes.
  private static func temporaryPrefix(_ name: Substring) -> String {
    var kept = name.prefix(200)
    while kept.utf8.count > 200 { kept.removeLast() }
    return ".\(kept)."
  }

  private static func isTemporary(_ found: String, of name: Substring) -> Bool {
    let prefix = temporaryPrefix(name)
    guard found.hasPrefix(prefix), found.hasSuffix(suffix) else { return false }
    let middle = found.dropFirst(prefix.count).dropLast(suffix.count)
    return UInt64(middle) != nil
  }

  private func discard() {
    guard descriptor >= 0 else { return }
    if let temporary { unlink(temporary) }
    close(descriptor)
    descriptor = -1
  }

  private func check(_ status: Int32) throws {
    if status != 0 { throw TableError.writeFailed(path: path, errorNumber: status) }
  }

  private static func creationError(_ number: Int32, path: String, folder: String) -> TableError {
    number == ENOENT
      ? .outputFolderMissing(path: path, folder: folder)
      : .outputNotWritable(path: path, errorNumber: number)
  }
}

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The path without links and detours; nil if there is nothing.
package func realPath(_ path: String) -> String? {
  guard let resolved = realpath(path, nil) else { return nil }
  defer { free(resolved) }
  return String(cString: resolved)
}

/// The folder and the name in it.
package func splitPath(_ path: String) -> (folder: String, name: Substring) {
  guard let slash = path.lastIndex(of: "/") else { return (".", path[...]) }
  let folder = slash == path.startIndex ? "/" : String(path[..<slash])
  return (folder, path[path.index(after: slash)...])
}

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The system's word for an error number.
package func systemMessage(_ number: Int32) -> String {
  String(cString: strerror(number))
}

/// What to do where the system refuses to create or write a file.
func outputRemedy(_ number: Int32) -> String {
  switch number {
  case ENOSPC, EDQUOT: "Free some space or choose another disk."
  case EACCES, EPERM, EROFS: "Choose another folder or change its permissions."
  case EFBIG: "Raise the limit of file sizes (ulimit -f) or choose another disk."
  case ENAMETOOLONG: "Choose a shorter name."
  case EMFILE, ENFILE: "Raise the limit of open files (ulimit -n)."
  case EPIPE: "The program that reads it has ended."
  case EBADF: "It is closed: open it or name a file."
  case EIO: "Check the disk."
  default: "Choose another file."
  }
}
