import Foundation

/// The standard error of a program whose messages a test reads one by one.
///
/// It holds a few lines that are not read yet. A program with more to say waits for the test to read on, so that it is still
/// running while the test looks at one line and many are to come, however fast or slow the machine is.
final class MessageStream: Sendable {
  private let reader: FileHandle
  /// What the program writes to.
  let writer: FileHandle

  init() throws {
    var ends: [Int32] = [-1, -1]
    guard socketpair(AF_UNIX, MessageStream.kind, 0, &ends) == 0 else {
      throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
    }
    // The system makes it as large as it must be, about 4 kB.
    for (end, option) in zip(ends, [SO_RCVBUF, SO_SNDBUF]) {
      var byteCount: Int32 = 1
      setsockopt(end, SOL_SOCKET, option, &byteCount, socklen_t(MemoryLayout<Int32>.size))
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
    reader = FileHandle(fileDescriptor: ends[0], closeOnDealloc: true)
    writer = FileHandle(fileDescriptor: ends[1], closeOnDealloc: true)
  }

  #if os(Linux)
    // Closed from the first moment in programs that other tests start.
    private static let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
  #else
    private static let kind = SOCK_STREAM
  #endif

  /// Reads to the end of a text and no byte further, or to the end of all.
  ///
  /// - Returns: What was read, and whether it ends with the text.
  func read(through text: String) -> (read: String, isFound: Bool) {
    var bytes = Data()
    while let byte = try? reader.read(upToCount: 1), !byte.isEmpty {
      bytes += byte
      if bytes.suffix(text.utf8.count).elementsEqual(text.utf8) {
        return (String(decoding: bytes, as: UTF8.self), true)
      }
    }
    return (String(decoding: bytes, as: UTF8.self), false)
  }

  /// Reads all that is left, until the program has ended.
  func readToEnd() -> String {
    String(decoding: (try? reader.readToEnd()) ?? Data(), as: UTF8.self)
  }
}
