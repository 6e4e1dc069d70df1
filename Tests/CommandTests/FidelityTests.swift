import Foundation
import Tables
import TestSupport
import Testing

/// What the rows of a model hold, on a table of 3,000 people.
@Suite struct FidelityTests {
  @Test func everyValueIsOfItsColumn() async throws {
    let trained = try await TrainedModel(rowCount: 3_000, epochs: 4)
    let rows = try await drawnRows(trained, 3_000)
    #expect(rows.count == 3_000)
    #expect(rows.allSatisfy { $0.count == 5 })
    // Identifiers are new, and each row has its own.
    #expect(rows.allSatisfy { Int($0[0]).map { $0 >= 3_000 } == true })
    #expect(Set(rows.map { $0[0] }).count == 3_000)
    #expect(rows.allSatisfy { $0[1].isEmpty || Int($0[1]).map((18...80).contains) == true })
    #expect(rows.allSatisfy { Double($0[2]).map((1.5...1.98).contains) == true })
    // Two decimals stay two.
    #expect(rows.allSatisfy { $0[2].count <= 4 })
    #expect(Set(rows.map { $0[3] }) == Set(People.towns))
    #expect(Set(rows.map { $0[4] }) == ["yes", "no"])
  }

  @Test func sharesAreKept() async throws {
    let trained = try await TrainedModel(rowCount: 3_000, epochs: 10)
    let drawn = try await drawnRows(trained, 3_000)
    let real = try rows(of: trained.table)
    func share(_ rows: [[String]], _ isCounted: ([String]) -> Bool) -> Double {
      Double(rows.count(where: isCounted)) / Double(rows.count)
    }
    // Samples of 3,000 rows stray by one point, a small model by a few more.
    let tolerance = 0.05
    #expect(abs(share(real) { $0[1].isEmpty } - share(drawn) { $0[1].isEmpty }) < tolerance)
    #expect(abs(share(real) { $0[4] == "yes" } - share(drawn) { $0[4] == "yes" }) < tolerance)
    for town in People.towns {
      #expect(abs(share(real) { $0[3] == town } - share(drawn) { $0[3] == town }) < tolerance)
    }
  }

  @Test func rareCategoriesAreNeitherInTheModelNorInTheRows() async throws {
    let trained = try await TrainedModel(rowCount: 3_000, epochs: 4)
    let rare = Data(People.rareTown.utf8)
    let table = try #require(FileManager.default.contents(atPath: trained.table))
    #expect(table.range(of: rare) != nil)
    let model = try #require(FileManager.default.contents(atPath: trained.model))
    #expect(model.range(of: Data("Halle".utf8)) != nil)
    #expect(model.range(of: rare) == nil)
    let drawn = try await Likeness.run("generate", trained.model, "--rows", "20000")
    #expect(drawn.lines.count == 20_001)
    #expect(drawn.output.range(of: rare) == nil)
    #expect(drawn.output.range(of: Data("_RARE_".utf8)) == nil)
  }

  @Test func extremeNumbersAreNotWritten() async throws {
    let folder = TemporaryFolder()
    // 10 to 10,000 in steps of 10 and an order that says nothing.
    let numbers = (0..<1_000).map { (($0 * 387) % 1_000 + 1) * 10 }
    let lines = ["salary,half"] + numbers.map { "\($0),\($0 > 5_000 ? "upper" : "lower")" }
    let table = folder.file("table.csv", lines.joined(separator: "\n") + "\n")
    let model = folder.file("model")
    _ = try await Likeness.run("train", table, "-o", model, "--epochs", "2")
    let drawn = folder.file("drawn.csv")
    _ = try await Likeness.run("generate", model, "--rows", "20000", "-o", drawn)
    let salaries = try rows(of: drawn).compactMap { Int($0[0]) }
    #expect(salaries.count == 20_000)
    #expect(salaries.min() ?? 0 >= 60)
    #expect(salaries.max() ?? 10_010 <= 9_950)
  }

  private func drawnRows(_ trained: TrainedModel, _ count: Int) async throws -> [[String]] {
    let path = trained.folder.file("drawn.csv")
    let outcome = try await Likeness.run(
      "generate", trained.model, "--rows", "\(count)", "-o", path)
    #expect(outcome.status == 0)
    return try rows(of: path)
  }

  /// The fields of a file, row by row.
  private func rows(of path: String) throws -> [[String]] {
    var rows: [[String]] = []
    try CSVFiles(paths: [path]).forEachBatch { batch in
      for row in 0..<batch.rowCount {
        let fields = (0..<batch.columnCount).map { batch[row, $0] }
        rows.append(fields.map { String(decoding: $0, as: UTF8.self) })
      }
    }
    return rows
  }
}
