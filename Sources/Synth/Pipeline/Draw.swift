import NN
import Tables

extension Generator {
  /// Draws rows into memory.
  ///
  /// A row is a function of the model, the seed and the row's number: rows 500..<600 are the same whatever else is drawn.
  ///
  /// - Parameters:
  ///   - rows: the numbers of the rows.
  ///   - seed: another seed gives other rows.
  ///   - threadCount: threads to compute with; nil takes one per processor. Does not change the rows.
  /// - Throws: ``SynthError/option(name:value:remedy:)`` for a range that is empty or begins below zero,
  ///   `CancellationError` when the surrounding task is cancelled.
  public func generate(
    rows: Range<Int>, seed: UInt64 = 1, threadCount: Int? = nil
  ) throws -> Table {
    let threads = try Generator.checkedThreads(rows, threadCount: threadCount)
    let decoder = RowDecoder(self, seed: seed)
    var scratch = decoder.scratch
    var builders = fields.map {
      ColumnBuilder($0, format: numberFormat(of: $0), hasWords: hasWords($0))
    }
    let run = BlockRun(self, rows: rows, seed: seed, threadCount: threads) {
      (codes: $0, block: $1, rows: $2)
    }
    try run.run { drawn in
      let first = drawn.block * Sampler.blockRows
      for row in drawn.rows {
        let code = { part in Int(drawn.codes[part * Sampler.blockRows + row - first]) }
        decoder.prepare(row: row, scratch: &scratch, code: code)
        for index in builders.indices {
          let value = decoder.value(ofField: index, row: row, scratch: &scratch, code: code)
          builders[index].append(value, content: scratch.content)
        }
      }
    }
    return try Table(columns: builders.map(\.column))
  }

  /// Draws the first `rows` rows into memory: see ``generate(rows:seed:threadCount:)-(Range<Int>,_,_)``.
  public func generate(rows: Int, seed: UInt64 = 1, threadCount: Int? = nil) throws -> Table {
    try generate(rows: 0..<max(0, rows), seed: seed, threadCount: threadCount)
  }

  /// Draws rows into a CSV file, gzip where the name ends in `.gz`, in constant memory.
  ///
  /// The file stands under its name only when it is complete. When the surrounding task is cancelled, nothing is written.
  ///
  /// - Parameters:
  ///   - rows: the numbers of the rows.
  ///   - path: the file; nil is standard output.
  ///   - seed: another seed gives other rows.
  ///   - threadCount: threads to compute with; nil takes one per processor. Does not change the rows.
  ///   - separator: the byte between fields.
  ///   - progress: called with the number of rows written, after every block of rows.
  /// - Throws: ``SynthError/option(name:value:remedy:)`` for a range that cannot be, `TableError` for a file that cannot be written,
  ///   `CancellationError` when cancelled.
  public func writeRows(
    _ rows: Range<Int>, to path: String?, seed: UInt64 = 1, threadCount: Int? = nil,
    separator: UInt8 = UInt8(ascii: ","), progress: (Int) -> Void = { _ in }
  ) throws {
    let threads = try Generator.checkedThreads(rows, threadCount: threadCount)
    let writer = try CSVWriter(path: path, columnNames: columnNames, separator: separator)
    let renderer = RowRenderer(self, seed: seed, separator: separator)
    let run = BlockRun(self, rows: rows, seed: seed, threadCount: threads) { codes, block, rows in
      var bytes: [UInt8] = []
      var scratch = renderer.scratch
      let first = block * Sampler.blockRows
      for row in rows {
        renderer.append(
          codes, offset: row - first, stride: Sampler.blockRows, row: row, scratch: &scratch,
          to: &bytes)
      }
      return (bytes: bytes, count: rows.count)
    }
    var written = 0
    try run.run { rendered in
      try writer.write(rendered.bytes)
      written += rendered.count
      progress(written)
    }
    try writer.finish()
  }

  /// Rows have numbers below this.
  private static let rowLimit = 1 << 62

  private static func checkedThreads(_ rows: Range<Int>, threadCount: Int?) throws -> Int {
    guard rows.lowerBound >= 0, !rows.isEmpty, rows.upperBound <= Generator.rowLimit else {
      throw SynthError.option(
        name: "The rows", value: "\(rows)",
        remedy: "Give at least one row, from 0 to \(Generator.rowLimit).")
    }
    try SynthError.check(threadCount, "The number of threads", in: 1...1_024)
    return threadCount ?? availableThreadCount()
  }
}

/// A column of a drawn table, cell after cell.
private struct ColumnBuilder {
  private let field: Field
  private let format: NumberFormat?
  /// Whether numbers are texts, because words are between them.
  private let areTexts: Bool
  private var numbers: [Double?] = []
  private var texts: [String?] = []

  /// - Parameter format: that of the field's numbers; nil for texts.
  init(_ field: Field, format: NumberFormat?, hasWords: Bool) {
    self.field = field
    self.format = format
    areTexts = format == nil || hasWords
  }

  mutating func append(_ value: RowDecoder.Value, content: [UInt8]) {
    switch value {
    case .number(let number) where areTexts:
      var bytes: [UInt8] = []
      format?.append(number, to: &bytes)
      texts.append(String(decoding: bytes, as: UTF8.self))
    case .number(let number): numbers.append(number)
    case .text: texts.append(String(decoding: content, as: UTF8.self))
    case .missing: if areTexts { texts.append(nil) } else { numbers.append(nil) }
    }
  }

  var column: Column {
    let values: Column.Values =
      if let format, !areTexts { .numbers(numbers, format) } else { .texts(texts) }
    return Column(name: field.name, values: values, missingSpelling: field.missingSpelling)
  }
}

extension Generator {
  /// Whether rows have words in place of a field's numbers.
  fileprivate func hasWords(_ field: Field) -> Bool {
    guard let part = field.parts.first, case .number(let number) = columns[part].kind else {
      return false
    }
    return number.words != nil
  }

  /// The format of a field's numbers; nil where it is text.
  package func numberFormat(of field: Field) -> NumberFormat? {
    switch field.coding {
    case .column:
      if case .number(let number) = columns[field.parts.lowerBound].kind { return number.format }
      return nil
    case .latitude(let coding): return coding.latitudeFormat
    case .longitude(let latitude):
      if case .latitude(let coding) = fields[latitude].coding { return coding.longitudeFormat }
      return nil
    case .bound(let coding):
      if case .number(let format) = coding.content { return format }
      return nil
    case .derived(let coding): return coding.format
    case .masked, .dateTime, .characters, .template, .vocabulary, .identifier: return nil
    }
  }
}
