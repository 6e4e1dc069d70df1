import Foundation
import Synth
import TestSupport
import Testing

@Suite struct ConstraintTextTests {
  @Test func readsEveryForm() throws {
    let expected: [(String, Constraint)] = [
      (
        "fixed(education, education_num)",
        .init(.fixedCombinations(["education", "education_num"]))
      ),
      (" fixed ( a ,b,c ) ", .init(.fixedCombinations(["a", "b", "c"]))),
      ("start <= end", .init(.inequality(lower: "start", upper: "end", isStrict: false))),
      ("start<end", .init(.inequality(lower: "start", upper: "end", isStrict: true))),
      ("end >= start", .init(.inequality(lower: "start", upper: "end", isStrict: false))),
      ("end ≥ start", .init(.inequality(lower: "start", upper: "end", isStrict: false))),
      ("end > start", .init(.inequality(lower: "start", upper: "end", isStrict: true))),
      ("price in 0...100", .init(.range(column: "price", lower: "0", upper: "100"))),
      ("price in -1.5e3 ... -2", .init(.range(column: "price", lower: "-1.5e3", upper: "-2"))),
      ("age >= 18", .init(.range(column: "age", lower: "18", upper: nil))),
      ("age <= 99", .init(.range(column: "age", lower: nil, upper: "99"))),
      (
        "day in 2019-01-15...2020-12-31",
        .init(.range(column: "day", lower: "2019-01-15", upper: "2020-12-31"))
      ),
      ("at in 10:30...12:00", .init(.range(column: "at", lower: "10:30", upper: "12:00"))),
      (
        "day >= 'Jan 15, 2019'", .init(.range(column: "day", lower: "Jan 15, 2019", upper: nil))
      ),
      ("onehot(red, green, blue)", .init(.oneHot(["red", "green", "blue"]))),
      ("atmostone(red, green)", .init(.atMostOne(["red", "green"]))),
      (
        "stay: start <= end",
        .init(.inequality(lower: "start", upper: "end", isStrict: false), name: "stay")
      ),
      (
        "\"a: b\": \"first day\" <= \"say \"\"when\"\"\"",
        .init(
          .inequality(lower: "first day", upper: "say \"when\"", isStrict: false), name: "a: b")
      ),
      ("in in 0...1", .init(.range(column: "in", lower: "0", upper: "1"))),
      ("fixed <= onehot", .init(.inequality(lower: "fixed", upper: "onehot", isStrict: false))),
      (
        "größe.max <= \"2019\"",
        .init(.inequality(lower: "größe.max", upper: "2019", isStrict: false))
      ),
    ]
    for (text, constraint) in expected {
      #expect(try Constraint(parsing: text) == constraint, "\(text)")
    }
  }

  @Test func writesTheShortestForm() throws {
    for text in [
      "fixed(education, education_num)", "start <= end", "start < end", "price in 0...100",
      "age >= 18", "age <= 99", "onehot(red, green)", "stay: atmostone(red, \"dark green\")",
      "day in 2019-01-15...'Jan 15, 2020'", "\"7\" <= \"a\"\"b\"",
    ] {
      #expect(try Constraint(parsing: text).description == text)
    }
  }

  /// Whatever characters names and values have, what is written is what is read; JSON has the text.
  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func whatIsWrittenIsRead(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let alphabet: [Unicode.Scalar] = Array("ab0_-.:, \"'()<>=\u{301}é\n/+…".unicodeScalars)
    func below(_ count: Int) -> Int { min(count - 1, Int(random.unit() * Double(count))) }
    func word() -> String {
      var scalars = String.UnicodeScalarView()
      for _ in 0...below(6) { scalars.append(alphabet[below(alphabet.count)]) }
      return String(scalars)
    }
    for _ in 0..<25 {
      let columns = [word() + "1", word() + "2", word() + "3"]
      let condition: Constraint.Condition =
        switch below(6) {
        case 0: .fixedCombinations(columns)
        case 1: .inequality(lower: columns[0], upper: columns[1], isStrict: below(2) == 0)
        case 2: .range(column: columns[0], lower: word(), upper: word())
        case 3: .range(column: columns[0], lower: nil, upper: word())
        case 4: .oneHot(columns)
        default: .atMostOne(columns)
        }
      let constraint = Constraint(condition, name: below(2) == 0 ? word() : nil)
      let read = try Constraint(parsing: constraint.description)
      #expect(read == constraint)
      // Canonically equal strings are equal, but other bytes are another column.
      #expect(
        read.columns.map { Array($0.utf8) } == constraint.columns.map { Array($0.utf8) })
      let json = try JSONEncoder().encode([constraint])
      #expect(try JSONDecoder().decode([Constraint].self, from: json) == [constraint])
      #expect(try JSONDecoder().decode([String].self, from: json) == [constraint.description])
    }
  }

  @Test(arguments: [
    ("", 1, "Write the name of a column here, in double quotes if it is not a plain word."),
    ("start", 6, "Write <=, <, >=, > or in after a column, or fixed(...) or onehot(...)."),
    ("start => end", 7, "Write <=, <, >=, > or in after a column, or fixed(...) or onehot(...)."),
    ("start == end", 7, "Write <=, <, >=, > or in after a column, or fixed(...) or onehot(...)."),
    ("age > 18", 6, "A range includes its ends: write <= or >= before a value."),
    ("age in 18", 10, "Write both ends of a range as in 0...100."),
    ("age in 18..99", 14, "Write both ends of a range as in 0...100."),
    ("age in 18...", 13, "Write a number or a date here, in single quotes if it has spaces."),
    ("fixed(a b)", 9, "Write , or ) after a column."),
    (
      "fixed(a,)", 9, "Write the name of a column here, in double quotes if it is not a plain word."
    ),
    ("\"a <= b", 1, "The quote that opens here is never closed."),
    ("a <= b <= c", 8, "Nothing may follow here: give one rule at a time."),
    ("\"\": a <= b", 4, "Write a name before the colon, or no colon."),
  ])
  func whatIsNoRuleIsRefused(text: String, position: Int, remedy: String) {
    #expect(throws: ConstraintError.syntax(text: text, position: position, remedy: remedy)) {
      try Constraint(parsing: text)
    }
  }

  @Test(arguments: [
    ("fixed(a)", "Name two or more columns, each of them once."),
    ("onehot(a, b, a)", "Name two or more columns, each of them once."),
    ("a <= a", "Name two or more columns, each of them once."),
    ("\"\" <= a", "Every column needs a name."),
  ])
  func rulesThatSayNothingAreRefused(text: String, remedy: String) {
    #expect(throws: ConstraintError.shape(rule: text, remedy: remedy)) {
      try Constraint(parsing: text)
    }
  }

  @Test func messagesSayWhatWhereAndWhatToDo() {
    #expect(
      "\(ConstraintError.syntax(text: "a => b", position: 3, remedy: "Write <=."))"
        == "'a => b' is not a rule: the error is at character 3. Write <=.")
    #expect(
      "\(ConstraintError.unknownColumn(name: "agee", rule: "agee >= 18", nearest: "age"))"
        == "The rule 'agee >= 18': there is no column 'agee'. Do you mean 'age'?")
    #expect(
      "\(ConstraintError.contradiction(rules: ["a < b", "b < c", "c <= a"]))"
        == "No row can obey the rules 'a < b', 'b < c' and 'c <= a'. Drop or change one.")
    #expect(
      "\(ConstraintError.forcedEquality(rules: ["x", "y"], columns: ["a", "b"]))"
        == "The rules 'x' and 'y' force the columns 'a', 'b' to be equal. Drop one of the "
        + "rules, or all but one of the columns.")
  }
}
