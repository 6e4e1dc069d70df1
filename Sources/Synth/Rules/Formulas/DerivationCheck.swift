import Foundation
import Tables

/// A formula that does not hold in all rows of the training data: drawn rows obey it.
public struct BrokenDerivation: Equatable, Sendable {
  public let derivation: Derivation
  /// The rows in which it does not hold: the column has another value, or a value where the formula has none, or none where it has.
  public let rows: Int
}

extension DerivationSet {
  /// Finds out in how many rows of a table the formulas do not hold.
  ///
  /// - Parameters:
  ///   - derivations: those of the set that are checked.
  ///   - source: the table's rows, missing cells marked.
  /// - Returns: those that do not hold in some.
  /// - Throws: ``DerivationError/rarelyHolds(derivation:brokenRows:rowCount:)``, and what reading throws.
  func broken(
    _ derivations: [Derivation], in source: some RowSource, profile: TableProfile,
    kinds: [KindDetection?]
  ) throws -> [BrokenDerivation] {
    let elements = elements.filter { derivations.contains($0.derivation) }
    if elements.isEmpty { return [] }
    func number(_ batch: ColumnBatch, _ row: Int, _ column: Int) -> Double {
      if batch.isMissing(row, column) { return .nan }
      return kinds[column]?.number(batch[row, column]) ?? .nan
    }
    var brokenRows = elements.map { _ in 0 }
    try source.forEachBatch { batch in
      for (index, element) in elements.enumerated() {
        let decimals = profile.columns[element.column].numberFormat.decimals
        for row in 0..<batch.rowCount {
          let computed = element.derivation.formula.value {
            number(batch, row, element.operands[$0])
          }
          if !computed.isSame(as: number(batch, row, element.column), decimals: decimals) {
            brokenRows[index] += 1
          }
        }
      }
    }
    return try zip(elements, brokenRows).compactMap { element, rows in
      if 2 * rows > profile.rowCount {
        throw DerivationError.rarelyHolds(
          derivation: element.derivation.description, brokenRows: rows, rowCount: profile.rowCount)
      }
      return rows > 0 ? BrokenDerivation(derivation: element.derivation, rows: rows) : nil
    }
  }
}

extension Double {
  /// Whether a computed number is one of a table that was rounded to a number of decimals; numbers that are not finite count as missing.
  package func isSame(as written: Double, decimals: Int) -> Bool {
    guard isFinite, written.isFinite else { return isFinite == written.isFinite }
    let difference = (self - written).magnitude
    // Numbers more than one apart are never the same, unless they are very large.
    if difference > 1, 1e11 > Swift.max(magnitude, written.magnitude) { return false }
    // Binary fractions are not quite what their decimals say.
    let tolerance =
      0.5 * pow(10, -Double(decimals)) + 1e-12 * Swift.max(magnitude, written.magnitude)
    return difference <= tolerance * (1 + 1e-9)
  }
}
