import Foundation
import TestSupport
import Testing

@Suite struct InterruptTests {
  @Test func controlCKeepsTheBestModelSoFar() async throws {
    let folder = TemporaryFolder()
    let table = folder.file("people.csv", People.csv(rowCount: 300))
    let model = folder.file("people.likeness")
    // More epochs than anyone waits for: the run ends by the signal alone.
    let outcome = try await Run(
      Likeness.path, ["train", table, "-o", model, "--epochs", "100000", "--threads", "1"]
    ).outcome(at: "epoch 3 ") { $0.kill(SIGINT) }
    #expect(outcome.status == 2)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains("Stopped on request; the best model so far is kept."))
    #expect(folder.contents == ["people.csv", "people.likeness"])

    let drawn = try await Likeness.run("generate", model, "--rows", "20")
    #expect(drawn.status == 0)
    #expect(drawn.lines.count == 21)
    let summary = try await Likeness.run("inspect", model)
    #expect(summary.text.contains("on request"))
  }
}
