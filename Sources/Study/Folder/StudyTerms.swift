import NN

/// The settings that must not change between runs in the same folder. Sizes, model sizes, epochs and repeats may be added.
struct StudyTerms: Codable, Equatable {
  private struct Item: Codable, Equatable {
    var name: String
    var value: String
  }

  /// Increased when older files can no longer be read.
  private static let currentVersion = 1

  private let items: [Item]

  init(_ options: StudyOptions, rows: RealRows, hasOwnHoldout: Bool, machine: Machine) {
    func list(_ values: [String]) -> String {
      values.isEmpty ? "none" : values.map { "'\($0)'" }.joined(separator: ", ")
    }
    items = [
      Item(name: "version of its files", value: "\(Self.currentVersion)"),
      Item(name: "table", value: rows.checksum),
      Item(
        name: "holdout's share",
        value: hasOwnHoldout ? "a table of its own" : "\(options.holdoutShare)"),
      Item(name: "seed", value: "\(options.seed)"),
      Item(name: "number of rows to draw", value: "\(options.drawnRowCount)"),
      Item(name: "spellings of missing values", value: list(options.missingValues.spellings)),
      Item(name: "target", value: options.target?.text ?? "none"),
      Item(name: "rules", value: list(options.rules.map { $0.columns.joined(separator: ",") })),
      Item(name: "statistics", value: list(options.statistics.map(\.definition))),
      Item(
        name: "violin charts", value: list(options.violins.map { "\($0.number) by \($0.group)" })),
      // Times are compared.
      Item(name: "number of threads", value: "\(machine.threadCount)"),
      Item(name: "processor", value: machine.processor),
      Item(name: "BLAS", value: machine.blas),
      Item(name: "revision of the program", value: machine.revision ?? "an unknown one"),
    ]
  }

  /// - Throws: ``StudyError/otherStudy(path:name:recorded:given:)`` for the first difference.
  func check(against recorded: StudyTerms, path: String) throws(StudyError) {
    for (index, item) in items.enumerated() {
      let other = index < recorded.items.count ? recorded.items[index].value : "another"
      if other != item.value {
        throw .otherStudy(path: path, name: item.name, recorded: other, given: item.value)
      }
    }
  }
}
