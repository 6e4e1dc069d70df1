import Synchronization

/// Blocks of memory that tapes take turns to use.
///
/// A tape takes blocks while it records and gives them back in ``Tape/reset()``. Tapes that run one after another on a thread
/// thus use the same memory, which is still in the processor's caches.
public final class TapeMemory: Sendable {
  private let free = Mutex<[Buffer]>([])
  private static let blockElements = 1 << 18

  public init() {}

  /// A block of at least `count` elements: the one given back last that is large enough, or a new one.
  func take(atLeast count: Int) -> Buffer {
    let used = free.withLock { blocks in
      blocks.lastIndex { $0.count >= count }.map { blocks.remove(at: $0) }
    }
    return used ?? Buffer(count: max(TapeMemory.blockElements, count))
  }

  /// Gives blocks back; the first of them is the next to be taken.
  func give(_ blocks: [Buffer]) {
    free.withLock { $0.append(contentsOf: blocks.reversed()) }
  }
}

/// Memory that is handed out piece by piece and given back all at once, or back to a place: after the first round of a repeated
/// computation nothing is allocated.
final class Workspace {
  /// A place: what was handed out before it.
  struct Place {
    /// The block that is handed out now; -1 before the first.
    fileprivate var block = -1
    /// What is left of it.
    fileprivate var next: UnsafeMutablePointer<Float>?
    fileprivate var left = 0
  }

  private let memory: TapeMemory
  private var blocks: [Buffer] = []
  /// Where the next matrix begins.
  private(set) var place = Place()

  init(_ memory: TapeMemory) { self.memory = memory }

  /// An uninitialised matrix, valid until the next ``reset()``.
  func matrix(rows: Int, columns: Int) -> Matrix {
    let aligned = Buffer.alignedElements
    let needed = (rows * columns + aligned - 1) / aligned * aligned
    if place.next == nil || needed > place.left { beginBlock(atLeast: needed) }
    // SAFETY: the block has `left` elements from `start` on, and `blocks` keeps it alive.
    let start = place.next!
    place.next = start + needed
    place.left -= needed
    return Matrix(start: start, rows: rows, columns: columns)
  }

  /// Goes on with the next block that is large enough: one from before a ``rewind(to:)``, or another.
  private func beginBlock(atLeast count: Int) {
    repeat {
      place.block += 1
    } while place.block < blocks.count && blocks[place.block].count < count
    if place.block == blocks.count { blocks.append(memory.take(atLeast: count)) }
    place.next = blocks[place.block].start
    place.left = blocks[place.block].count
  }

  /// Hands out again what was handed out after a place.
  func rewind(to place: Place) { self.place = place }

  /// Gives everything back.
  func reset() {
    memory.give(blocks)
    blocks.removeAll(keepingCapacity: true)
    place = Place()
  }
}
