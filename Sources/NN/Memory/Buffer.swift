/// Zeroed Float32 memory, aligned to a cache line.
///
/// Threads may share a buffer: they read together, or write to parts that do not overlap. The type cannot check that, so
/// it says `@unchecked`; the worker pool's shards are made so that it holds.
public final class Buffer: @unchecked Sendable {
  /// Number of Float32 elements.
  public let count: Int
  package let start: UnsafeMutablePointer<Float>
  private let memory: UnsafeMutableRawPointer

  /// Allocates `count` zeros.
  public init(count: Int) {
    precondition(count >= 0, "a buffer of \(count) elements cannot be")
    self.count = count
    memory = UnsafeMutableRawPointer.allocate(
      byteCount: max(1, count) * MemoryLayout<Float>.stride, alignment: Buffer.alignment)
    start = memory.bindMemory(to: Float.self, capacity: max(1, count))
    start.initialize(repeating: 0, count: count)
  }

  deinit { memory.deallocate() }

  /// Exchanges all elements with those of a buffer of the same size.
  package func exchange(with other: Buffer) {
    precondition(count == other.count, "\(count) elements for \(other.count)")
    for index in 0..<count { swap(&start[index], &other.start[index]) }
  }

  /// The whole buffer as one row. Valid as long as the buffer lives.
  public var row: Matrix { Matrix(start: start, rows: 1, columns: count) }

  /// A matrix that begins at an element. Valid as long as the buffer lives.
  public func matrix(at offset: Int, rows: Int, columns: Int) -> Matrix {
    precondition(
      offset >= 0 && rows >= 0 && columns >= 0 && offset + rows * columns <= count,
      "\(rows) × \(columns) elements from \(offset) do not fit a buffer of \(count)")
    return Matrix(start: start + offset, rows: rows, columns: columns)
  }

  /// Bytes: the width of a cache line and of the widest vector register.
  static let alignment = 64
  /// The alignment in elements.
  package static let alignedElements = alignment / MemoryLayout<Float>.stride
}
