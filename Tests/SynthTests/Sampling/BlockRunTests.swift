import Foundation
import Synth
import Tables
import TestSupport
import Testing

/// A sink that takes some batches and throws at the next.
private struct LimitedSink: RowSink {
  struct Full: Error {}

  let limit: Int
  private(set) var rowCounts: [Int] = []
  private(set) var isFinished = false

  init(limit: Int) { self.limit = limit }

  mutating func write(_ batch: ColumnBatch) throws {
    if rowCounts.count == limit { throw Full() }
    rowCounts.append(batch.rowCount)
  }

  mutating func finish() throws { isFinished = true }
}

@Suite struct BlockRunTests {
  private func generator() async throws -> Generator {
    try await Generator.train(
      on: mixedTable(rows: 200, seed: 8), options: quickOptions(epochs: 1))
  }

  /// Blocks come in the order of the rows, whole but for the first and the last, whatever thread has drawn them.
  @Test(arguments: [1, 2, 5]) func blocksComeInOrder(_ threadCount: Int) async throws {
    let sink = try await generator().generate(
      rows: 100..<9_000, threadCount: threadCount, into: LimitedSink(limit: .max))
    let whole = [Int](repeating: 64, count: (8_960 - 128) / 64)
    #expect(sink.rowCounts == [28] + whole + [40])
    #expect(sink.isFinished)
  }

  /// Wherever a sink throws, drawing ends with its error: also when other threads have drawn all that they may ahead of it.
  @Test(arguments: [1, 2, 5], [0, 1, 64, 140]) func anErrorOfTheSinkEndsAll(
    _ threadCount: Int, _ limit: Int
  ) async throws {
    let generator = try await generator()
    await #expect(throws: LimitedSink.Full.self) {
      try await generator.generate(
        rows: 0..<9_000, threadCount: threadCount,
        into: LimitedSink(limit: limit))
    }
  }

  /// A run that is cancelled in the middle delivers no block more and leaves no file.
  @Test(arguments: [1, 3]) func aCancelledRunEnds(_ threadCount: Int) async throws {
    let generator = try await generator()
    let folder = TemporaryFolder()
    let cancellation = Cancellation()
    var written = 0
    #expect(throws: CancellationError.self) {
      try generator.drawFile(
        0..<9_000, to: folder.file("rows.csv"), threadCount: threadCount,
        cancellation: cancellation
      ) {
        written = $0
        if written == 70 * 64 { cancellation.request() }
      }
    }
    #expect(written == 70 * 64)
    #expect(folder.contents == [])
  }

  /// A compressed file has the same bytes with any number of threads, and the rows of a plain one.
  @Test func compressedFilesDoNotDependOnThreads() async throws {
    let generator = try await generator()
    let folder = TemporaryFolder()
    let files = try [1, 2, 5].map { threadCount in
      let path = folder.file("\(threadCount).csv.gz")
      try generator.drawFile(70..<9_000, to: path, seed: 3, threadCount: threadCount)
      return try Data(contentsOf: URL(fileURLWithPath: path))
    }
    #expect(files[0] == files[1] && files[0] == files[2])
    let plain = folder.file("plain.csv")
    try generator.drawFile(70..<9_000, to: plain, seed: 3)
    let unpacked = try Table(reading: CSVFiles(paths: [folder.file("1.csv.gz")]))
    #expect(unpacked == (try Table(reading: CSVFiles(paths: [plain]))))
    #expect(unpacked.rowCount == 8_930)
  }
}
