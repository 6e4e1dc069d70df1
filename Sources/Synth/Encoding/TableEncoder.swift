import Tables

/// Turns rows of fields into codes, by what a first pass over the same table has found.
package struct TableEncoder {
  package let columns: [ColumnEncoder]
  package let table: EncodedTable

  /// Reads the table twice: once for its statistics, once for its codes.
  ///
  /// - Throws: `TableError` for what cannot be read, ``SynthError/tooFewRows(name:count:)`` below ``leastRows``.
  package init(_ source: some RowSource, missingValues: MissingValues) throws {
    var sample = RowSample(columnCount: source.columnNames.count, missingValues: missingValues)
    let profile = try TableProfile(scanning: source, missingValues: missingValues) {
      sample.add($0)
    }
    guard profile.rowCount >= TableEncoder.leastRows else {
      throw SynthError.tooFewRows(name: source.name, count: profile.rowCount)
    }
    guard profile.rowCount <= TableEncoder.mostRows else {
      throw SynthError.tooManyRows(name: source.name, count: profile.rowCount)
    }
    var columns = profile.columns.map(ColumnEncoder.init)
    for (column, following) in sample.followings(columns) { columns[column].follow(following) }
    let lookUps = columns.map { CodeLookUp($0, missingValues: missingValues) }
    var codes = columns.map { _ in [UInt16]() }
    for index in codes.indices { codes[index].reserveCapacity(profile.rowCount) }
    try source.forEachBatch { batch in
      for column in columns.indices {
        lookUps[column].append(batch, column: column, to: &codes[column])
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
  package static let leastRows = 2 * Protection.leastRows
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

  private func number(_ field: UnsafeBufferPointer<UInt8>) -> Double? {
    missingValues.contains(field) ? nil : parseNumber(field)?.value
  }

  /// Appends the codes of a column's fields.
  func append(_ batch: FieldBatch, column: Int, to codes: inout [UInt16]) {
    // What depends on the column alone is looked at once, not for every field.
    let missingCode = encoder.missingCode.map { UInt16($0) }
    switch encoder.kind {
    case .category:
      for row in 0..<batch.rowCount {
        let field = batch[row, column]
        if let missingCode, missingValues.contains(field) {
          codes.append(missingCode)
        } else {
          codes.append(tokens.find(field).map { UInt16($0) } ?? otherCode)
        }
      }
    case .number(let number):
      for row in 0..<batch.rowCount {
        let field = batch[row, column]
        if let missingCode, missingValues.contains(field) {
          codes.append(missingCode)
        } else if let parsed = parseNumber(field) {
          let unit = NumberEncoder.units(parsed.value, scale: scale)
          let followed = number.following.flatMap { self.number(batch[row, $0.column]) }
          codes.append(UInt16(number.code(of: unit, value: parsed.value, followed: followed)))
        } else {
          codes.append(otherCode)
        }
      }
    }
  }
}
