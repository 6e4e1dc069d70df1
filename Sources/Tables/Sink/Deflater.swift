import CZlib

/// A part of a gzip stream, without header and end.
package struct DeflatedBytes: Sendable {
  package let bytes: [UInt8]
  /// The CRC-32 and the number of the bytes that were compressed.
  let checksum: UInt
  let count: Int
}

/// Compresses pieces of a gzip stream. A piece refers to nothing before it, so several threads can compress pieces of one stream, each
/// with its own deflater; ``GzipStream`` joins them.
package final class Deflater {
  /// Fast enough not to hold up a generator, and within a few percent of the default's size.
  private static let level: Int32 = 4

  private var stream = z_stream()
  private let output: UnsafeMutableRawBufferPointer

  package init() {
    output = .allocate(byteCount: 64 << 10, alignment: 16)
    let status = likeness_deflate_init_raw(&stream, Self.level)
    precondition(status == Z_OK, "zlib cannot allocate its state.")
  }

  deinit {
    deflateEnd(&stream)
    output.deallocate()
  }

  /// Compresses the next bytes of a piece. A part of them may come out with later ones.
  ///
  /// - Parameter endsPiece: whether everything comes out and the next bytes begin another piece.
  package func compress(_ bytes: UnsafeRawBufferPointer, endsPiece: Bool) -> DeflatedBytes {
    var compressed: [UInt8] = []
    var checksum = crc32(0, nil, 0)
    var offset = 0
    repeat {
      let count = min(bytes.count - offset, 1 << 30)
      // SAFETY: zlib only reads from `next_in`, which C cannot say in the type; without bytes it reads nothing.
      stream.next_in = UnsafeMutablePointer(
        mutating: bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
      ).map { $0 + offset }
      stream.avail_in = UInt32(count)
      if count > 0 { checksum = crc32(checksum, stream.next_in, UInt32(count)) }
      offset += count
      let isEnd = endsPiece && offset == bytes.count
      run(flush: isEnd ? Z_SYNC_FLUSH : Z_NO_FLUSH, into: &compressed)
    } while offset < bytes.count
    if endsPiece { deflateReset(&stream) }
    return DeflatedBytes(bytes: compressed, checksum: UInt(checksum), count: bytes.count)
  }

  private func run(flush: Int32, into compressed: inout [UInt8]) {
    repeat {
      stream.next_out = output.baseAddress!.assumingMemoryBound(to: UInt8.self)
      stream.avail_out = UInt32(output.count)
      deflate(&stream, flush)
      compressed += UnsafeRawBufferPointer(rebasing: output.dropLast(Int(stream.avail_out)))
    } while stream.avail_out == 0
  }
}

/// Joins pieces of compressed bytes into one gzip stream (RFC 1952).
struct GzipStream {
  /// Magic number, deflate, no flags, no time, no hint about the level, Unix.
  static let header: [UInt8] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]
  /// A last block without content, at the border of a byte.
  private static let lastBlock: [UInt8] = [3, 0]

  private var checksum = crc32(0, nil, 0)
  private var count = 0

  /// Counts bytes that follow those before.
  mutating func add(_ part: DeflatedBytes) {
    checksum = crc32_combine(checksum, UInt(part.checksum), part.count)
    count += part.count
  }

  /// What follows the last piece.
  var end: [UInt8] {
    [UInt32(truncatingIfNeeded: checksum), UInt32(truncatingIfNeeded: count)]
      .reduce(into: GzipStream.lastBlock) { bytes, word in
        withUnsafeBytes(of: word.littleEndian) { bytes += $0 }
      }
  }
}
