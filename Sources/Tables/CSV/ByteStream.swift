#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// An open file, closed when its last reference goes away. It is read by position, so it can be shared.
final class ReadableFile: Sendable {
  /// What messages call the file.
  let label: String
  private let descriptor: Int32
  /// The source of the file, if it is a copy of an input that can be read only once.
  private let spool: InputSpool?

  /// Takes over an open descriptor.
  init(label: String, descriptor: Int32) {
    self.label = label
    self.descriptor = descriptor
    spool = nil
  }

  /// The copy of an input.
  init(_ spool: InputSpool, label: String) {
    self.label = label
    descriptor = spool.descriptor
    self.spool = spool
  }

  deinit { if spool == nil { close(descriptor) } }

  /// Reads up to `buffer.count` bytes at `position`; fewer only at the end of the file.
  func read(into buffer: UnsafeMutableRawBufferPointer, at position: Int) throws -> Int {
    try spool?.copy(upTo: position + buffer.count)
    var total = 0
    while total < buffer.count {
      // SAFETY: the target is the part of the buffer that is not filled yet.
      let count = pread(
        descriptor, buffer.baseAddress! + total, buffer.count - total, off_t(position + total))
      if count == 0 { break }
      if count > 0 {
        total += count
      } else if errno != EINTR {
        throw TableError.unreadable(file: label, reason: systemMessage(errno))
      }
    }
    return total
  }
}

/// The bytes of a file in order, decompressed if the file is gzip.
final class ByteStream {
  private let file: ReadableFile
  private var position = 0
  private var inflater: Inflater?

  init(_ file: ReadableFile) throws {
    self.file = file
    var magic: (UInt8, UInt8) = (0, 0)
    let count = try withUnsafeMutableBytes(of: &magic) { try file.read(into: $0, at: 0) }
    if count == 2 && magic == (0x1f, 0x8b) { inflater = Inflater() }
  }

  /// Reads up to `buffer.count` bytes; fewer only at the end of the data.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    guard let inflater else {
      let count = try file.read(into: buffer, at: position)
      position += count
      return count
    }
    return try inflater.read(into: buffer, label: file.label) { compressed in
      let count = try file.read(into: compressed, at: position)
      position += count
      return count
    }
  }
}

extension ByteStream {
  /// The next bytes, fewer than a number only at the end of the data.
  func bytes(upTo count: Int) throws -> [UInt8] {
    try [UInt8](unsafeUninitializedCapacity: count) { buffer, initializedCount in
      initializedCount = try read(into: UnsafeMutableRawBufferPointer(buffer))
    }
  }

  /// All remaining bytes; nil if they exceed a limit.
  func readAll(limit: Int) throws -> [UInt8]? {
    var bytes: [UInt8] = []
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)
    defer { block.deallocate() }
    while true {
      let count = try read(into: block)
      bytes += block.prefix(count)
      if bytes.count > limit { return nil }
      if count < block.count { return bytes }
    }
  }
}
