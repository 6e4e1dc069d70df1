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
    let decoders = columns.enumerated().map {
      CellDecoder($1, column: $0, seed: seed)
    }
    var builders = zip(columns, decoders).map { ColumnBuilder($0, decoder: $1) }
    let run = BlockRun(self, rows: rows, seed: seed, threadCount: threads) {
      (codes: $0, block: $1, rows: $2)
    }
    try run.run { drawn in
      let first = drawn.block * Sampler.blockRows
      for index in builders.indices {
        for row in drawn.rows {
          let code = drawn.codes[index * Sampler.blockRows + row - first]
          let followed = decoders[index].followedColumn.map {
            builders[$0].number(at: row - rows.lowerBound)
          }
          builders[index].append(code: Int(code), row: row, followed: followed ?? .nan)
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
      var numbers = renderer.scratch
      let first = block * Sampler.blockRows
      for row in rows {
        renderer.append(
          codes, offset: row - first, stride: Sampler.blockRows, row: row, numbers: &numbers,
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
  private let encoder: ColumnEncoder
  private let decoder: CellDecoder
  private var numbers: [Double?] = []
  private var texts: [String?] = []

  init(_ encoder: ColumnEncoder, decoder: CellDecoder) {
    self.encoder = encoder
    self.decoder = decoder
  }

  /// A number that was appended; NaN where one is missing.
  func number(at index: Int) -> Double { numbers[index] ?? .nan }

  mutating func append(code: Int, row: Int, followed: Double) {
    switch (decoder.cells[code], encoder.kind) {
    case (.missing, .number): numbers.append(nil)
    case (.missing, .category): texts.append(nil)
    case (.text(let text), _): texts.append(text)
    case (.value, _), (.pieces, _), (.following, _):
      numbers.append(decoder.number(of: code, row: row, followed: followed))
    }
  }

  var column: Column {
    switch encoder.kind {
    case .category:
      Column(
        name: encoder.name, values: .texts(texts), missingSpelling: encoder.missingSpelling)
    case .number(let number):
      Column(
        name: encoder.name, values: .numbers(numbers, number.format),
        missingSpelling: encoder.missingSpelling)
    }
  }
}
