#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Standard output. Unlike `print` it throws where writing fails.
package enum StandardOutput {
  /// What messages call it.
  package static let name = "standard output"

  /// Writes bytes.
  /// - Throws: `TableError.writeFailed`.
  package static func write(_ bytes: UnsafeRawBufferPointer) throws {
    let status = writeFully(STDOUT_FILENO, bytes)
    if status != 0 { throw TableError.writeFailed(path: name, errorNumber: status) }
  }

  /// Writes text.
  /// - Throws: `TableError.writeFailed`.
  package static func write(_ text: String) throws {
    try Array(text.utf8).withUnsafeBytes(write)
  }
}

/// Standard error: progress and errors of a program.
package enum StandardError {
  /// Writes text. Failures are ignored: a full disk or a closed terminal must not end the work.
  package static func write(_ text: String) {
    _ = Array(text.utf8).withUnsafeBytes { writeFully(STDERR_FILENO, $0) }
  }
}
