import Foundation
import Synth
import TestSupport
import Testing

@Suite struct FormulaTests {
  @Test(arguments: [
    ("price*quantity", "price * quantity", ["price", "quantity"]),
    ("  ( gross - net )/net ", "(gross - net) / net", ["gross", "net"]),
    ("a - (b - c) - d", "a - (b - c) - d", ["a", "b", "c", "d"]),
    ("a / (b * c)", "a / (b * c)", ["a", "b", "c"]),
    ("((a)) + -(b + 2) * -c", "a + -(b + 2) * -c", ["a", "b", "c"]),
    ("1.50e-2 * a + 3. - 2E2", "0.015 * a + 3 - 200", ["a"]),
    (
      #""check out" - "say ""when""""#, #""check out" - "say ""when""""#,
      ["check out", "say \"when\""]
    ),
    ("2*x.y-z", "2 * x.y-z", ["x.y-z"]),
  ])
  func readsAndWrites(text: String, canonical: String, columns: [String]) throws {
    let formula = try Formula(parsing: text)
    #expect(formula.description == canonical && formula.columns == columns)
    #expect(try Formula(parsing: canonical) == formula)
    let derivation = try Derivation(parsing: "\"the sum\"=\(text)")
    #expect(derivation == Derivation("the sum", formula))
    #expect(derivation.description == "\"the sum\" = \(canonical)")
    let coded = try JSONEncoder().encode([derivation])
    #expect(try JSONDecoder().decode([Derivation].self, from: coded) == [derivation])
  }

  @Test(arguments: [
    ("a +", 4, "Write the name of a column here"), ("a b", 3, "Write +, -, * or / here."),
    ("a * (b", 7, "Write an operator, or ) to close"), ("", 1, "Write the name of a column"),
    ("1 + 2", 6, "Name a column to compute from."), ("a + 1e999", 5, "Write a number such as"),
    ("a + 1.2.3", 5, "Write a number such as"), ("a + \"b", 5, "The quote that opens here"),
    ("a ^ b", 3, "Write +, -, * or / here."), ("a)", 2, "Write +, -, * or / here."),
  ])
  func saysWhereItIsWrong(text: String, position: Int, remedy: String) {
    let error = #expect(throws: DerivationError.self) { try Formula(parsing: text) }
    guard case .syntax(text, position, let found)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(found.hasPrefix(remedy), "\(found)")
  }

  /// No text is too deep or too long for the stack.
  @Test(arguments: ["(", "-", "a+", "a*(", "-(", "a/-"]) func longTexts(_ part: String) {
    #expect(throws: DerivationError.self) {
      try Formula(parsing: String(repeating: part, count: 200_000) + "a")
    }
  }

  /// What was written down is read as the same formula, whatever its shape.
  @Test(arguments: 0..<20) func randomTextsComeBack(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    func pick(_ texts: [String]) -> String { texts.randomElement(using: &random)! }
    func text(_ depth: Int) -> String {
      switch depth == 0 ? 0 : Int.random(in: 0..<6, using: &random) {
      case 0, 1: pick(["a", "\"b c\"", "d_1", "7", "0.25", "1e-9", "123456789012"])
      case 2: "-" + text(depth - 1)
      case 3: "(" + text(depth - 1) + ")"
      default: text(depth - 1) + pick([" + ", " - ", " * ", "/"]) + text(depth - 1)
      }
    }
    for _ in 0..<200 {
      let formula = try Formula(parsing: "a + " + text(5))
      #expect(try Formula(parsing: formula.description) == formula, "\(formula)")
    }
  }
}
