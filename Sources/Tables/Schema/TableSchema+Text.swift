extension TableSchema {
  /// The schema as a text table, followed by the rules that hold in every row.
  public func text(rules: [String]) -> String {
    var table = TextTable(
      header: ["column", "kind", "values", "missing", "lowest", "highest", "protection"],
      leftCount: 2, endsWithText: true)
    for column in columns {
      table.add([
        TextTable.shortened(column.name), column.kind?.rawValue ?? "",
        column.cardinality.map { "\($0)" } ?? "",
        TextTable.percentage(column.missingShare ?? 0), column.lowest ?? "", column.highest ?? "",
        column.isExcluded ? "left out" : column.protectionText,
      ])
    }
    var lines = rowCount.map { ["\($0) rows", ""] } ?? []
    lines += table.lines
    if !rules.isEmpty { lines += ["", "rules that hold in every row"] + rules.map(\.printable) }
    return lines.joined(separator: "\n")
  }
}

extension TableSchema.Column {
  /// The protection in a few words, the words between numbers or dates, and what else the column may be.
  fileprivate var protectionText: String {
    var phrases = [protection?.phrase ?? ""]
    if let rareShare, let rareReplacement {
      phrases = ["\(TextTable.percentage(rareShare)) rare: written as \(rareReplacement)"]
    }
    if let words {
      phrases.append(
        "words " + words.map { "'\(TextTable.shortened($0))'" }.joined(separator: ", "))
    }
    return (phrases + [hint].compactMap { $0 }).joined(separator: "; ")
  }
}
