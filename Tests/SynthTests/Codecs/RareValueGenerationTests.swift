import Synth
import Tables
import TestSupport
import Testing

/// Rare values that most rows have: the other columns must not follow a frequent value that is drawn in their place.
@Suite struct RareValueGenerationTests {
  /// Players with a few rows each, which have few games, and three with many rows, which have many games.
  private func batting(_ rowCount: Int, seed: UInt64) throws -> Table {
    var random = SplitMix64(seed: seed)
    var (players, games, league) = ([String](), [String](), [String]())
    for row in 0..<rowCount {
      let isFrequent = row % 5 == 0
      players.append(isFrequent ? "famousp0\(row / 5 % 3 + 1)" : code(row / 4))
      games.append("\((isFrequent ? 120 : 20) + Int(random.unit() * 30))")
      league.append(random.unit() < (isFrequent ? 0.9 : 0.2) ? "AL" : "NL")
    }
    return try Table(columns: [
      Column("player", players), Column("games", games), Column("league", league),
    ])
  }

  /// A code of seven letters and two digits, one for each number.
  private func code(_ number: Int) -> String {
    var random = SplitMix64(seed: UInt64(number) + 1000)
    let letters = (0..<7).map { _ in UInt8(97 + Int(random.unit() * 26)) }
    return String(decoding: letters, as: UTF8.self) + "\(10 + number % 90)"
  }

  @Test func otherColumnsFollowRareValues() async throws {
    let table = try batting(3000, seed: 1)
    let generator = try await Generator.train(
      on: table, options: quickOptions(epochs: 4, order: .mixed, seed: 1))
    let drawn = try generator.drawTable(rows: 6000)
    let players = drawn.columns[0].texts.compactMap { $0 }
    let known = Set(table.columns[0].texts.compactMap { $0 })
    let frequent: Set = ["famousp01", "famousp02", "famousp03"]
    // The share of frequent players, the mean number of games and the leagues are those of the table.
    let isFrequent = players.map(frequent.contains)
    let share = Double(isFrequent.filter { $0 }.count) / 6000
    #expect(abs(share - 0.2) < 0.02, "\(share)")
    let games = drawn.columns[1].numbers.compactMap { $0 }
    #expect(abs(games.reduce(0, +) / 6000 - 54.5) < 3, "\(games.reduce(0, +) / 6000)")
    let rareGames = zip(games, isFrequent).filter { !$0.1 }.map(\.0)
    #expect(rareGames.filter { $0 < 60 }.count > rareGames.count * 97 / 100)
    // Made-up codes look like the others, and none of them is one of the table.
    let madeUp = zip(players, isFrequent).filter { !$0.1 }.map(\.0)
    #expect(madeUp.allSatisfy { $0.wholeMatch(of: #/[a-z]{7}[0-9]{2}/#) != nil })
    #expect(known.isDisjoint(with: madeUp))
    #expect(Set(madeUp).count > 700 && Set(madeUp).count <= 750)
    // A file has the same cells.
    let folder = TemporaryFolder()
    let path = folder.file("rows.csv")
    try generator.drawFile(0..<100, to: path)
    let read = try Table(contentsOf: path)
    #expect(read.columns[0].texts == Array(drawn.columns[0].texts.prefix(100)))
  }

  /// Names that few rows have are made up: none is one of the table's, and they look like those.
  @Test func rareWordsAreMadeUp() async throws {
    var random = SplitMix64(seed: 4)
    let parts = ["mar", "jo", "wil", "ev", "ber", "lu", "al"]
    let names = (0..<2_000).map { row in
      if row % 2 == 0 { return ["Ann", "Bob"][row / 2 % 2] }
      let start = (0..<3).map { _ in parts.randomElement(using: &random)! }.joined()
      return start.capitalized + ["a", "en", "bert", "ine"].randomElement(using: &random)!
    }
    let counts = names.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    let generator = try await Generator.train(
      on: Table(columns: [Column("name", names), Column("number", names.map(\.count))]),
      options: quickOptions(epochs: 3, seed: 2))
    #expect(generator.fields[0].rareValues == .words)
    let table = try generator.drawTable(rows: 2_000)
    let drawn = table.columns[0].texts.compactMap { $0 }
    let madeUp = drawn.filter { counts[$0, default: 0] < 5 }
    #expect(madeUp.allSatisfy { counts[$0] == nil && $0 != CategoryEncoder.rareToken })
    #expect(abs(madeUp.count - 1_000) < 100 && Set(madeUp).count > 600)
    let oddCount = madeUp.count { $0.wholeMatch(of: #/[A-Z][a-z]+/#) == nil }
    #expect(oddCount < madeUp.count / 50, "\(oddCount)")
    let mean = { (names: [String]) in
      Double(names.reduce(0) { $0 + $1.count }) / Double(names.count)
    }
    let rare = names.filter { counts[$0]! < 5 }
    #expect(abs(mean(madeUp) / mean(rare) - 1) < 0.1, "\(mean(madeUp)), \(mean(rare))")
    // A file has the same cells, and so has a model that was read again.
    let folder = TemporaryFolder()
    try generator.write(to: folder.file("model"))
    let copy = try Generator(contentsOf: folder.file("model"))
    try copy.drawFile(0..<100, to: folder.file("rows.csv"))
    let read = try Table(contentsOf: folder.file("rows.csv"))
    #expect(read.columns[0].texts == Array(table.columns[0].texts.prefix(100)))
  }
}
