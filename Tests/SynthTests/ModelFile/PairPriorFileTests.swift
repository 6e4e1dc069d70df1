import Foundation
import Synth
import Tables
import TestSupport
import Testing

/// The prior in a model's file: read back as it was, refused where it cannot be.
@Suite struct PairPriorFileTests {
  private let folder = TemporaryFolder()

  /// A model whose second column follows from the first.
  private func generator() async throws -> Generator {
    let table = try Table(columns: [
      Column("place", (0..<60).map { "p\($0 % 4)" }),
      Column("district", (0..<60).map { "d\($0 % 4 / 2)" }),
    ])
    return try await Generator.train(on: table, options: quickOptions(epochs: 1))
  }

  private func refusal(_ file: ModelFile) throws -> String? {
    var file = file
    file.sign()
    let path = folder.file("model")
    try file.encoded().write(to: URL(fileURLWithPath: path))
    do {
      _ = try Generator(contentsOf: path).drawTable(rows: 65, threadCount: 1)
      return nil
    } catch SynthError.modelFile(path, let reason) {
      return reason
    }
  }

  private static let contradiction = "The model's description contradicts itself."

  @Test func writtenAndRead() async throws {
    let generator = try await generator()
    #expect(generator.prior.parents == [[], [0]])
    let bytes = try generator.fileBytes()
    let file = try ModelFile(bytes)
    #expect(try refusal(file) == nil)
    #expect(
      file.tensors["prior.1.0"]?.shape == [4, 2]
        && !file.tensors.keys.contains { $0.hasPrefix("prior.0") })
    let path = folder.file("model")
    try generator.write(to: path)
    let read = try Generator(contentsOf: path)
    #expect(read.prior.parents == generator.prior.parents)
    #expect(read.prior.values.buffer.row.elements == generator.prior.values.buffer.row.elements)
    #expect(try read.fileBytes() == bytes)
    #expect(try read.drawTable(rows: 300) == generator.drawTable(rows: 300))
  }

  @Test func parentsThatCannotBe() async throws {
    let file = try ModelFile(await generator().fileBytes())
    let none = [Int]()
    let wrong: [Any] = [
      [none, [1]], [none, [2]], [none, [-1]], [none, [Int.max]], [none, [Int.min]], [[0], none],
      [[1], [0]], [none, [0, 0]], [none], [Any](), [none, [0], none], [none, [0.5]], [none, ["0"]],
      [none, 0], [NSNull(), [0]], 0,
    ]
    for parents in wrong {
      var changed = file
      var description = try file.description
      description["parents"] = parents
      try changed.describe(description)
      #expect(try refusal(changed) == Self.contradiction, "\(parents)")
    }
    // Such as could be, but are not those of the tensors.
    var changed = file
    var description = try file.description
    description["parents"] = [none, none]
    try changed.describe(description)
    #expect(try refusal(changed) == "The tensors are not those of the model.")
  }

  @Test func tablesThatCannotBe() async throws {
    let file = try ModelFile(await generator().fileBytes())
    let reason = "Tensor 'prior.1.0' is missing or misshapen."
    for shape in [[2, 4], [8, 1], [8]] {
      var changed = file
      changed.tensors["prior.1.0"]?.shape = shape
      #expect(try refusal(changed) == reason, "\(shape)")
    }
    var renamed = file
    renamed.tensors["prior.1"] = renamed.tensors.removeValue(forKey: "prior.1.0")
    #expect(try refusal(renamed) == reason)
    var wrong = file
    let start = try #require(file.tensors["prior.1.0"]).offsets[0]
    wrong.payload.replaceSubrange(start..<start + 4, with: [0, 0, 0xC0, 0x7F])
    #expect(try refusal(wrong) == "Tensor 'prior.1.0' has a value that is not a number.")
  }

  /// A table of more numbers than are ever counted is refused before there is memory for it.
  @Test func tablesThatAreTooLarge() async throws {
    let file = try ModelFile(await generator().fileBytes())
    for (size, reason) in [
      (512, "Tensor 'gru.tables.0' is missing or misshapen."), (513, Self.contradiction),
    ] {
      var description = try file.description
      var columns = try #require(description["columns"] as? [[String: Any]])
      for column in 0..<2 {
        columns[column]["kind"] = [
          "category": [
            "_0": [
              "levels": (0..<size).map { "v\(1_000 + $0)" }, "hasRare": false, "hasMissing": false,
              "drawsRare": false,
            ] as [String: Any]
          ]
        ]
        columns[column]["counts"] = Array(repeating: 5, count: size)
      }
      description["columns"] = columns
      description["rowCount"] = 5 * size
      var changed = file
      try changed.describe(description)
      #expect(try refusal(changed) == reason, "\(size)")
    }
  }
}
