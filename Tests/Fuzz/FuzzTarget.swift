import Eval
import Synth
import Tables

/// Something that reads inputs of one kind.
protocol FuzzTarget {
  /// Makes the seeds: inputs that are read without a fault.
  ///
  /// - Parameter folder: where files may be written.
  init(folder: String) throws

  /// An input: a seed with some changes.
  func input(using random: inout InputRandom) throws -> [UInt8]

  /// Reads an input and looks at what became of it.
  ///
  /// - Parameters:
  ///   - input: the bytes.
  ///   - path: a file with these bytes.
  /// - Throws: a typed error where the input is refused, as it may be; anything else is a finding.
  func read(_ input: [UInt8], path: String) throws
}

/// What must not be.
struct Finding: Error, CustomStringConvertible {
  let description: String

  /// Throws unless a condition holds.
  static func check(_ condition: Bool, _ message: @autoclosure () -> String) throws {
    if !condition { throw Finding(description: message()) }
  }
}

/// Whether an error is one of those that bad input gets.
func isRefusal(_ error: any Error) -> Bool {
  error is TableError || error is SynthError || error is ConstraintError
    || error is DerivationError || error is EvalError
}

/// Calls `read` with each element; throws where all of them are refused.
func readWithAny<Element>(_ elements: [Element], _ read: (Element) throws -> Void) throws {
  var refusals: [any Error] = []
  for element in elements {
    do {
      try read(element)
    } catch  where isRefusal(error) {
      refusals.append(error)
    }
  }
  if refusals.count == elements.count { throw refusals[0] }
}

/// The targets by name.
let fuzzTargets: [(name: String, type: any (FuzzTarget & SendableMetatype).Type)] = [
  ("csv", CSVTarget.self), ("model", ModelTarget.self), ("checkpoint", CheckpointTarget.self),
  ("schema", SchemaTarget.self), ("rule", RuleTarget.self), ("formula", FormulaTarget.self),
  ("definition", DefinitionTarget.self),
]
