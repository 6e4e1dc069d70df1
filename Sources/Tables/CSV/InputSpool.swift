import Synchronization

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Copies an input that can be read only once to a file, but only as far as it has been read.
///
/// So an endless input is refused at its first error, like any file, before it fills the disk.
final class InputSpool: Sendable {
  /// The copy: a file without a name, which is deleted with its last reference.
  let descriptor: Int32
  private let source: Int32
  private let label: String
  private let folder: String
  private let progress = Mutex((byteCount: 0, isAtEnd: false))

  /// - Parameters:
  ///   - source: The descriptor to read from, which is closed with the copy unless it is standard input.
  ///   - label: What messages call the input.
  /// - Throws: `TableError.outputNotWritable` if the copy cannot be created.
  init(of source: Int32, label: String) throws {
    self.source = source
    self.label = label
    folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(folder)/likeness-spool-XXXXXX".utf8CString)
    descriptor = mkstemp(&template)
    guard descriptor >= 0 else {
      throw TableError.outputNotWritable(path: folder, errorNumber: errno)
    }
    unlink(template)
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
    if source != STDIN_FILENO { close(source) }
  }

  /// Extends the copy to a number of bytes, or to the end of the input.
  func copy(upTo byteCount: Int) throws {
    try progress.withLock { progress in
      guard !progress.isAtEnd, progress.byteCount < byteCount else { return }
      let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 16)
      defer { buffer.deallocate() }
      while !progress.isAtEnd, progress.byteCount < byteCount {
        let count = read(source, buffer.baseAddress!, buffer.count)
        if count < 0 {
          if errno == EINTR { continue }
          throw TableError.unreadable(file: label, reason: systemMessage(errno))
        }
        let status = writeFully(descriptor, UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        if status != 0 { throw TableError.writeFailed(path: folder, errorNumber: status) }
        progress.byteCount += count
        progress.isAtEnd = count == 0
      }
    }
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
