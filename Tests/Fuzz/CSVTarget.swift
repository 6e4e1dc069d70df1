import Foundation
import Synth
import Tables

/// Tables as CSV, plain and gzip: through profile, kinds, schema, proposals and codes, and some through a whole training.
struct CSVTarget: FuzzTarget {
  private let seeds: [[UInt8]]
  private let folder: String

  init(folder: String) throws {
    self.folder = folder
    let zipped = folder + "/seed.csv.gz"
    let table = try CSVFiles(paths: [SeedTable.purchases.write(to: folder, rows: 60)])
    let writer = try CSVWriter(path: zipped, columnNames: table.columnNames)
    try table.forEachBatch { batch in
      for row in 0..<batch.rowCount {
        try writer.write(
          Array((0..<batch.columnCount).map { "\($0 + row)" }.joined(separator: ",").utf8) + [10])
      }
    }
    try writer.finish()
    seeds =
      SeedTable.all.flatMap { [Array($0.csv(rows: 60).utf8), Array($0.csv(rows: 25).utf8)] }
      + [try Array(Data(contentsOf: URL(fileURLWithPath: zipped)))]
  }

  func input(using random: inout InputRandom) -> [UInt8] {
    Mutator.csv.mutated(seeds.randomElement(using: &random)!, using: &random)
  }

  func read(_ input: [UInt8], path: String) throws {
    let source = try CSVFiles(paths: [path])
    let profile = try TableProfile(scanning: source)
    var schema = TableSchema(of: profile)
    let derivations = try Derivation.proposed(for: source, profile: profile)
    let rules = try Constraint.proposed(for: source, profile: profile, beside: derivations)
    schema.constraints = rules.map(\.description)
    _ = schema.text(rules: schema.constraints)
    let copy = try JSONDecoder().decode(TableSchema.self, from: Data(schema.json().utf8))
    try Finding.check(copy == schema, "the schema is read back as another")
    var options = TableEncoder.Options()
    options.reading.constraints = rules
    options.reading.derivations = derivations
    let encoder = try TableEncoder(source, options: options)
    for (column, codes) in zip(encoder.columns, encoder.table.columns) {
      try Finding.check(
        codes.allSatisfy { $0 < column.vocabularySize }, "'\(column.name)' has codes of no meaning")
    }
    if input.count.isMultiple(of: 8) {
      try checkTraining(on: source, folder: folder) {
        $0.reading.constraints = rules
        $0.reading.derivations = derivations
      }
    }
  }
}
