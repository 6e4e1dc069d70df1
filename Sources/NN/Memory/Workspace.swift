/// Memory that is handed out piece by piece and taken back all at once: after the first round of a repeated computation
/// nothing is allocated.
final class Workspace {
  private var blocks: [Buffer] = []
  private var block = 0
  private var used = 0
  private let blockElements = 1 << 18

  /// An uninitialised matrix, valid until the next ``reset()``.
  func matrix(rows: Int, columns: Int) -> Matrix {
    let aligned = Buffer.alignedElements
    let needed = (rows * columns + aligned - 1) / aligned * aligned
    while block < blocks.count, used + needed > blocks[block].count {
      block += 1
      used = 0
    }
    if block == blocks.count {
      blocks.append(Buffer(count: max(blockElements, needed)))
      used = 0
    }
    defer { used += needed }
    return blocks[block].matrix(at: used, rows: rows, columns: columns)
  }

  /// Takes everything back.
  func reset() {
    block = 0
    used = 0
  }
}
