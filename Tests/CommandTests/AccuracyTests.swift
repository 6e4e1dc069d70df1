import Foundation
import TestSupport
import Testing

/// Training ends with a judgement of the model.
@Suite struct AccuracyTests {
  private struct Summary: Decodable {
    struct Accuracy: Decodable {
      let overall: Double
      let expected: Double
      let heldOut: Double?
      let rows: Int
    }
    let accuracy: Accuracy?
  }

  private func accuracy(_ model: String) async throws -> Summary.Accuracy? {
    let inspected = try await Likeness.run("inspect", model, "--json")
    return try JSONDecoder().decode(Summary.self, from: inspected.output).accuracy
  }

  @Test func whatTrainPrintsStandsInTheModel() async throws {
    let folder = TemporaryFolder()
    let table = folder.file("people.csv", People.csv(rowCount: 300))
    let model = folder.file("model")
    let trained = try await Likeness.run("train", table, "-o", model, "--epochs", "2")
    let line = try #require(trained.errorLines.first { $0.hasPrefix("accuracy ") })
    let inspected = try await Likeness.run("inspect", model)
    #expect(inspected.lines.contains { $0.hasSuffix(line.dropFirst("accuracy ".count)) })
    let accuracy = try #require(try await accuracy(model))
    #expect(accuracy.rows == 300 && accuracy.heldOut == nil)
    #expect(line.contains(String(format: "accuracy %.4f overall", accuracy.overall)))
    #expect((0.5...0.9).contains(accuracy.overall) && (0.5...0.95).contains(accuracy.expected))
  }

  @Test func rowsThatWereHeldOutAreBesideIt() async throws {
    let folder = TemporaryFolder()
    let table = folder.file("people.csv", People.csv(rowCount: 21_000))
    let model = folder.file("model")
    let trained = try await Likeness.run(
      "train", table, "-o", model, "--epochs", "1", "--model-size", "small")
    #expect(trained.status == 0)
    let accuracy = try #require(try await accuracy(model))
    let heldOut = try #require(accuracy.heldOut)
    #expect(accuracy.rows == 10_000 && (0.8...1).contains(heldOut))
    #expect((0.8...1).contains(accuracy.overall) && heldOut < accuracy.expected + 0.01)
  }

  @Test func noneIsGivenWhereNoneIsWanted() async throws {
    let folder = TemporaryFolder()
    let table = folder.file("people.csv", People.csv(rowCount: 300))
    let (with, without) = (folder.file("with"), folder.file("without"))
    for (model, options) in [(with, ""), (without, "--no-report")] {
      let trained = try await Likeness.shell(
        "$0 train $1 -o $2 --epochs 1 $3", table, model, options)
      #expect(trained.status == 0)
      #expect(trained.errors.contains("accuracy") == options.isEmpty)
    }
    #expect(try await accuracy(without) == nil)
    let inspected = try await Likeness.run("inspect", without)
    #expect(inspected.text.contains("\naccuracy      not judged\n"))
    // The rows are the same with and without.
    let drawn = [
      try await Likeness.run("generate", with, "--rows", "20"),
      try await Likeness.run("generate", without, "--rows", "20"),
    ]
    #expect(drawn[0].output == drawn[1].output)
  }

  /// A table that is gone by then costs the judgement, not the model.
  @Test func aModelThatCannotBeJudgedIsKept() async throws {
    let folder = TemporaryFolder()
    let table = folder.file("people.csv", People.csv(rowCount: 300))
    let model = folder.file("model")
    // The first of a hundred lines: the end of training is far.
    let outcome = try await Run(Likeness.path, ["train", table, "-o", model, "--epochs", "20"])
      .outcome(at: "epoch 1 ") { _ in try? FileManager.default.removeItem(atPath: table) }
    #expect(outcome.status == 0)
    #expect(outcome.errors.contains("The model was not judged: ") && outcome.errors.contains(table))
    #expect(folder.contents == ["model"])
    #expect(try await accuracy(model) == nil)
  }
}
