import Eval
import Tables
import TestSupport

/// Rows in which a number and a category determine the label, as far as it can be predicted.
///
/// `number` lies in (0, 1); `label` is yes above 0.5 and no below, but in one row of five it is the other way round. `group` is
/// the third of the row's number, but missing in every tenth row; `amount` is 3 · number plus a bonus of the group, plus noise.
func predictionTable(rows: Int, seed: UInt64) -> Table {
  var random = SplitMix64(seed: seed)
  var (numbers, amounts) = ([Double?](), [Double?]())
  var (labels, groups) = ([String?](), [String?]())
  for row in 0..<rows {
    let number = random.unit()
    let isFlipped = random.unit() < 0.2
    let third = Int(number * 3)
    numbers.append(number)
    labels.append((number > 0.5) != isFlipped ? "yes" : "no")
    groups.append(row % 10 == 9 ? nil : ["low", "middle", "high"][third])
    amounts.append(3 * number + [0, 5, 1][third] + Double(random.normal(1)[0]))
  }
  return try! Table(columns: [
    Column("number", numbers), Column("label", labels), Column("group", groups),
    Column("amount", amounts),
  ])
}

extension Table {
  /// The same table with another column in place of the one of this name, or beside the others.
  func replacing(_ name: String, by values: [String?]) -> Table {
    let column = Column(name, values)
    let index = columns.firstIndex { $0.name == name }
    return try! Table(
      columns: index.map { columns[..<$0] + [column] + columns[($0 + 1)...] }.map(Array.init)
        ?? columns + [column])
  }
}

extension DiscriminatorTest {
  /// The outcome of all folds, one after another.
  func outcome() throws -> Outcome {
    try outcome(of: (0..<foldCount).map { try run(fold: $0) })
  }
}
