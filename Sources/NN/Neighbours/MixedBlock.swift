import CKernels

/// Rows that lie together in a block of ``MixedRows``, valid as long as the call that hands it out.
struct MixedBlock {
  /// Which rows of the table these are; never empty.
  let rows: Range<Int>
  private let numberCount: Int
  private let codeCount: Int
  /// From the first row's first number on, or nil without any: a column begins a block's size after the one before.
  private let numbers: UnsafePointer<Float>?
  /// The same of codes.
  private let codes: UnsafePointer<Int32>?

  /// - Parameters:
  ///   - numbers: All numbers of the table's blocks.
  ///   - codes: All codes of the table's blocks.
  init(
    rows: Range<Int>, numberCount: Int, codeCount: Int, numbers: UnsafeBufferPointer<Float>,
    codes: UnsafeBufferPointer<Int32>
  ) {
    let size = MixedRows.blockSize
    let (block, offset) = (rows.lowerBound / size, rows.lowerBound % size)
    precondition(
      rows.count <= size - offset && numbers.count >= (block + 1) * numberCount * size
        && codes.count >= (block + 1) * codeCount * size, "rows \(rows) are not in one block")
    self.rows = rows
    self.numberCount = numberCount
    self.codeCount = codeCount
    // SAFETY: both elements lie inside the block, which lies inside the buffers; without columns there is no address.
    self.numbers = numbers.baseAddress.map { $0 + block * numberCount * size + offset }
    self.codes = codes.baseAddress.map { $0 + block * codeCount * size + offset }
  }

  /// Writes the squared distances of all rows to a row, rounded, and returns the least.
  func squaredDistances(
    to row: MixedRow, into distances: UnsafeMutableBufferPointer<Float>
  ) -> Float {
    assert(distances.count >= rows.count && row.fits(numberCount, codeCount))
    // SAFETY: every column has rows.count elements from its first on, and there are as many as the row has.
    return lk_mixed_distances(
      rows.count, MixedRows.blockSize, numberCount, codeCount, row.numbers.baseAddress,
      row.codes.baseAddress, numbers, codes, distances.baseAddress)
  }

  /// The squared distance of one of the rows to a row.
  func squaredDistance(ofRowAt index: Int, to row: MixedRow) -> Double {
    assert(index >= 0 && index < rows.count && row.fits(numberCount, codeCount))
    var sum = 0.0
    var different = 0
    // SAFETY: as above; without columns of a kind the loop has no turns.
    for column in 0..<numberCount {
      let difference =
        Double(numbers.unsafelyUnwrapped[column * MixedRows.blockSize + index])
        - Double(row.numbers[column])
      sum += difference * difference
    }
    for column in 0..<codeCount
    where codes.unsafelyUnwrapped[column * MixedRows.blockSize + index] != row.codes[column] {
      different += 1
    }
    return sum + Double(different)
  }
}

/// The numbers and codes of one row.
struct MixedRow {
  let numbers: UnsafeBufferPointer<Float>
  let codes: UnsafeBufferPointer<Int32>

  func fits(_ numberCount: Int, _ codeCount: Int) -> Bool {
    numbers.count == numberCount && codes.count == codeCount
  }
}
