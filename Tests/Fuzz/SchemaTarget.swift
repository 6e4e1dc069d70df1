import Foundation
import Synth
import Tables

/// Schema files: a table is encoded as what is accepted says, and some models are trained.
struct SchemaTarget: FuzzTarget {
  private let tables: [CSVFiles]
  private let seeds: [[UInt8]]
  private let folder: String

  init(folder: String) throws {
    self.folder = folder
    var seeds: [[UInt8]] = []
    tables = try SeedTable.all.map { seed in
      let table = try CSVFiles(paths: [seed.write(to: folder, rows: 60)])
      var schema = try TableSchema(of: table)
      schema.constraints = seed.rules.map(\.description)
      for derivation in seed.derivations {
        schema.derive(derivation.column, by: derivation.formula.description)
      }
      seeds += try [schema, schema.decisions].map { Array(try $0.json().utf8) }
      return table
    }
    self.seeds = seeds
  }

  func input(using random: inout InputRandom) -> [UInt8] {
    Mutator.schema.mutated(seeds.randomElement(using: &random)!, using: &random)
  }

  func read(_ input: [UInt8], path: String) throws {
    let schema = try TableSchema(contentsOf: path)
    let copy = try JSONDecoder().decode(TableSchema.self, from: Data(schema.json().utf8))
    try Finding.check(copy == schema, "the schema is read back as another")
    _ = schema.text(rules: schema.constraints)
    // Which table it is of the names of its columns say.
    try readWithAny(tables) { table in
      if input.count.isMultiple(of: 8) {
        try checkTraining(on: table, folder: folder) { $0.reading.schema = schema }
      } else {
        _ = try TrainingRun(
          table, options: quickOptions { $0.reading.schema = schema }, cancellation: Cancellation())
      }
    }
  }
}
