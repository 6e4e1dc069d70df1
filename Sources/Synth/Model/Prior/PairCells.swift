/// The pairs of codes that two columns have in some rows, to be counted together in several ways.
struct PairCells {
  private struct Cell {
    let parent: Int
    let code: Int
    let count: Double
  }

  /// In ascending order of the parent's code, then of the column's.
  private var cells: [Cell] = []
  /// Rows with both codes, at u width + v.
  private var counts: [Int32] = []

  /// Rows with each group of the parent's codes: see ``group(parents:codes:)``.
  private(set) var groupedParents: [Double] = []
  /// Rows with groups u and v, at u width + v.
  private(set) var groupedCells: [Double] = []

  /// Counts the rows of two columns in place of those before.
  mutating func count(_ parents: [UInt16], _ codes: [UInt16], parentSize: Int, size: Int) {
    counts.removeAll(keepingCapacity: true)
    counts.append(contentsOf: repeatElement(0, count: parentSize * size))
    for (u, v) in zip(parents, codes) { counts[Int(u) &* size &+ Int(v)] &+= 1 }
    cells.removeAll(keepingCapacity: true)
    for u in 0..<parentSize {
      for v in 0..<size {
        let count = counts[u &* size &+ v]
        if count > 0 { cells.append(Cell(parent: u, code: v, count: Double(count))) }
      }
    }
  }

  /// Adds up the counts by groups of codes.
  mutating func group(parents: Coarsening, codes: Coarsening) {
    let (height, width) = (parents.order.count, codes.order.count)
    groupedParents.removeAll(keepingCapacity: true)
    groupedParents.append(contentsOf: repeatElement(0, count: height))
    groupedCells.removeAll(keepingCapacity: true)
    groupedCells.append(contentsOf: repeatElement(0, count: height * width))
    for cell in cells {
      let parent = parents.groups[cell.parent]
      groupedParents[parent] += cell.count
      groupedCells[parent &* width &+ codes.groups[cell.code]] += cell.count
    }
  }
}
