import CZlib

/// Decompresses a gzip file, which may be several gzip streams one after another.
final class Inflater {
  private var stream = z_stream()
  private let input: UnsafeMutableRawBufferPointer
  private var isInsideStream = false
  private var isFinished = false

  init() {
    input = .allocate(byteCount: 64 << 10, alignment: 16)
    let status = likeness_inflate_init_gzip(&stream)
    precondition(status == Z_OK, "zlib cannot allocate its state.")
    isInsideStream = true
  }

  deinit {
    inflateEnd(&stream)
    input.deallocate()
  }

  /// Fills `buffer`; fewer bytes than its count only at the end of the data.
  ///
  /// - Parameters:
  ///   - label: What messages call the file.
  ///   - refill: Reads compressed bytes into a buffer and returns how many; 0 at the end.
  func read(
    into buffer: UnsafeMutableRawBufferPointer, label: String,
    refill: (UnsafeMutableRawBufferPointer) throws -> Int
  ) throws -> Int {
    var total = 0
    while total < buffer.count && !isFinished {
      if stream.avail_in == 0 {
        let count = try refill(input)
        if count == 0 {
          if isInsideStream { throw TableError.truncatedGzip(file: label) }
          isFinished = true
          break
        }
        stream.next_in = input.baseAddress!.assumingMemoryBound(to: UInt8.self)
        stream.avail_in = UInt32(count)
      }
      if !isInsideStream {
        try beginNextStream(label: label)
        continue
      }
      total += try inflateSome(
        into: UnsafeMutableRawBufferPointer(rebasing: buffer[total...]), label)
    }
    return total
  }

  /// Skips the zero padding that archives may have, then expects another stream.
  private func beginNextStream(label: String) throws {
    while stream.avail_in > 0, stream.next_in.pointee == 0 {
      stream.next_in += 1
      stream.avail_in -= 1
    }
    if stream.avail_in == 0 { return }
    guard stream.next_in.pointee == 0x1f, inflateReset(&stream) == Z_OK else {
      throw TableError.damagedGzip(file: label)
    }
    isInsideStream = true
  }

  private func inflateSome(into buffer: UnsafeMutableRawBufferPointer, _ label: String) throws
    -> Int
  {
    let room = min(buffer.count, 1 << 30)
    // SAFETY: zlib writes at most `avail_out` bytes, which the buffer has.
    stream.next_out = buffer.baseAddress!.assumingMemoryBound(to: UInt8.self)
    stream.avail_out = UInt32(room)
    switch inflate(&stream, Z_NO_FLUSH) {
    case Z_OK, Z_BUF_ERROR: break
    case Z_STREAM_END: isInsideStream = false
    default: throw TableError.damagedGzip(file: label)
    }
    return room - Int(stream.avail_out)
  }
}
