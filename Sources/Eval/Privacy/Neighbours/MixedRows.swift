import NN

/// Rows of numbers and codes, whose squared distance is the sum of the squared differences of their numbers plus 1 for each
/// code that differs.
///
/// Rows lie in blocks, each column by column: a block stays in the cache while many rows are compared with it.
package struct MixedRows: Sendable {
  /// Number of rows.
  package let rowCount: Int
  /// Number of columns of numbers.
  package let numberCount: Int
  /// Number of columns of codes.
  package let codeCount: Int
  /// (blocks, number columns, ``blockSize``); zeros after the last row.
  private let numbers: [Float]
  /// (blocks, code columns, ``blockSize``); zeros after the last row.
  private let codes: [Int32]

  /// Rows of a block: 16 columns of it fill half of a first-level cache.
  static let blockSize = 256

  /// Rows of columns, all of one length; numbers are finite.
  package init(rowCount: Int, numbers: [[Float]], codes: [[Int32]]) {
    precondition(
      numbers.allSatisfy { $0.count == rowCount } && codes.allSatisfy { $0.count == rowCount },
      "every column has \(rowCount) rows")
    self.rowCount = rowCount
    numberCount = numbers.count
    codeCount = codes.count
    self.numbers = MixedRows.blocks(of: numbers, rowCount: rowCount)
    self.codes = MixedRows.blocks(of: codes, rowCount: rowCount)
  }

  private static func blocks<Element: Numeric>(
    of columns: [[Element]], rowCount: Int
  ) -> [Element] {
    let blockCount = (rowCount + blockSize - 1) / blockSize
    var blocks = [Element](repeating: 0, count: blockCount * columns.count * blockSize)
    for (index, column) in columns.enumerated() {
      for (row, value) in column.enumerated() {
        blocks[(row / blockSize * columns.count + index) * blockSize + row % blockSize] = value
      }
    }
    return blocks
  }

  /// The number of a row and number column.
  package func number(_ row: Int, _ column: Int) -> Float {
    numbers[
      (row / MixedRows.blockSize * numberCount + column) * MixedRows.blockSize
        + row % MixedRows.blockSize]
  }

  /// The code of a row and code column.
  package func code(_ row: Int, _ column: Int) -> Int32 {
    codes[
      (row / MixedRows.blockSize * codeCount + column) * MixedRows.blockSize
        + row % MixedRows.blockSize]
  }

  /// The numbers of all columns of some rows, row after row.
  func numbers(ofRows rows: Range<Int>) -> [Float] {
    rows.flatMap { row in (0..<numberCount).map { number(row, $0) } }
  }

  /// The codes of all columns of some rows, row after row.
  func codes(ofRows rows: Range<Int>) -> [Int32] {
    rows.flatMap { row in (0..<codeCount).map { code(row, $0) } }
  }

  /// Calls `body` with the rows of a range, block by block.
  func forEachBlock(among range: Range<Int>, _ body: (MixedBlock) -> Void) {
    guard !range.isEmpty else { return }
    let size = MixedRows.blockSize
    numbers.withUnsafeBufferPointer { numbers in
      codes.withUnsafeBufferPointer { codes in
        for block in range.lowerBound / size...(range.upperBound - 1) / size {
          body(
            MixedBlock(
              rows: range.clamped(to: block * size..<(block + 1) * size), numberCount: numberCount,
              codeCount: codeCount, blockSize: size, numbers: numbers, codes: codes))
        }
      }
    }
  }
}
