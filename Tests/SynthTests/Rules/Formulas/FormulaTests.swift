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
    ("2*x.y-z", "2 * x.y-z", ["x.y-z"]), ("log( popul+.1 )", "log(popul + 0.1)", ["popul"]),
    ("-(a^b^2) * (a ^ b)^-2", "-a ^ b ^ 2 * (a ^ b) ^ -2", ["a", "b"]),
    ("min(a, b, -3) / log", "min(a, b, -3) / log", ["a", "b", "log"]),
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
    ("a +", 4, "Write the name of a column here"), ("a b", 3, "Write +, -, *, / or ^ here."),
    ("a * (b", 7, "Write an operator, or ) to close"), ("", 1, "Write the name of a column"),
    ("1 + 2", 6, "Name a column to compute from."), ("a + 1e999", 5, "Write a number such as"),
    ("a + 1.2.3", 5, "Write a number such as"), ("a + \"b", 5, "The quote that opens here"),
    ("min(a)", 6, "Write a comma and another number for min"),
    ("log(a, b)", 6, "Write an operator"),
    ("a ! b", 3, "Write +, -, *, / or ^ here."), ("a)", 2, "Write +, -, *, / or ^ here."),
  ])
  func saysWhereItIsWrong(text: String, position: Int, remedy: String) {
    let error = #expect(throws: DerivationError.self) { try Formula(parsing: text) }
    guard case .syntax(text, position, let found)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(found.hasPrefix(remedy), "\(found)")
  }

  @Test(
    arguments: [
      ("log(a)", 0), ("exp(a - 1)", 1), ("sqrt(a + 8)", 3), ("abs(-a)", 1), ("round(a / 2)", 1),
      ("min(4, a, b)", 1), ("max(4, a, b)", 9), ("-b ^ 2", -81), ("2 ^ (a + 1) ^ 2", 16),
      ("log(a - 2)", nil), ("min(a, c)", nil), ("c ^ 0 * 0 + max(c, a)", nil),
    ] as [(String, Double?)])
  func functionsAreComputed(text: String, value: Double?) throws {
    let formula = try Formula(parsing: text)
    let numbers = ["a": 1.0, "b": 9, "c": .nan]
    let computed = formula.value { numbers[formula.columns[$0]]! }
    #expect(computed.isFinite ? computed == value : value == nil, "\(computed)")
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
