import CZlib

/// Compresses bytes into one gzip stream.
final class Deflater {
  /// Fast enough not to hold up a generator, and within a few percent of the default's size.
  private static let level: Int32 = 4

  private var stream = z_stream()
  private let output: UnsafeMutableRawBufferPointer

  init() {
    output = .allocate(byteCount: 64 << 10, alignment: 16)
    let status = likeness_deflate_init_gzip(&stream, Self.level)
    precondition(status == Z_OK, "zlib cannot allocate its state.")
  }

  deinit {
    deflateEnd(&stream)
    output.deallocate()
  }

  /// Compresses `bytes` and hands what comes out to `sink`.
  func write(
    _ bytes: UnsafeRawBufferPointer, to sink: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    var offset = 0
    while offset < bytes.count {
      let count = min(bytes.count - offset, 1 << 30)
      // SAFETY: zlib only reads from `next_in`, which C cannot say in the type.
      stream.next_in = UnsafeMutablePointer(
        mutating: bytes.baseAddress!.assumingMemoryBound(to: UInt8.self) + offset)
      stream.avail_in = UInt32(count)
      try run(flush: Z_NO_FLUSH, sink)
      offset += count
    }
  }

  /// Hands the end of the stream to `sink`.
  func finish(to sink: (UnsafeRawBufferPointer) throws -> Void) throws {
    stream.avail_in = 0
    try run(flush: Z_FINISH, sink)
  }

  private func run(
    flush: Int32, _ sink: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    repeat {
      stream.next_out = output.baseAddress!.assumingMemoryBound(to: UInt8.self)
      stream.avail_out = UInt32(output.count)
      deflate(&stream, flush)
      let count = output.count - Int(stream.avail_out)
      if count > 0 { try sink(UnsafeRawBufferPointer(rebasing: output[..<count])) }
    } while stream.avail_out == 0
  }
}
