import Foundation
import NN
import Synth
import Tables
import TestSupport
import Testing

/// Training on tables with rules, and what is drawn then.
@Suite struct RuledGenerationTests {
  private func options(_ rules: [Constraint], seed: UInt64 = 1) -> TrainingOptions {
    var options = quickOptions(epochs: 1, seed: seed, threadCount: 2)
    options.reading.forcesConstraints = true
    options.reading.constraints = rules
    return options
  }

  /// A table of categories, numbers in bins, frequent numbers, and a one-hot group with holes, in which combinations come often
  /// and rarely.
  private func randomTable(_ random: inout SplitMix64, rows: Int) throws -> Table {
    let (first, second) = (2 + Int(random.unit() * 12), 2 + Int(random.unit() * 8))
    var (a, b, n, x, y, z): ([String?], [String?], [Int?], [Int?], [String?], [Int?]) = (
      [], [], [], [], [], []
    )
    for _ in 0..<rows {
      let code = Int(random.unit() * random.unit() * Double(first))
      a.append(random.unit() < 0.05 ? nil : "a\(code)")
      b.append("b\((code + Int(random.unit() * random.unit() * random.unit() * 4)) % second)")
      n.append(code * 3 + Int(random.unit() * 2))
      let hot = Int(random.unit() * 3)
      let isHole = random.unit() < 0.1
      x.append(hot == 0 ? 1 : 0)
      y.append(hot == 1 ? "yes" : isHole ? nil : "no")
      z.append(hot == 2 ? 1 : isHole ? nil : 0)
    }
    return try Table(columns: [
      Column("x", x), Column("a", a), Column("n", n), Column("y", y), Column("b", b),
      Column("z", z),
    ])
  }

  @Test(arguments: 1...24 as ClosedRange<UInt64>)
  func everyDrawnRowObeys(seed: UInt64) async throws {
    var random = SplitMix64(seed: 500 + seed)
    let table = try randomTable(&random, rows: 100 + Int(random.unit() * 500))
    let rules: [Constraint] = [
      .init(.fixedCombinations(seed % 2 == 0 ? ["a", "b"] : ["b", "n", "a"])),
      .init(.oneHot(["z", "x", "y"])), .init(.fixedCombinations(["y", "a"])),
    ]
    let generator = try await Generator.train(on: table, options: options(rules, seed: seed))
    let folder = TemporaryFolder()
    try generator.write(to: folder.file("model"))
    let copy = try Generator(contentsOf: folder.file("model"))
    #expect(copy.constraints == rules && copy.rules == generator.rules)
    let drawn = try copy.drawTable(rows: 2_000, seed: seed)
    #expect(try generator.drawTable(rows: 2_000, seed: seed, threadCount: 1) == drawn)

    var (real, synthetic) = (try fields(of: table), try fields(of: drawn))
    // Numbers in bins take part by their bin.
    if case .number(let number) = copy.columns[2].kind, number.binCount > 0 {
      for row in real[2].indices { real[2][row] = "\(number.code(of: Int(real[2][row])!))" }
      for row in synthetic[2].indices {
        synthetic[2][row] = "\(number.code(of: Int(synthetic[2][row])!))"
      }
    }
    let names = table.columnNames
    for rule in rules {
      let columns = rule.columns.map { names.firstIndex(of: $0)! }
      func combinations(_ table: [[String]]) -> [[String]] {
        table[0].indices.map { row in columns.map { table[$0][row] } }
      }
      if case .oneHot = rule.condition {
        #expect(combinations(synthetic).allSatisfy { $0.count { $0 == "1" || $0 == "yes" } == 1 })
      } else {
        let counts = Dictionary(combinations(real).map { ($0, 1) }, uniquingKeysWith: +)
        #expect(combinations(synthetic).allSatisfy { counts[$0, default: 0] >= 5 }, "\(rule)")
      }
    }
  }

  /// With rules, too, columns are distributed as the rows of the table that obey.
  @Test func ruledColumnsAreCalibrated() async throws {
    var random = SplitMix64(seed: 7)
    let codes = (0..<900).map { _ in Int(random.unit() * random.unit() * 5) }
    // One row in eleven breaks the rule, and each of those in its own way.
    let others = codes.enumerated().map { $0 % 11 == 0 ? "o\($0)" : "b\($1 % 3)" }
    let table = try Table(columns: [
      Column("a", codes.map { "a\($0)" }), Column("b", others),
    ])
    let generator = try await Generator.train(
      on: table, options: options([.init(.fixedCombinations(["a", "b"]))]))
    let drawn = try fields(of: generator.drawTable(rows: 4_096, seed: 2))
    let kept = codes.enumerated().filter { $0.offset % 11 != 0 }.map(\.element)
    for code in 0..<5 {
      let expected = Double(kept.count { $0 == code }) / Double(kept.count)
      let actual = Double(drawn[0].count { $0 == "a\(code)" }) / 4_096
      #expect(abs(expected - actual) < 0.01, "a\(code): \(actual) for \(expected)")
    }
    #expect(zip(drawn[0], drawn[1]).allSatisfy { Int($0.dropFirst())! % 3 == Int($1.dropFirst())! })
  }

  @Test func withoutRulesNothingIsWritten() async throws {
    let table = try mixedTable(rows: 80, seed: 3)
    let generator = try await Generator.train(on: table, options: options([]))
    let description = try ModelFile(generator.fileBytes()).description
    #expect(description["rules"] == nil)
    #expect((description["plan"] as? [String: Any])?["constraints"] == nil)
    #expect(!generator.summary.text.contains("\nrules "))
  }

  @Test func rulesThatCannotBeKeptAreRefused() async throws {
    let table = try Table(columns: [
      Column("a", (0..<60).map { "a\($0 % 3)" }), Column("b", (0..<60).map { "b\($0 / 6)" }),
      Column("c", (0..<60).map { $0 % 2 }),
    ])
    func error(_ texts: String...) async -> ConstraintError? {
      do {
        let rules = try texts.map { try Constraint(parsing: $0) }
        _ = try await Generator.train(on: table, options: options(rules))
        return nil
      } catch {
        return error as? ConstraintError
      }
    }
    #expect(await error("onehot(a, c)") == .notBinary(column: "a", rule: "onehot(a, c)"))
    #expect(await error("fixed(a, b)") == .noCombination(rules: ["fixed(a, b)"], minimumRows: 7))
    #expect(
      await error("fixed(a, C)") == .unknownColumn(name: "C", rule: "fixed(a, C)", nearest: "c"))
    #expect(await error("fixed(a, c)") == nil)
  }

  /// Rules in a file that cannot be followed.
  @Test func damagedRulesAreRefused() async throws {
    let table = try Table(columns: [
      Column("a", (0..<80).map { "a\($0 % 2)" }), Column("b", (0..<80).map { "b\($0 % 2)" }),
    ])
    let generator = try await Generator.train(
      on: table, options: options([.init(.fixedCombinations(["a", "b"]))]))
    let file = try ModelFile(generator.fileBytes())
    let rules = try #require(try file.description["rules"] as? [[String: Any]])
    let layers = try #require(rules[0]["layers"] as? [[String: Any]])
    #expect(layers[0]["starts"] as? [Int] == [0, 2] && layers[0]["targets"] as? [Int] == [0, 1])

    func expectRefused(_ wrong: Any, _ note: String) throws {
      var description = try file.description
      description["rules"] = wrong
      var changed = file
      try changed.describe(description)
      changed.sign()
      let folder = TemporaryFolder()
      let path = folder.file("model")
      try changed.encoded().write(to: URL(fileURLWithPath: path))
      #expect(
        throws: SynthError.modelFile(
          path: path, reason: "The model's description contradicts itself."), "\(note)"
      ) { try Generator(contentsOf: path) }
    }
    try expectRefused(rules + rules, "twice the same columns")
    try expectRefused([["columns": [Int](), "layers": [Any]()]], "nothing")
    for columns in [[0], [1, 0], [0, 0], [0, 2], [-1, 0], [0, 1, 2]] {
      try expectRefused([["columns": columns, "layers": layers]], "columns \(columns)")
    }
    for (key, values) in [
      ("starts", [[], [0], [0, 1], [0, 3], [0, 0, 2], [1, 2], [0, 1, 2], [0, -1, 2]]),
      ("codes", [[0], [1, 0], [0, 0], [0, 2], [-1, 0], [0, 1, 1]]),
      ("targets", [[0], [0, 2], [-1, 0], [0, 1, 1]]),
    ] as [(String, [[Int]])] {
      for value in values {
        var changed = layers
        changed[0][key] = value
        try expectRefused([["columns": [0, 1], "layers": changed]], "\(key) \(value)")
      }
    }
    for starts in [[], [0]] as [[Int]] {
      var without = layers
      without[1]["starts"] = starts
      try expectRefused([["columns": [0, 1], "layers": without]], "a last layer without states")
    }
    var last = layers
    last[1]["targets"] = [0, 1]
    try expectRefused([["columns": [0, 1], "layers": last]], "beyond the end")
  }
}
