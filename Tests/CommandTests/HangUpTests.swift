import Foundation
import TestSupport
import Testing

/// The command draws into a pipe, so that it waits in the middle of its work until the test reads on.
@Suite struct HangUpTests {
  private let trained: TrainedModel

  init() async throws { trained = try await TrainedModel() }

  /// Draws `$2` rows into the pipe `$3`, sends the signal `$4` once the first byte has come, and reads to the end. Ends as the
  /// command does, and prints how many bytes came after the first.
  private func draw(rows: String, signal: String, after preparation: String = "") async throws
    -> Outcome
  {
    try await Likeness.shell(
      """
      \(preparation)
      mkfifo "$3" && { "$0" generate "$1" --rows "$2" -o "$3" & } && exec 5<"$3" &&
      dd bs=1 count=1 <&5 >/dev/null 2>&1 && kill -"$4" $! && cat <&5 | wc -c && wait $!
      """, trained.model, rows, trained.folder.file("pipe"), signal)
  }

  @Test(.enabled(if: HangUpTests.deliversHangUps), arguments: ["HUP", "TERM"])
  func signalsEndDrawing(_ signal: String) async throws {
    // More rows than anyone waits for: the command ends by the signal alone.
    let outcome = try await draw(rows: "100000000000", signal: signal)
    #expect(outcome.status == 1)
    #expect(outcome.errors == "Stopped on request, before there was a result.\n")
  }

  @Test func nohupIsRespected() async throws {
    let outcome = try await draw(rows: "20000", signal: "HUP", after: "trap '' HUP")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let whole = try await Likeness.run("generate", trained.model, "--rows", "20000")
    #expect(Int(outcome.text.filter(\.isNumber)) == whole.output.count - 1)
  }

  @Test(.enabled(if: HangUpTests.deliversHangUps))
  func hangingUpKeepsTheBestModelSoFar() async throws {
    let model = trained.folder.file("other")
    let outcome = try await Run(
      Likeness.path, ["train", trained.table, "-o", model, "--epochs", "100000", "--threads", "1"]
    ).outcome(at: "epoch 3 ") { $0.kill(SIGHUP) }
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("Stopped on request; the best model so far is kept."))
    #expect(try await Likeness.run("inspect", model).status == 0)
  }

  /// Programs of tests that run under `nohup` never see a hang-up.
  private static let deliversHangUps: Bool = {
    var action = sigaction()
    sigaction(SIGHUP, nil, &action)
    #if canImport(Darwin)
      let handler = action.__sigaction_u.__sa_handler
    #else
      let handler = action.__sigaction_handler.sa_handler
    #endif
    return unsafeBitCast(handler, to: Int.self) != unsafeBitCast(SIG_IGN, to: Int.self)
  }()
}
