import Eval
import Tables
import TestSupport
import Testing

@Suite struct ComparedTablesTests {
  @Test func aColumnIsNumericWhenTheTrainingTableHasNumbersThere() throws {
    let tables = try compare(
      training: "a,b,c\n1,01,x\n2,02,\n",
      synthetic: "a,b,c\n1.0,1,x\n 02 ,01,y\n+3,02,x\nx,,\n")
    #expect(tables.columns.map(\.isNumeric) == [true, false, false])
    #expect(numbers(tables.synthetic[0], 0).map { $0.isNaN ? nil : $0 } == [1, 2, 3, nil])
    #expect(tables.columns[1].levels == ["01", "02", "1"])
    #expect(tables.synthetic[0].values[1] == .codes([2, 0, 1, -1]))
    #expect(tables.training.values[2] == .codes([0, -1]))
  }

  @Test func textAmongNumbersIsMissingAndReported() throws {
    let tables = try compare(
      training: "a\n1\n2\nNA\n", holdout: "a\n?\n3\n", synthetic: "a\n4\n?\n-\ninf\n0x10\n")
    #expect(
      tables.unreadableFields.map { [$0.table, $0.column, "\($0.count)", $0.example] } == [
        ["holdout.csv", "a", "1", "?"], ["synthetic.csv", "a", "4", "?"],
      ])
    #expect(numbers(tables.training, 0).map(\.isNaN) == [false, false, true])
  }

  @Test func levelsAreRankedByRealRowsAndThoseOfSyntheticRowsComeLast() throws {
    let tables = try compare(
      training: "a\nx\ny\ny\n", holdout: "a\nz\nx\n",
      synthetic: "a\nnew\nz\nz\nz\nolder\nnew\n")
    #expect(tables.columns[0].levels == ["x", "y", "z", "new", "older"])
    #expect(tables.holdout?.values[0] == .codes([2, 0]))
    #expect(tables.synthetic[0].values[0] == .codes([3, 2, 2, 2, 4, 3]))
  }

  @Test func columnsMayStandInAnyOrder() throws {
    let tables = try compare(training: "a,b\n1,x\n", synthetic: "b,a\nx,7\n")
    #expect(tables.columns.map(\.name) == ["a", "b"])
    #expect(tables.synthetic[0].values == [.numbers([7]), .codes([0])])
  }

  @Test func otherColumnsAreRefusedByName() {
    #expect(
      message(training: "age,sex\n1,x\n", synthetic: "Agee,sex\n1,x\n")
        == "synthetic.csv lacks the column 'age', which training.csv has."
        + " Is 'Agee' another name for 'age'? Give all tables the same columns, in any order.")
    #expect(
      message(training: "a,b\n1,x\n", synthetic: "b\nx\n")
        == "synthetic.csv lacks the column 'a', which training.csv has."
        + " Give all tables the same columns, in any order.")
    #expect(
      message(training: "a\n1\n", holdout: "a,b,c,d,e\n1,2,3,4,5\n", synthetic: "a\n1\n")
        == "holdout.csv has the columns 'b', 'c', 'd' and 1 more, which training.csv lacks."
        + " Give all tables the same columns, in any order.")
  }

  @Test func aTableWithoutRowsIsRefused() {
    #expect(throws: TableError.noRows(table: "holdout.csv")) {
      try compare(training: "a\n1\n", holdout: "a\n", synthetic: "a\n1\n")
    }
    #expect(throws: TableError.noRows(table: "synthetic.csv")) {
      try compare(training: "a\n1\n", synthetic: "a\n")
    }
  }

  @Test func aColumnWithoutValuesIsACategoryWithoutLevels() throws {
    let tables = try compare(training: "a,b\n,1\n,2\n", synthetic: "a,b\n,1\n")
    #expect(tables.columns[0].levels == [])
    #expect(tables.synthetic[0].values[0] == .codes([-1]))
  }

  @Test func spellingsOfMissingValuesAreGiven() throws {
    let table = try Table(columns: [Column("a", ["?", "x", ""])])
    let tables = try ComparedTables(
      training: table, synthetic: [table], missingValues: MissingValues(spellings: ["?"]))
    #expect(tables.training.values == [.codes([-1, 1, 0])])
  }

  /// A nil is missing, even where its column spells it as a value.
  @Test func nilIsMissing() throws {
    let table = try Table(columns: [
      Column(name: "a", values: .texts(["x", nil, "y"]), missingSpelling: "x"),
      Column("b", [1, nil, 2]),
    ])
    let tables = try ComparedTables(
      training: table, synthetic: [table], missingValues: MissingValues(spellings: []))
    #expect(tables.training.values[0] == .codes([0, -1, 1]))
    let numbers = tables.training.values[1].numbers
    #expect(numbers[0] == 1 && numbers[1].isNaN && numbers[2] == 2)
  }

  /// Where each level were compared with each other, it would take many minutes.
  @Test(.timeLimit(.minutes(5))) func manyLevelsTakeLittleTime() throws {
    let names = (0..<300_000).map { "level \($0 &* 7_919 % 300_000)" }
    let table = try Table(columns: [Column("a", names)])
    let tables = try ComparedTables(training: table, holdout: table, synthetic: [table])
    #expect(tables.columns[0].levels?.count == 300_000)
  }

  private func compare(
    training: String, holdout: String? = nil, synthetic: String
  ) throws -> ComparedTables {
    try ComparedTables(
      training: named("training.csv", training),
      holdout: holdout.map { try named("holdout.csv", $0) },
      synthetic: [named("synthetic.csv", synthetic)])
  }

  /// A table of the fields as they stand in a text without quotes.
  private func named(_ name: String, _ text: String) throws -> Table {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    let fields = lines.map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    var table = try Table(
      columns: fields[0].indices.map { column in
        Column("\(fields[0][column])", fields.dropFirst().map { "\($0[column])" })
      })
    table.name = name
    return table
  }

  private func numbers(_ table: ComparedTable, _ column: Int) -> [Double] {
    guard case .numbers(let numbers) = table.values[column] else { return [] }
    return numbers
  }

  private func message(training: String, holdout: String? = nil, synthetic: String) -> String {
    do {
      _ = try compare(training: training, holdout: holdout, synthetic: synthetic)
      return "no error"
    } catch {
      return "\(error)"
    }
  }
}
