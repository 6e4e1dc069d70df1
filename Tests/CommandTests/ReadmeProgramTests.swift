import Synth
import Tables
import Testing

/// The program that README.md shows, line by line as it stands there.
@Suite struct ReadmeProgramTests {
  @Test func theProgramRuns() async throws {
    // README begins
    let ages = (0..<500).map { 20 + $0 * 7 % 60 }
    let table = try Table(columns: [
      Column("age", ages), Column("group", ages.map { $0 < 50 ? "young" : "old" }),
    ])
    let generator = try await Generator.train(on: table) { progress in
      print("epoch \(progress.epochs), held-out loss \(progress.heldOutLoss ?? .nan)")
    }
    let drawn = try await generator.generate(rows: 5)
    try drawn.write(to: "-")
    // README ends
    #expect(drawn.rowCount == 5)
    #expect(drawn.columnNames == ["age", "group"])
  }
}
