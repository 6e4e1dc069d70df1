import Eval
import Foundation
import Study
import Tables
import TestSupport

/// Small studies that take a fraction of a second.
enum Studies {
  /// People whose membership goes with their age, and whose district goes with their town.
  static func table(rowCount: Int = 150, seed: UInt64 = 1) throws -> Table {
    var random = SplitMix64(seed: seed)
    var (ages, towns, districts, members) = ([Int](), [String](), [String](), [String]())
    for _ in 0..<rowCount {
      let age = Int.random(in: 18...80, using: &random)
      let town = Int.random(in: 0..<4, using: &random)
      ages.append(age)
      towns.append(["Ulm", "Bonn", "Halle", "Kiel"][town])
      districts.append("d\(town % 2)")
      members.append(age + Int.random(in: -10...10, using: &random) > 45 ? "yes" : "no")
    }
    return try Table(columns: [
      Column("age", ages), Column("town", towns), Column("district", districts),
      Column("member", members),
    ])
  }

  /// Two sizes, everything that can be asked for.
  static func options() throws -> StudyOptions {
    var options = StudyOptions()
    options.sizes = [.rows(40), .all]
    options.modelSizes = [.small]
    options.epochs = [.most(1)]
    options.drawnRowCount = 80
    options.seed = 3
    options.target = try Target(parsing: "member=yes")
    options.rules = [try Rule(parsing: "town,district")]
    options.statistics = [try Statistic(parsing: "mean(age) by member")]
    options.violins = [try GroupedNumber(parsing: "age by member")]
    return options
  }
}

extension TemporaryFolder {
  /// The columns of `results.csv` that another run repeats.
  func repeatedColumns(_ study: String) throws -> [Column] {
    let columns = try Table(contentsOf: file("\(study)/results.csv")).columns
    return Array(columns.prefix { $0.name != StudyFigure.trainingSeconds.rawValue })
  }

  func data(_ name: String) -> Data? { FileManager.default.contents(atPath: file(name)) }

  /// The rows of the combined table that stand in one of its splits, without the split's name.
  func split(_ name: String, ofStudy study: String) throws -> Table {
    let table = try Table(contentsOf: file("\(study)/combined.csv.gz"))
    guard case .texts(let splits) = table["split"]?.values else { return table }
    let rows = Set(splits.indices.filter { splits[$0] == name })
    let part = try Table(reading: SelectedRows(table, name: name) { rows.contains($0) })
    return try Table(columns: part.columns.filter { $0.name != "split" })
  }
}
