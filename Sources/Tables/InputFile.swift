#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A file that can be read again and again. Pipes and standard input are spooled to do so.
struct InputFile: Sendable {
  /// What messages call the file.
  let label: String
  private let path: String
  /// The copy of an input that can be read only once.
  private let spool: ReadableFile?

  /// - Parameter path: `-` is standard input.
  init(path: String) throws {
    self.path = path
    if path == "-" {
      label = "standard input"
      spool = try spoolToTemporaryFile(STDIN_FILENO, label: label)
      return
    }
    label = path
    let descriptor = try openForReading(path)
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw TableError.unreadable(file: path, reason: systemMessage(errno))
    }
    switch status.st_mode & S_IFMT {
    case S_IFDIR: throw TableError.inputIsDirectory(file: path)
    case S_IFREG: spool = nil
    default: spool = try spoolToTemporaryFile(descriptor, label: path)
    }
  }

  /// The bytes of the file from its start.
  func open() throws -> ByteStream {
    try ByteStream(
      spool ?? ReadableFile(label: label, descriptor: openForReading(path)))
  }
}

private func openForReading(_ path: String) throws -> Int32 {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC)
  if descriptor >= 0 { return descriptor }
  if errno == ENOENT { throw TableError.fileNotFound(file: path) }
  throw TableError.unreadable(file: path, reason: systemMessage(errno))
}

/// Copies all bytes of `source` to a file without a name, which vanishes with its last user.
private func spoolToTemporaryFile(_ source: Int32, label: String) throws -> ReadableFile {
  let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
  var template = Array("\(folder)/likeness-spool-XXXXXX".utf8CString)
  let descriptor = mkstemp(&template)
  guard descriptor >= 0 else {
    throw TableError.outputNotWritable(path: folder, errorNumber: errno)
  }
  unlink(template)
  let file = ReadableFile(label: label, descriptor: descriptor)
  let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 16)
  defer { buffer.deallocate() }
  while true {
    let count = read(source, buffer.baseAddress!, buffer.count)
    if count == 0 { return file }
    if count < 0 {
      if errno == EINTR { continue }
      throw TableError.unreadable(file: label, reason: systemMessage(errno))
    }
    let status = writeFully(descriptor, UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    if status != 0 { throw TableError.writeFailed(path: folder, errorNumber: status) }
  }
}

/// Writes all bytes; returns 0 or the error number.
func writeFully(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int32 {
  var total = 0
  while total < bytes.count {
    // SAFETY: the source is the part of the buffer that is not written yet.
    let count = write(descriptor, bytes.baseAddress! + total, bytes.count - total)
    if count >= 0 {
      total += count
    } else if errno != EINTR {
      return errno
    }
  }
  return 0
}
