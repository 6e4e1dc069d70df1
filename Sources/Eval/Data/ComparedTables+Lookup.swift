import Foundation
import Tables

extension ComparedTables {
  /// All tables: training, holdout if there is one, then the synthetic ones.
  package var all: [ComparedTable] { real + synthetic }

  /// Training, and the holdout if there is one.
  package var real: [ComparedTable] { [training] + (holdout.map { [$0] } ?? []) }

  /// The index of a column.
  /// - Throws: `EvalError.unknownColumn`, `EvalError.identifierColumn`.
  package func index(of name: String, usedBy user: String) throws(EvalError) -> Int {
    if let index = columns.firstIndex(where: { $0.name == name }) { return index }
    if identifiers.contains(name) { throw .identifierColumn(name: name, usedBy: user) }
    throw .unknownColumn(
      name: name, usedBy: user, nearest: nearestName(to: name, among: columns.map(\.name)))
  }

  /// The code of a value that a category has in real rows, or the number that a column of numbers has there.
  /// - Throws: `EvalError.unknownValue`.
  package func value(
    _ text: String, inColumn index: Int, usedBy user: String
  ) throws(EvalError) -> ComparedValue {
    let column = columns[index]
    let values = real.map { $0.values[index] }
    if let levels = column.levels {
      if let level = levels.firstIndex(of: text),
        values.contains(where: { $0.codes.contains(Int32(level)) })
      {
        return .code(Int32(level))
      }
      throw .unknownValue(
        value: text, column: column.name, usedBy: user,
        nearest: nearestName(to: text, among: Array(levels.prefix(1_000))))
    }
    if let number = Double(text.trimmingCharacters(in: .whitespaces)),
      values.contains(where: { $0.numbers.contains(number) })
    {
      return .number(number)
    }
    throw .unknownValue(value: text, column: column.name, usedBy: user, nearest: nil)
  }
}

/// A value of a column.
package enum ComparedValue: Sendable, Equatable {
  case number(Double)
  /// Of a level.
  case code(Int32)
}

extension ComparedValues {
  /// For each row, whether it has the value.
  package func areEqual(to value: ComparedValue) -> [Bool] {
    switch (self, value) {
    case (.numbers(let numbers), .number(let number)): numbers.map { $0 == number }
    case (.codes(let codes), .code(let code)): codes.map { $0 == code }
    default: preconditionFailure("A value of numbers and one of categories are different.")
    }
  }

  /// For each row, whether its value is missing.
  package var areMissing: [Bool] {
    switch self {
    case .numbers(let numbers): numbers.map(\.isNaN)
    case .codes(let codes): codes.map { $0 < 0 }
    }
  }
}
