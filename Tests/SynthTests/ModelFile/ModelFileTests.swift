import Foundation
import NN
import Synth
import Tables
import TestSupport
import Testing

@Suite struct ModelFileTests {
  private func generator() async throws -> Generator {
    try await Generator.train(
      on: mixedTable(rows: 60, seed: 41), options: quickOptions(epochs: 1))
  }

  @Test func writtenReadAndWrittenAgain() async throws {
    let generator = try await generator()
    let folder = TemporaryFolder()
    try generator.write(to: folder.file("first"))
    let read = try Generator(contentsOf: folder.file("first"))
    try read.write(to: folder.file("second"))
    let files = try ["first", "second"].map {
      try Data(contentsOf: URL(fileURLWithPath: folder.file($0)))
    }
    #expect(files[0] == files[1])
    #expect(read.values.buffer.row.elements == generator.values.buffer.row.elements)
    #expect(
      read.calibration?.arena.buffer.row.elements
        == generator.calibration?.arena.buffer.row.elements)
    #expect(read.columns == generator.columns && read.plan == generator.plan)
    #expect(
      read.report.rows.history == generator.report.rows.history
        && read.report.rows.bestEpoch == generator.report.rows.bestEpoch)
    #expect(
      read.report.stopReason == generator.report.stopReason && read.rowCount == generator.rowCount)
    #expect(read.summary == generator.summary)
    #expect(try read.drawTable(rows: 300) == generator.drawTable(rows: 300))
  }

  @Test func whatAJudgeFoundOutIsKept() async throws {
    var generator = try await generator()
    let folder = TemporaryFolder()
    #expect(generator.summary.text.contains("\naccuracy      not judged\n"))
    generator.report.accuracy = Generator.Accuracy(
      overall: 0.5, univariate: 0.75, bivariate: 0.25, trivariate: nil, expected: 0.875,
      heldOut: nil, rows: 60)
    try generator.write(to: folder.file("model"))
    let read = try Generator(contentsOf: folder.file("model"))
    #expect(
      read.report.accuracy == generator.report.accuracy
        && read.summary.accuracy == generator.report.accuracy)
    let line =
      "accuracy      0.5000 overall (univariate 0.7500, bivariate 0.2500); "
      + "an independent sample is expected to have 0.8750"
    #expect(read.summary.text.contains(line))
    generator.report.accuracy?.overall = 1.5
    try generator.write(to: folder.file("wrong"))
    #expect(throws: SynthError.self) { try Generator(contentsOf: folder.file("wrong")) }
  }

  @Test func heldOutRowsAreThoseThatWereNotTrainedOn() async throws {
    #expect(try await generator().heldOutRows == [])
    let table = try mixedTable(rows: 20_000, seed: 42)
    let plan = TrainingPlan(
      rowCount: 20_000, columnCount: table.columns.count, options: quickOptions(epochs: 1))
    let generator = try await Generator.train(on: table, options: quickOptions(epochs: 1))
    let heldOut = generator.heldOutRows
    #expect(heldOut.count == 2_000 && heldOut == Set(heldOut).sorted())
    #expect(heldOut.map(Int32.init) == RowSplit(rowCount: 20_000, plan: plan).heldOut)
  }

  /// Any program that knows safetensors finds the weights.
  @Test func theLayoutIsSafetensors() async throws {
    let generator = try await generator()
    let bytes = try generator.fileBytes()
    let file = try ModelFile(bytes)
    #expect(Set(file.metadata.keys) == ["likeness", "format", "crc32"])
    #expect(!generator.prior.values.layout.parameters.isEmpty)
    let calibration = try #require(generator.calibration).arena
    let parts = [generator.values, calibration, generator.prior.values].flatMap { arena in
      arena.layout.parameters.map { (arena, $0) }
    }
    #expect(Set(file.tensors.keys) == Set(parts.map(\.1.name)))
    for (arena, parameter) in parts {
      let tensor = try #require(file.tensors[parameter.name])
      #expect(tensor.dtype == "F32" && tensor.shape == [parameter.rows, parameter.columns])
      #expect(tensor.offsets[1] - tensor.offsets[0] == 4 * parameter.count)
      #expect(file.elements(of: tensor) == arena[parameter].elements)
    }
    // The numbers fill the file without gaps, from a multiple of eight on.
    let ends = file.tensors.values.sorted { $0.offsets[0] < $1.offsets[0] }.map(\.offsets)
    #expect(ends.first?[0] == 0 && ends.last?[1] == file.payload.count)
    #expect(zip(ends, ends.dropFirst()).allSatisfy { $0[1] == $1[0] })
    #expect((bytes.count - file.payload.count) % 8 == 0)
    var signed = file
    signed.sign()
    #expect(signed.metadata == file.metadata)
  }

  @Test func aFileThatIsReplacedIsWhole() async throws {
    let generator = try await generator()
    let folder = TemporaryFolder()
    let path = folder.file("model", "something else")
    try generator.write(to: path)
    #expect(try Generator(contentsOf: path).columnNames == generator.columnNames)
    #expect(folder.contents == ["model"])
    #expect(throws: TableError.self) { try generator.write(to: folder.path + "/no/model") }
    #expect(throws: TableError.self) { try generator.write(to: folder.path) }
  }

  @Test func noFile() {
    let folder = TemporaryFolder()
    #expect(throws: TableError.fileNotFound(file: folder.path + "/none")) {
      try Generator(contentsOf: folder.path + "/none")
    }
    #expect(throws: SynthError.notAModel(path: folder.path)) {
      try Generator(contentsOf: folder.path)
    }
  }

  /// Neither a rare category nor a number beyond the protected ends stands anywhere in the file, as text or as a number.
  @Test func nothingProtectedIsInTheFile() async throws {
    var random = SplitMix64(seed: 42)
    let count = 300
    var amounts = (0..<count).map { _ in 1000 + Int(random.unit() * 8000) }
    let extremes = [-987_654_321, 4_242_424_242, 5_151_515_151]
    for (index, extreme) in extremes.enumerated() { amounts[index * 40] = extreme }
    let decimals = amounts.map { Double($0) + 0.25 }
    let names = (0..<count).map { $0 % 50 == 0 ? "Secret\($0)Person" : "kept \($0 % 4)" }
    let few = (0..<count).map { $0 % 60 == 0 ? 31_415_926 + $0 : 5 }
    let table = try Table(columns: [
      Column("name", names), Column("amount", amounts), Column("decimal", decimals),
      Column("few", few),
    ])
    let bytes = try await Generator.train(on: table, options: quickOptions()).fileBytes()
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.contains("kept 3"))
    #expect(!text.contains("Secret"))
    for extreme in extremes { #expect(!text.contains("\(abs(extreme))")) }
    for row in stride(from: 0, to: count, by: 60) { #expect(!text.contains("\(31_415_926 + row)")) }
  }
}
