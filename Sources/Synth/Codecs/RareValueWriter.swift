import NN
import Tables

/// Writes made-up values in place of a column's rare ones: never one of the column's frequent values.
struct RareValueWriter: Sendable {
  private enum Kind {
    case codes(MadeUpCodeWriter, frequent: Set<[UInt8]>)
    case words(CharacterModel)
  }

  private let kind: Kind

  /// Codes that are tried before the neutral text is written.
  private static let attemptCount = 8

  /// - Parameter key: a random number; the same key gives the same codes.
  /// - Returns: nil for a field without made-up values.
  init?(_ field: Field, columns: [ColumnEncoder], key: UInt64) {
    if case .madeUp(let codes) = field.rareValues {
      kind = .codes(
        MadeUpCodeWriter(codes, key: key),
        frequent: Set(field.keptTexts(columns).map { Array($0.utf8) }))
    } else if let words = field.rareWords {
      kind = .words(words)
    } else {
      return nil
    }
  }

  /// Appends a value, or ``CategoryEncoder/rareToken`` if there is none.
  func append(_ random: RowRandom, to output: inout [UInt8]) {
    switch kind {
    case .words(let model):
      var composer = TextComposer(model, random: random)
      output += (composer.compose(keyword: nil, length: nil) ?? CategoryEncoder.rareToken).utf8
    case .codes(let writer, let frequent):
      let start = output.count
      for attempt in 0..<Self.attemptCount {
        writer.append(index: random.below(writer.count, draw: attempt), to: &output)
        if !frequent.contains(Array(output[start...])) { return }
        output.removeSubrange(start...)
      }
      output += CategoryEncoder.rareToken.utf8
    }
  }
}

extension Field {
  /// The kept texts of a field of categories.
  fileprivate func keptTexts(_ columns: [ColumnEncoder]) -> [String] {
    if case .vocabulary(let coding) = coding { return coding.groups.flatMap { $0 } }
    guard case .category(let category)? = columns[parts].first?.kind else { return [] }
    return category.levels.compactMap { level in
      if case .text(let text) = level { text } else { nil }
    }
  }
}
