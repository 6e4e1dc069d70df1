import TestSupport

/// A small table with columns of all types, quotes, missing values and a category too rare to be kept.
enum People {
  static let header = "id,age,height,town,member"
  static let towns = ["Ulm", "Bonn, \"am Rhein\"", "Halle", "Köln"]
  static let rareTown = "Zwiesel-Unikat"
  /// Rows of every hundred whose age is missing.
  static let missingAges = 12

  /// CSV of `rowCount` people, their header included.
  static func csv(rowCount: Int, seed: UInt64 = 1) -> String {
    ([header] + rows(rowCount, seed: seed)).joined(separator: "\n") + "\n"
  }

  /// The rows of the CSV.
  static func rows(_ rowCount: Int, seed: UInt64 = 1) -> [String] {
    var random = SplitMix64(seed: seed)
    return (0..<rowCount).map { row in
      let age = Int.random(in: 18...80, using: &random)
      let isMissing = Int.random(in: 0..<100, using: &random) < missingAges
      let height = 1.5 + Double(Int.random(in: 0...40, using: &random) + age / 10) / 100
      // Three rows, fewer than the policy keeps.
      let isRare = row % (rowCount / 3) == 7
      let town = isRare ? rareTown : towns[min(3, Int.random(in: 0..<10, using: &random) / 2)]
      let member = age > 40 ? "yes" : "no"
      let quoted = "\"" + town.replacing("\"", with: "\"\"") + "\""
      let meters = "\(height)".prefix(4)
      return "\(row),\(isMissing ? "" : "\(age)"),\(meters),\(quoted),\(member)"
    }
  }
}

/// A model of a small table in a folder of its own.
struct TrainedModel {
  let folder = TemporaryFolder()
  let table: String
  let model: String

  /// Trains on `rowCount` people.
  init(rowCount: Int = 300, epochs: Int = 2) async throws {
    table = folder.file("people.csv", People.csv(rowCount: rowCount))
    model = folder.file("people.likeness")
    let outcome = try await Likeness.run(
      "train", table, "-o", model, "--epochs", "\(epochs)", "--quiet")
    precondition(outcome.status == 0, outcome.errors)
  }
}
