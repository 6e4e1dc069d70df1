import Tables

/// Turns rows of fields into codes, by what a first pass over the same table has found.
package struct TableEncoder {
  package let columns: [ColumnEncoder]
  package let table: EncodedTable

  /// Reads the table twice: once for its statistics, once for its codes.
  ///
  /// - Throws: `TableError` for what cannot be read, ``SynthError/tooFewRows(name:count:)`` below ``leastRows``.
  package init(_ source: some RowSource, missingValues: MissingValues) throws {
    let profile = try TableProfile(scanning: source, missingValues: missingValues)
    guard profile.rowCount >= TableEncoder.leastRows else {
      throw SynthError.tooFewRows(name: source.name, count: profile.rowCount)
    }
    guard profile.rowCount <= TableEncoder.mostRows else {
      throw SynthError.tooManyRows(name: source.name, count: profile.rowCount)
    }
    var columns = profile.columns.map(ColumnEncoder.init)
    let lookUps = columns.map { CodeLookUp($0, missingValues: missingValues) }
    var codes = columns.map { _ in [UInt16]() }
    for index in codes.indices { codes[index].reserveCapacity(profile.rowCount) }
    try source.forEachBatch { batch in
      for column in columns.indices {
        for row in 0..<batch.rowCount {
          codes[column].append(lookUps[column].code(of: batch[row, column]))
        }
      }
    }
    guard codes.allSatisfy({ $0.count == profile.rowCount }) else {
      throw SynthError.changedWhileReading(name: source.name)
    }
    for index in columns.indices { columns[index].count(codes[index]) }
    self.columns = columns
    table = EncodedTable(rowCount: profile.rowCount, columns: codes)
  }

  /// Rows are numbered in 32 bits.
  static let mostRows = Int(Int32.max)
  /// Fewer rows than this say nothing that may be told.
  static let leastRows = 2 * Protection.leastRows
}

/// From the bytes of a field to its code.
private struct CodeLookUp {
  private let encoder: ColumnEncoder
  private let tokens: TokenTable
  private let scale: Double
  private let missingValues: MissingValues
  /// What a field gets that no code describes.
  private let otherCode: UInt16

  init(_ encoder: ColumnEncoder, missingValues: MissingValues) {
    self.encoder = encoder
    self.missingValues = missingValues
    var tokens = TokenTable()
    switch encoder.kind {
    case .category(let category):
      for level in category.levels {
        var level = level
        level.withUTF8 { _ = tokens.insert($0) }
      }
      scale = 1
      otherCode = UInt16(category.rareCode ?? 0)
    case .number(let number):
      scale = number.scale
      otherCode = UInt16(number.missingCode ?? 0)
    }
    self.tokens = tokens
  }

  func code(of field: UnsafeBufferPointer<UInt8>) -> UInt16 {
    if let missing = encoder.missingCode, missingValues.contains(field) { return UInt16(missing) }
    switch encoder.kind {
    case .category:
      return tokens.find(field).map { UInt16($0) } ?? otherCode
    case .number(let number):
      guard let parsed = parseNumber(field) else { return otherCode }
      return UInt16(number.code(of: NumberEncoder.units(parsed.value, scale: scale)))
    }
  }
}
