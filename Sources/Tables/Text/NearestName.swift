/// The name that may have been meant by a misspelled one: the closest by edits, letter case aside, the first of equals.
///
/// Edits are those of Levenshtein (1966): a letter more, less or another one. A name that differs in more than half of its
/// letters is not meant.
/// - Returns: nil where no name is close.
package func nearestName(to name: String, among names: [String]) -> String? {
  let wanted = Array(name.lowercased())
  let distances = names.map { editDistance(wanted, Array($0.lowercased())) }
  guard let index = distances.indices.min(by: { distances[$0] < distances[$1] }),
    distances[index] * 2 <= max(wanted.count, names[index].count)
  else { return nil }
  return names[index]
}

private func editDistance(_ first: [Character], _ second: [Character]) -> Int {
  var distances = Array(0...second.count)
  for (row, letter) in first.enumerated() {
    var diagonal = distances[0]
    distances[0] = row + 1
    for column in second.indices {
      let replaced = diagonal + (second[column] == letter ? 0 : 1)
      diagonal = distances[column + 1]
      distances[column + 1] = min(replaced, diagonal + 1, distances[column] + 1)
    }
  }
  return distances[second.count]
}
