import Foundation
import TestSupport
import Testing

@Suite struct RepeatabilityTests {
  @Test func trainingGivesTheSameBytesWithAnyThreadCount() async throws {
    let folder = TemporaryFolder()
    let table = folder.file("people.csv", People.csv(rowCount: 500))
    var models: [Data?] = []
    for threads in ["1", "1", "2", "3"] {
      let model = folder.file("model-\(models.count)")
      let outcome = try await Likeness.run(
        "train", table, "-o", model, "--epochs", "2", "--threads", threads)
      #expect(outcome.status == 0)
      models.append(FileManager.default.contents(atPath: model))
    }
    #expect(models[0] != nil)
    #expect(models.allSatisfy { $0 == models[0] })
  }

  @Test func anotherSeedGivesAnotherModelAndOtherRows() async throws {
    let trained = try await TrainedModel()
    let other = trained.folder.file("other")
    _ = try await Likeness.run(
      "train", trained.table, "-o", other, "--epochs", "2", "--seed", "2")
    #expect(
      FileManager.default.contents(atPath: other)
        != FileManager.default.contents(atPath: trained.model))
    let first = try await Likeness.run("generate", trained.model, "--rows", "100")
    let second = try await Likeness.run("generate", trained.model, "--rows", "100", "--seed", "2")
    #expect(first.output != second.output)
  }

  @Test func generationGivesTheSameBytesWithAnyThreadCount() async throws {
    let trained = try await TrainedModel()
    let first = try await Likeness.run("generate", trained.model, "--rows", "5000")
    #expect(first.lines.count == 5_001)
    for threads in ["1", "2", "3"] {
      let outcome = try await Likeness.run(
        "generate", trained.model, "--rows", "5000", "--threads", threads)
      #expect(outcome.output == first.output, "\(threads) threads")
    }
  }

  @Test(arguments: [500..<600, 0..<1, 63..<65, 999..<1_000])
  func aRangeIsThatPartOfTheWhole(_ range: Range<Int>) async throws {
    let trained = try await TrainedModel()
    let whole = try await Likeness.run("generate", trained.model, "--rows", "1000")
    let part = try await Likeness.run(
      "generate", trained.model, "--rows-range", "\(range.lowerBound)..<\(range.upperBound)")
    #expect(part.lines.first == whole.lines.first)
    #expect(Array(part.lines.dropFirst()) == Array(whole.lines.dropFirst()[range.shifted]))
  }
}

extension Range<Int> {
  /// The places of the rows among lines that begin with a header.
  fileprivate var shifted: Range<Int> { lowerBound + 1..<upperBound + 1 }
}
