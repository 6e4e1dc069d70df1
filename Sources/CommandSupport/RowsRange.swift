import ArgumentParser

/// `A..<B`, rows counted from 0.
package struct RowsRange: ExpressibleByArgument {
  package let rows: Range<Int>

  package init?(argument: String) {
    let parts = argument.split(separator: "..<", omittingEmptySubsequences: false)
    guard parts.count == 2, let lower = Int(parts[0]), let upper = Int(parts[1]), lower >= 0,
      lower < upper
    else { return nil }
    rows = lower..<upper
  }
}
