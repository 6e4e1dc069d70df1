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
    var builder = TableBuilder(fields: fields, columns: columns)
    try forEachBlock(of: rows, seed: seed, threadCount: threadCount) { builder.append($0) }
    return try builder.table()
  }

  /// Draws rows into a sink, in constant memory: see ``generate(rows:seed:threadCount:)-(Range<Int>,_,_)``.
  ///
  /// - Throws: also what the sink throws.
  public func generate(
    rows: Range<Int>, seed: UInt64 = 1, threadCount: Int? = nil, into sink: inout some RowSink
  ) throws {
    var builder = TableBuilder(fields: fields, columns: columns)
    try forEachBlock(of: rows, seed: seed, threadCount: threadCount) { block in
      builder.append(block)
      try sink.write(builder.batch(firstRow: block.rows.lowerBound - rows.lowerBound))
    }
    try sink.finish()
  }

  private func forEachBlock(
    of rows: Range<Int>, seed: UInt64, threadCount: Int?, _ body: (DecodedBlock) throws -> Void
  ) throws {
    let threads = try Generator.checkedThreads(rows, threadCount: threadCount)
    var block = TableDecoder(fields: fields, columns: columns, seed: seed).block()
    let run = BlockRun(self, rows: rows, seed: seed, threadCount: threads) {
      (codes: $0, block: $1, rows: $2)
    }
    try run.run { drawn in
      block.decode(drawn.codes, rows: drawn.rows, first: drawn.block * Sampler.blockRows)
      try body(block)
    }
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
      let bytes = renderer.bytes(codes, rows: rows, first: block * Sampler.blockRows)
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

extension Generator {
  /// The format of a field's numbers; nil where it is text.
  package func numberFormat(of field: Field) -> NumberFormat? {
    field.codec.numberFormat(in: fields, encoders: columns[field.parts])
  }
}
