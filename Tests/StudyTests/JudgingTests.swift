import Study
import Synth
import Tables
import Testing

/// The accuracy after training, for programs that use the library.
@Suite struct JudgingTests {
  @Test func aTableInMemoryIsJudged() async throws {
    let ages = (0..<600).map { 20 + $0 * 7 % 60 }
    let table = try Table(columns: [
      Column("age", ages), Column("group", ages.map { $0 < 50 ? "young" : "old" }),
      Column("noise", (0..<600).map { $0 * 31 % 11 }),
    ])
    let options = TrainingOptions(modelSize: .small, epochs: 4, threadCount: 1)
    let generator = try await Generator.train(on: table, options: options)
    let accuracy = try await generator.judged(on: table, options: options)
    #expect(accuracy.rows == 600 && accuracy.heldOut == nil)
    let parts = [
      accuracy.univariate, try #require(accuracy.bivariate), try #require(accuracy.trivariate),
    ]
    #expect(abs(parts.reduce(0, +) / 3 - accuracy.overall) < 1e-9)
    #expect(accuracy.univariate > 0.9 && accuracy.overall > 0.8 && accuracy.overall < 1)
    #expect(accuracy.expected > 0.85 && accuracy.expected < 1)
    // The same rows are drawn and judged again.
    #expect(try await generator.judged(on: table, options: options) == accuracy)
  }
}
