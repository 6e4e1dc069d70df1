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

/// Memory that is handed out piece by piece and given back all at once: after the first round of a repeated computation
/// nothing is allocated.
final class Workspace {
  private let memory: TapeMemory
  private var blocks: [Buffer] = []
  /// Elements of the last block that are handed out.
  private var used = 0

  init(_ memory: TapeMemory) { self.memory = memory }

  /// An uninitialised matrix, valid until the next ``reset()``.
  func matrix(rows: Int, columns: Int) -> Matrix {
    let aligned = Buffer.alignedElements
    let needed = (rows * columns + aligned - 1) / aligned * aligned
    if blocks.isEmpty || used + needed > blocks[blocks.count - 1].count {
      blocks.append(memory.take(atLeast: needed))
      used = 0
    }
    defer { used += needed }
    return blocks[blocks.count - 1].matrix(at: used, rows: rows, columns: columns)
  }

  /// Gives everything back.
  func reset() {
    memory.give(blocks)
    blocks.removeAll(keepingCapacity: true)
    used = 0
  }
}
