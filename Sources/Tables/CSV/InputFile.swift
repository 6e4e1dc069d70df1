#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A file that can be read several times. Pipes and standard input are copied for that.
struct InputFile: Sendable {
  /// What messages call the file.
  let label: String
  private let path: String
  /// The copy of an input that can be read only once.
  private let copy: ReadableFile?

  /// - Parameter path: `-` is standard input.
  init(path: String) throws {
    self.path = path
    if path == "-" {
      label = "standard input"
      copy = ReadableFile(try InputSpool(of: STDIN_FILENO, label: label), label: label)
      return
    }
    label = path
    let descriptor = try openForReading(path)
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      close(descriptor)
      throw TableError.unreadable(file: path, reason: systemMessage(errno))
    }
    switch status.st_mode & S_IFMT {
    case S_IFDIR:
      close(descriptor)
      throw TableError.inputIsDirectory(file: path)
    case S_IFREG:
      close(descriptor)
      copy = nil
    default: copy = ReadableFile(try InputSpool(of: descriptor, label: path), label: path)
    }
  }

  /// The bytes of the file from its start.
  func open() throws -> ByteStream {
    try ByteStream(
      copy ?? ReadableFile(label: label, descriptor: openForReading(path)))
  }
}

private func openForReading(_ path: String) throws -> Int32 {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC)
  if descriptor >= 0 { return descriptor }
  if errno == ENOENT { throw TableError.fileNotFound(file: path) }
  throw TableError.unreadable(file: path, reason: systemMessage(errno))
}
