import Tables

/// A category of more levels than one softmax can tell apart: the first part is a group of levels, the second a level of the group.
///
/// That costs the square root of what a code for each level would (Goodman, "Classes for fast maximum entropy training", 2001).
/// What of both parts makes no level cannot be drawn: a ``DecisionDiagram`` sees to it.
package struct VocabularyCoding: Codable, Equatable, Sendable {
  /// The levels of each group that many rows have first.
  package let groups: [[String]]

  package init(groups: [[String]]) { self.groups = groups }

  var levelCount: Int { groups.reduce(0) { $0 + $1.count } }

  /// Marks a level that is in no group; it is a part as it is, and protected as such.
  fileprivate static let ungroupedMark = UInt8(ascii: "?")

  /// Appends the level that drawn parts make; false where they are missing.
  func compose(_ parts: ArraySlice<SubfieldValue>, to bytes: inout [UInt8]) -> Bool {
    if case .rare? = parts.first {
      bytes.append(contentsOf: CategoryEncoder.rareToken.utf8)
      return true
    }
    guard case .text(let first)? = parts.first else { return false }
    if first.utf8.first == VocabularyCoding.ungroupedMark {
      bytes.append(contentsOf: first.utf8.dropFirst())
    } else {
      guard let group = VocabularyCoding.index(first), groups.indices.contains(group),
        case .text(let second)? = parts.last, let member = VocabularyCoding.index(second),
        groups[group].indices.contains(member)
      else { return false }
      bytes.append(contentsOf: groups[group][member].utf8)
    }
    return true
  }

  /// What the part of a group or level is called: no text of digits alone, which would be a number.
  fileprivate static func name(_ index: Int) -> [UInt8] { Array("n\(index)".utf8) }

  private static func index(_ name: String) -> Int? {
    name.utf8.first == UInt8(ascii: "n") ? Int(name.dropFirst()) : nil
  }
}

/// Finds the group of a level.
struct VocabularyLookUp {
  private var tokens = StringInterner()
  /// The group and the place in it, of each token.
  private var places: [(group: Int32, member: Int32)] = []
  private let names: [[UInt8]]

  init(_ coding: VocabularyCoding) {
    let most = coding.groups.reduce(coding.groups.count) { max($0, $1.count) }
    names = (0..<most).map(VocabularyCoding.name)
    for (group, levels) in coding.groups.enumerated() {
      for (member, var level) in levels.enumerated() {
        level.withUTF8 { _ = tokens.insert($0) }
        places.append((Int32(group), Int32(member)))
      }
    }
  }

  func split(_ field: UnsafeBufferPointer<UInt8>, into parts: inout SubfieldWriter) {
    if let token = tokens.find(field) {
      parts.append(names[Int(places[token].group)])
      parts.append(names[Int(places[token].member)])
    } else {
      for _ in 0..<2 { parts.append([VocabularyCoding.ungroupedMark] + field) }
    }
  }
}
