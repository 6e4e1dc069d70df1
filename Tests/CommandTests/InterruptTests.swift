import Foundation
import TestSupport
import Testing

@Suite struct InterruptTests {
  @Test func controlCKeepsTheBestModelSoFar() async throws {
    let folder = TemporaryFolder()
    let table = folder.file("people.csv", People.csv(rowCount: 20_000))
    let model = folder.file("people.likeness")
    let run = try Run(
      Likeness.path,
      ["train", table, "-o", model, "--epochs", "1000", "--batch-size", "16", "--threads", "1"])
    // A thread of its own: other tests keep those of the tasks busy for seconds.
    Thread.detachNewThread {
      while run.isRunning, !run.errors.contains("epoch ") { usleep(20_000) }
      run.kill(SIGINT)
    }
    let outcome = try await run.outcome()
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
