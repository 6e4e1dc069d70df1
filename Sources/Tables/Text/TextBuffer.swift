/// The part of a file that is being read, and its place in the file.
///
/// It uses one buffer, which grows only while nothing is consumed.
final class TextBuffer {
  /// The text not yet consumed is `bytes[start..<end]`; sixteen more bytes can be read.
  private(set) var bytes: UnsafeMutablePointer<UInt8>
  private(set) var start = 0
  private(set) var end = 0
  /// Whether the buffer holds the rest of the file. The last line then ends with a line feed, added if necessary.
  private(set) var isAtEnd = false

  private static let padding = 16
  private let stream: TextStream
  private let label: String
  /// The most bytes of the buffer; growing beyond is an error.
  var limit: Int
  private var capacity: Int
  /// Line feeds before `start`.
  private var lineFeedCount = 0

  /// - Parameters:
  ///   - label: What messages call the file.
  ///   - capacity: The bytes to start with.
  init(_ stream: TextStream, label: String, capacity: Int) {
    self.stream = stream
    self.label = label
    self.capacity = max(capacity, 4)
    limit = .max
    bytes = .allocate(capacity: self.capacity + Self.padding)
    bytes.initialize(repeating: 0, count: self.capacity + Self.padding)
  }

  deinit { bytes.deallocate() }

  /// The encoding of the file. The text is UTF-8 in any case.
  var encoding: TextEncoding { stream.encoding }

  /// Reads until the buffer is full or the file ends; a full buffer grows first.
  func fill() throws {
    let count = end - start
    if count == capacity {
      guard capacity < limit else {
        throw TableError.rowTooLong(place(at: start), limit: limit)
      }
      grow(to: min(capacity * 2, limit))
    } else {
      bytes.update(from: bytes + start, count: count)
    }
    start = 0
    // SAFETY: `count <= capacity`, and the line feed at the end goes into the padding at most.
    end =
      count
      + (try stream.read(
        into: UnsafeMutableRawBufferPointer(start: bytes + count, count: capacity - count)))
    isAtEnd = end < capacity
    if isAtEnd, end > 0, bytes[end - 1] != CSVByte.lineFeed {
      bytes[end] = CSVByte.lineFeed
      end += 1
    }
  }

  /// Marks the text before `offset` as used.
  func consume(to offset: Int) {
    lineFeedCount += lineFeeds(to: offset)
    start = offset
  }

  /// The text from `start` to `offset`.
  func text(to offset: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: bytes + start, count: offset - start)
  }

  /// Where in the file the byte at `offset` stands.
  func place(at offset: Int) -> TableError.Place {
    TableError.Place(file: label, line: lineFeedCount + lineFeeds(to: offset) + 1)
  }

  private func lineFeeds(to offset: Int) -> Int {
    var count = 0
    for byte in text(to: offset) where byte == CSVByte.lineFeed { count &+= 1 }
    return count
  }

  private func grow(to newCapacity: Int) {
    let size = newCapacity + Self.padding
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: size)
    larger.initialize(repeating: 0, count: size)
    larger.update(from: bytes + start, count: end - start)
    bytes.deallocate()
    bytes = larger
    capacity = newCapacity
  }
}
