/// A view of a row-major, contiguous Float32 matrix in memory that a ``Buffer`` owns.
///
/// The view keeps nothing alive: its provider documents how long it is valid.
public struct Matrix {
  /// The first element of the first row.
  package let start: UnsafeMutablePointer<Float>
  /// Number of rows.
  public let rows: Int
  /// Number of columns, which is also the distance between the starts of two rows.
  public let columns: Int

  package init(start: UnsafeMutablePointer<Float>, rows: Int, columns: Int) {
    precondition(rows >= 0 && columns >= 0, "a matrix of \(rows) × \(columns) cannot be")
    self.start = start
    self.rows = rows
    self.columns = columns
  }

  /// Number of elements.
  public var count: Int { rows * columns }

  /// The element at a row and column.
  public subscript(row: Int, column: Int) -> Float {
    get {
      checkElement(row, column)
      // SAFETY: row < rows and column < columns were checked.
      return start[row * columns + column]
    }
    nonmutating set {
      checkElement(row, column)
      // SAFETY: as above.
      start[row * columns + column] = newValue
    }
  }

  private func checkElement(_ row: Int, _ column: Int) {
    precondition(
      row >= 0 && row < rows && column >= 0 && column < columns,
      "element (\(row), \(column)) is outside a matrix of \(rows) × \(columns)")
  }

  /// The rows of a range, sharing memory with this matrix.
  public func rows(_ range: Range<Int>) -> Matrix {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= rows, "rows \(range) are outside 0..<\(rows)")
    // SAFETY: the range lies inside the matrix.
    return Matrix(
      start: start + range.lowerBound * columns, rows: range.count, columns: columns)
  }

  /// A copy of the elements, row after row.
  public var elements: [Float] {
    // SAFETY: start points to count initialised elements.
    Array(UnsafeBufferPointer(start: start, count: count))
  }

  /// Replaces all elements, row after row.
  public func assign(_ elements: some Collection<Float>) {
    precondition(elements.count == count, "\(elements.count) elements for \(rows) × \(columns)")
    // SAFETY: start points to count initialised elements. An array is copied in one piece.
    _ = UnsafeMutableBufferPointer(start: start, count: count).update(fromContentsOf: elements)
  }

  /// Replaces all elements by those of a matrix of the same shape.
  public func assign(_ other: Matrix) {
    precondition(
      other.rows == rows && other.columns == columns,
      "\(other.rows) × \(other.columns) does not fit \(rows) × \(columns)")
    start.update(from: other.start, count: count)
  }

  /// Sets every element to one value.
  public func fill(_ value: Float) { start.update(repeating: value, count: count) }
}

/// Row numbers into a table of embeddings or classes of a softmax: one per row of a batch.
///
/// A view into the workspace of the ``Tape`` that made it, valid until the tape is reset.
public struct Codes {
  package let start: UnsafeMutablePointer<Int32>
  /// Number of codes.
  public let count: Int

  package init(start: UnsafeMutablePointer<Int32>, count: Int) {
    self.start = start
    self.count = count
  }

  /// The code of a row.
  public subscript(row: Int) -> Int {
    precondition(row >= 0 && row < count, "row \(row) is outside 0..<\(count)")
    return Int(start[row])
  }

  /// Whether all codes lie in 0..<limit. Linear in the count: for assertions.
  func allBelow(_ limit: Int) -> Bool {
    UnsafeBufferPointer(start: start, count: count).allSatisfy { $0 >= 0 && $0 < limit }
  }
}
