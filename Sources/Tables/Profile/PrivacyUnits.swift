/// Whose the rows of a table are: two bytes of a hash of each row's key.
package struct PrivacyUnits: Sendable {
  private var hashes: [UInt16] = []

  /// The keys of a table without a key: every row speaks for itself.
  package static let none = PrivacyUnits()

  private init() {}

  /// Reads the column of a table that holds its keys. Rows without one share one.
  ///
  /// - Throws: what reading throws.
  package init(of column: Int, in source: some RowSource, missingValues: MissingValues) throws {
    try source.forEachBatch { batch in
      for row in 0..<batch.rowCount {
        let field = batch[row, column]
        hashes.append(
          batch.isMissing(row, column) || missingValues.contains(field)
            ? PrivacyUnits.missing : PrivacyUnits.hash(field))
      }
    }
  }

  /// The number of rows that were read.
  package var count: Int { hashes.count }

  /// The key of a row, which is never zero; zero in a table without a key.
  @inline(__always)
  package func key(ofRow row: Int) -> UInt16 {
    if hashes.isEmpty { return 0 }
    // A table that grew since has rows of which nothing is known.
    return row < hashes.count ? hashes[row] : PrivacyUnits.missing
  }

  private static let missing: UInt16 = 1

  private static func hash(_ field: UnsafeBufferPointer<UInt8>) -> UInt16 {
    let hash = mixed(FieldHash.fixed(field), 0)
    return max(missing, UInt16(truncatingIfNeeded: hash >> 48))
  }
}
