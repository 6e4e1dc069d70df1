import CKernels

/// A view of rows of numbers and codes that lie together in a block, each column by column, and their squared distances from
/// a row: the sum of the squared differences of their numbers plus 1 for each code that differs.
///
/// The view keeps nothing alive: it is valid as long as the buffers it was made of.
package struct MixedBlock {
  /// Which rows of the table these are; never empty.
  package let rows: Range<Int>
  private let blockSize: Int
  private let numberCount: Int
  private let codeCount: Int
  /// From the first row's first number on, or nil without any: a column begins a block's size after the one before.
  private let numbers: UnsafePointer<Float>?
  /// The same of codes.
  private let codes: UnsafePointer<Int32>?

  /// - Parameters:
  ///   - rows: Rows of one block.
  ///   - numberCount: Columns of numbers.
  ///   - codeCount: Columns of codes.
  ///   - blockSize: Rows of a block.
  ///   - numbers: All numbers of the table, (blocks, number columns, block size).
  ///   - codes: All codes of the table, (blocks, code columns, block size).
  package init(
    rows: Range<Int>, numberCount: Int, codeCount: Int, blockSize size: Int,
    numbers: UnsafeBufferPointer<Float>, codes: UnsafeBufferPointer<Int32>
  ) {
    let (block, offset) = (rows.lowerBound / size, rows.lowerBound % size)
    precondition(
      !rows.isEmpty && rows.count <= size - offset
        && numbers.count >= (block + 1) * numberCount * size
        && codes.count >= (block + 1) * codeCount * size, "rows \(rows) are not in one block")
    self.rows = rows
    blockSize = size
    self.numberCount = numberCount
    self.codeCount = codeCount
    // SAFETY: both elements lie inside the block, which lies inside the buffers; without columns there is no address.
    self.numbers = numbers.baseAddress.map { $0 + block * numberCount * size + offset }
    self.codes = codes.baseAddress.map { $0 + block * codeCount * size + offset }
  }

  /// Writes the squared distances of all rows from a row, computed in Float32, and returns the least.
  package func squaredDistances(
    to row: MixedRow, into distances: UnsafeMutableBufferPointer<Float>
  ) -> Float {
    assert(distances.count >= rows.count && row.fits(numberCount, codeCount))
    // SAFETY: every column has rows.count elements from its first on, and there are as many as the row has.
    return lk_mixed_distances(
      rows.count, blockSize, numberCount, codeCount, row.numbers.baseAddress,
      row.codes.baseAddress, numbers, codes, distances.baseAddress)
  }

  /// The squared distance of one of the rows from a row, computed in Float64.
  package func squaredDistance(ofRowAt index: Int, to row: MixedRow) -> Double {
    assert(index >= 0 && index < rows.count && row.fits(numberCount, codeCount))
    var sum = 0.0
    var different = 0
    // SAFETY: as above; without columns of a kind the loop has no turns.
    for column in 0..<numberCount {
      let difference =
        Double(numbers.unsafelyUnwrapped[column * blockSize + index])
        - Double(row.numbers[column])
      sum += difference * difference
    }
    for column in 0..<codeCount
    where codes.unsafelyUnwrapped[column * blockSize + index] != row.codes[column] {
      different += 1
    }
    return sum + Double(different)
  }
}

/// The numbers and codes of one row.
package struct MixedRow {
  let numbers: UnsafeBufferPointer<Float>
  let codes: UnsafeBufferPointer<Int32>

  package init(numbers: UnsafeBufferPointer<Float>, codes: UnsafeBufferPointer<Int32>) {
    self.numbers = numbers
    self.codes = codes
  }

  func fits(_ numberCount: Int, _ codeCount: Int) -> Bool {
    numbers.count == numberCount && codes.count == codeCount
  }
}
