import NN
import Tables

extension Generator {
  /// Draws rows into memory, on threads of its own.
  ///
  /// A row is a function of the model, the seed and the row's number, so ranges can be drawn in any order and on any machine.
  ///
  /// - Parameters:
  ///   - rows: the numbers of the rows.
  ///   - seed: another seed gives other rows.
  ///   - threadCount: threads to compute with; nil takes one per processor. Does not change the rows.
  /// - Throws: ``SynthError/option(name:value:remedy:)`` for a range that is empty or begins below zero,
  ///   `CancellationError` when the surrounding task is cancelled.
  public func generate(
    rows: Range<Int>, seed: UInt64 = 1, threadCount: Int? = nil
  ) async throws -> Table {
    try await onOwnThread {
      try drawTable(rows: rows, seed: seed, threadCount: threadCount, cancellation: $0)
    }
  }

  /// Draws the first `rows` rows into memory: see ``generate(rows:seed:threadCount:)-(Range<Int>,_,_)``.
  public func generate(
    rows: Int, seed: UInt64 = 1, threadCount: Int? = nil
  ) async throws -> Table {
    try await generate(rows: 0..<max(0, rows), seed: seed, threadCount: threadCount)
  }

  /// Draws rows into a sink, in constant memory: see ``generate(rows:seed:threadCount:)-(Range<Int>,_,_)``.
  ///
  /// - Parameters:
  ///   - rows: the numbers of the rows.
  ///   - seed: another seed gives other rows.
  ///   - threadCount: threads to compute with; nil takes one per processor. Does not change the rows.
  ///   - sink: takes the rows, on the thread that draws.
  /// - Returns: the sink, which has taken all rows.
  /// - Throws: also what the sink throws.
  @discardableResult
  public func generate<Sink: RowSink>(
    rows: Range<Int>, seed: UInt64 = 1, threadCount: Int? = nil, into sink: sending Sink
  ) async throws -> sending Sink {
    // A closure for another thread may not capture the type's conformance, but a value that has it.
    // SAFETY: the caller has given the sink up, and waits until the thread is done with it.
    nonisolated(unsafe) let given: any RowSink = sink
    let filled = try await onOwnThread { cancellation in
      var sink = given
      try draw(rows: rows, seed: seed, threadCount: threadCount, cancellation, into: &sink)
      return Returned(sink: sink)
    }
    return filled.sink as! Sink
  }

  /// A sink on its way back from the thread that drew.
  private struct Returned: @unchecked Sendable {
    // SAFETY: the thread keeps nothing of it.
    let sink: any RowSink
  }

  /// Draws rows into a CSV file, gzip where the name ends in `.gz`, in constant memory and on threads of its own.
  ///
  /// The file stands under its name only when it is complete. When the surrounding task is cancelled, nothing is written.
  ///
  /// - Parameters:
  ///   - rows: the numbers of the rows.
  ///   - path: the file; nil is standard output.
  ///   - seed: another seed gives other rows.
  ///   - threadCount: threads to compute with; nil takes one per processor. Does not change the rows.
  ///   - separator: the byte between fields.
  ///   - progress: called with the number of rows written, after every block of rows, on a thread of the drawing's.
  /// - Throws: ``SynthError/option(name:value:remedy:)`` for a range that cannot be, `TableError` for a file that cannot be written,
  ///   `CancellationError` when cancelled.
  public func writeRows(
    _ rows: Range<Int>, to path: String?, seed: UInt64 = 1, threadCount: Int? = nil,
    separator: UInt8 = UInt8(ascii: ","), progress: @escaping @Sendable (Int) -> Void = { _ in }
  ) async throws {
    try await onOwnThread { cancellation in
      try drawFile(
        rows, to: path, seed: seed, threadCount: threadCount, separator: separator,
        cancellation: cancellation, progress: progress)
    }
  }
}

// MARK: - On the calling thread

extension Generator {
  /// ``generate(rows:seed:threadCount:)-(Range<Int>,_,_)`` on the calling thread.
  package func drawTable(
    rows: Range<Int>, seed: UInt64 = 1, threadCount: Int? = nil,
    cancellation: Cancellation = Cancellation()
  ) throws -> Table {
    var builder = TableBuilder(fields: fields, columns: columns)
    try forEachBlock(of: rows, seed: seed, threadCount: threadCount, cancellation) {
      builder.append($0)
    }
    return try builder.table()
  }

  /// The first rows: see ``drawTable(rows:seed:threadCount:cancellation:)``.
  package func drawTable(rows: Int, seed: UInt64 = 1, threadCount: Int? = nil) throws -> Table {
    try drawTable(rows: 0..<max(0, rows), seed: seed, threadCount: threadCount)
  }

  /// ``writeRows(_:to:seed:threadCount:separator:progress:)`` on the calling thread.
  package func drawFile(
    _ rows: Range<Int>, to path: String?, seed: UInt64 = 1, threadCount: Int? = nil,
    separator: UInt8 = UInt8(ascii: ","), cancellation: Cancellation = Cancellation(),
    progress: (Int) -> Void = { _ in }
  ) throws {
    let threads = try Generator.checkedThreads(rows, threadCount: threadCount)
    let writer = try CSVWriter(path: path, columnNames: columnNames, separator: separator)
    let renderer = RowRenderer(self, seed: seed, separator: separator)
    let run = BlockRun(self, rows: rows, seed: seed, threadCount: threads) {
      fileConverter(renderer, isCompressed: writer.isCompressed)
    }
    var written = 0
    try run.run(cancellation) { rendered in
      switch rendered.bytes {
      case .plain(let bytes): try writer.write(bytes)
      case .deflated(let bytes): try writer.write(bytes)
      }
      written += rendered.rowCount
      progress(written)
    }
    try writer.finish()
  }

  /// The bytes of a block of a file.
  private struct FileBlock {
    enum Bytes {
      case plain([UInt8])
      case deflated(DeflatedBytes)
    }

    let bytes: Bytes
    let rowCount: Int
  }

  /// Renders blocks, and compresses each run of them as a piece of a gzip stream.
  private func fileConverter(
    _ renderer: RowRenderer, isCompressed: Bool
  ) -> BlockRun<FileBlock>.Converter {
    var renderer = renderer
    let deflater = isCompressed ? Deflater() : nil
    return { block in
      let bytes = renderer.bytes(block)
      let deflated = deflater.map { deflater in
        bytes.withUnsafeBytes { deflater.compress($0, endsPiece: block.endsRun) }
      }
      return FileBlock(
        bytes: deflated.map { .deflated($0) } ?? .plain(bytes), rowCount: block.rows.count)
    }
  }

  private func draw(
    rows: Range<Int>, seed: UInt64, threadCount: Int?, _ cancellation: Cancellation,
    into sink: inout any RowSink
  ) throws {
    var builder = TableBuilder(fields: fields, columns: columns)
    try forEachBlock(of: rows, seed: seed, threadCount: threadCount, cancellation) { block in
      builder.append(block)
      try sink.write(builder.batch(firstRow: block.rows.lowerBound - rows.lowerBound))
    }
    try sink.finish()
  }

  private func forEachBlock(
    of rows: Range<Int>, seed: UInt64, threadCount: Int?, _ cancellation: Cancellation,
    _ body: (DecodedBlock) throws -> Void
  ) throws {
    let threads = try Generator.checkedThreads(rows, threadCount: threadCount)
    let decoder = TableDecoder(fields: fields, columns: columns, seed: seed)
    let run = BlockRun(self, rows: rows, seed: seed, threadCount: threads) {
      { (drawn: DrawnBlock) in
        var block = decoder.block()
        block.decode(drawn.codes, rows: drawn.rows, first: drawn.firstRow)
        return block
      }
    }
    try run.run(cancellation, body)
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
