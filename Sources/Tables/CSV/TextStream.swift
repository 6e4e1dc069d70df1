/// The text of a file as UTF-8, whatever its encoding, without a byte order mark.
///
/// A byte order mark decides about the encoding. Without one, the given encoding does, or UTF-8.
final class TextStream {
  /// The encoding of the file.
  let encoding: TextEncoding
  private let stream: ByteStream
  /// nil where the bytes are UTF-8 already.
  private var decoder: TextDecoder?
  /// UTF-8 that has not been read from here yet, from ``position`` on.
  private var pending: [UInt8] = []
  private var position = 0
  private var isFinished = false

  private static let blockByteCount = 64 << 10
  /// The bytes that show what a file is.
  private static let headByteCount = 4 << 10

  /// - Parameters:
  ///   - encoding: The encoding of a file without a byte order mark; nil is UTF-8.
  ///   - label: What messages call the file.
  /// - Throws: `TableError.notCSV(file:format:)` for a file of a well-known other format, `TableError.utf16(file:encoding:)` and
  ///   `TableError.invalidText(_:encoding:)` for one that has another encoding.
  init(_ stream: ByteStream, encoding: TextEncoding?, label: String) throws {
    self.stream = stream
    let head = try stream.bytes(upTo: Self.headByteCount)
    if let format = FileFormat(of: head) { throw TableError.notCSV(file: label, format: format) }
    let mark = TextEncoding.marked(head)
    self.encoding = mark?.encoding ?? encoding ?? .utf8
    switch self.encoding {
    case .utf8:
      if let utf16 = TextEncoding.unmarkedUTF16(head) {
        throw TableError.utf16(file: label, encoding: utf16)
      }
    case .windows1252: break
    case .utf16, .utf16LittleEndian, .utf16BigEndian:
      // Separators and line ends have zero bytes in UTF-16.
      if mark == nil, !head.isEmpty, !head.contains(0) {
        throw TableError.invalidText(
          TableError.Place(file: label, line: 1), encoding: self.encoding)
      }
    }
    decoder = TextDecoder(self.encoding)
    append(head[(mark?.byteCount ?? 0)...])
  }

  /// Reads up to `buffer.count` bytes; fewer only at the end of the text.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    var total = 0
    while total < buffer.count {
      if position < pending.count {
        let count = min(buffer.count - total, pending.count - position)
        UnsafeMutableRawBufferPointer(rebasing: buffer[total...])
          .copyBytes(from: pending[position..<position + count])
        total += count
        position += count
      } else if decoder == nil {
        return total
          + (try stream.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[total...])))
      } else if isFinished {
        break
      } else {
        try decodeNext()
      }
    }
    return total
  }

  private func decodeNext() throws {
    pending.removeAll(keepingCapacity: true)
    position = 0
    let block = try stream.bytes(upTo: Self.blockByteCount)
    append(block[...])
    if block.isEmpty {
      decoder?.finish(&pending)
      isFinished = true
    }
  }

  private func append(_ bytes: ArraySlice<UInt8>) {
    if decoder == nil { pending += bytes } else { decoder?.append(bytes, to: &pending) }
  }
}
