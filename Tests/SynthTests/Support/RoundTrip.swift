import Synth
import Tables
import Testing

/// Cells that the model knows come back from their codes: as they are, or as another of the same code.
func expectRoundTrip(of table: Table, _ generator: Generator, seed: UInt64) throws {
  let rows = try generator.encode(table)
  let decoded = try generator.decode(rows, seed: seed)
  let again = try generator.encode(decoded)
  let (before, after) = (try fields(of: table), try fields(of: decoded))
  for (index, field) in generator.fields.enumerated() {
    for row in 0..<table.rowCount {
      let (old, new) = (before[index][row], after[index][row])
      let comment: Comment = "seed \(seed), row \(row), \(field.name): \(old), \(new)"
      switch (rows.states[index][row], field.coding) {
      case (.missing, _): #expect(new == field.missingSpelling, comment)
      case (.unknown, _): break
      case (.known, .characters), (.known, .vocabulary), (.known, .text):
        #expect(new == old, comment)
      case (.known, .dateTime) where !generator.plan.policy.protectsValues:
        #expect(new == old, comment)
      case (.known, .column):
        let column = field.parts.lowerBound
        #expect(again.codes[column][row] == rows.codes[column][row], comment)
        if case .category = generator.columns[column].kind { #expect(new == old, comment) }
      default: break
      }
    }
  }
}
