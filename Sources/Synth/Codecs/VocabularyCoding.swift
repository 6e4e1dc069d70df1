import Tables

/// The codec of larger vocabularies, as group plus member.
///
/// The cost is the square root of that of a code for each level (Goodman, "Classes for fast maximum entropy training", 2001).
/// A ``DecisionDiagram`` prevents combinations of group and member that are not a level.
package struct VocabularyCoding: ValueDecoder {
  /// The levels of each group, most frequent first.
  package let groups: [[String]]

  package init(groups: [[String]]) { self.groups = groups }

  var levelCount: Int { groups.reduce(0) { $0 + $1.count } }

  var subfieldCount: Int { 2 }
  var encoder: any CellEncoder { VocabularyLookUp(self) }

  func decode(field: Int, row: Int, in block: inout DecodedBlock) {
    let values = block.subfields(of: field, row: row)
    switch (values[0], values[1]) {
    case (.rare, _): block.appendRare(field: field, row: row)
    case (.code(let group), .code(let member))
    where groups.indices.contains(group) && groups[group].indices.contains(member):
      block.append(text: groups[group][member].utf8, field: field)
    default: block.appendMissing(field: field)
    }
  }

  func isConsistent(at index: Int, of fields: [Field]) -> Bool { levelCount > 0 }
}

/// Finds the group of a level.
private struct VocabularyLookUp: ValueEncoder {
  private var tokens = StringInterner()
  /// The group of each token and its index in the group.
  private var places: [(group: Int32, member: Int32)] = []

  init(_ coding: VocabularyCoding) {
    for (group, levels) in coding.groups.enumerated() {
      for (member, var level) in levels.enumerated() {
        level.withUTF8 { _ = tokens.insert($0) }
        places.append((Int32(group), Int32(member)))
      }
    }
  }

  func encode(_ cells: RowCells, field: Int, into subfields: inout SubfieldWriter) {
    // A level without a group is shared by too few rows.
    guard let token = tokens.find(cells[field]) else { return subfields.append(.rare, count: 2) }
    subfields.append(.code(Int(places[token].group)))
    subfields.append(.code(Int(places[token].member)))
  }
}
