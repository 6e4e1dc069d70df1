/// The privacy unit of each row of a table: two bytes of a hash of the row's key.
package struct PrivacyUnits: Sendable {
  private var hashes: [UInt16] = []

  /// The units of a table without a key: every row is a unit.
  package static let none = PrivacyUnits()

  private init() {}

  /// Reads the key column of a table. Rows with a missing key share one unit.
  ///
  /// - Throws: Errors of reading.
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
    // A table may have grown since; its new rows have no known key.
    return row < hashes.count ? hashes[row] : PrivacyUnits.missing
  }

  private static let missing: UInt16 = 1

  private static func hash(_ field: UnsafeBufferPointer<UInt8>) -> UInt16 {
    let hash = mixed(FieldHash.fixed(field), 0)
    return max(missing, UInt16(truncatingIfNeeded: hash >> 48))
  }
}
