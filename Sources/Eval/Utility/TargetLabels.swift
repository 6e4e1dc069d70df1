/// The classes or numbers of a ``Target``'s column, and the label of each row.
struct TargetLabels: Sendable {
  /// The most classes that are predicted.
  static let classLimit = 50

  let task: PredictionTask
  /// The column's index in ``ComparedTables/columns``.
  let column: Int
  /// The value that is positive, of two classes.
  private let positive: ComparedValue?
  /// The number of the class of each level, of several classes; NaN for a class that the training table does not have.
  private let classes: [Double]

  /// - Throws: When the column or the value does not exist, when the training table has fewer than two values, or more classes
  ///   than ``classLimit``.
  init(_ target: Target, in tables: ComparedTables) throws(EvalError) {
    column = try tables.index(of: target.column, usedBy: "The target")
    let values = Self.values(ofColumn: column, in: tables)
    guard values.count > 1 else { throw .constantTarget(column: target.column) }
    if let value = target.value {
      positive = try tables.value(value, inColumn: column, usedBy: "The target")
      (task, classes) = (.binary(positive: value), [])
    } else if values.count == 2 {
      // The first is the more frequent one.
      positive = values[1].value
      (task, classes) = (.binary(positive: values[1].text), [])
    } else if let levels = tables.columns[column].levels {
      guard values.count <= Self.classLimit else {
        throw .tooManyClasses(
          column: target.column, count: values.count, limit: Self.classLimit)
      }
      positive = nil
      task = .multiclass(levels: values.map(\.text))
      var classes = Array(repeating: Double.nan, count: levels.count)
      for (number, value) in values.enumerated() {
        if case .code(let level) = value.value { classes[Int(level)] = Double(number) }
      }
      self.classes = classes
    } else {
      (task, classes, positive) = (.regression, [], nil)
    }
  }

  /// The different values of a column in the training table, the most frequent first.
  private static func values(
    ofColumn column: Int, in tables: ComparedTables
  ) -> [(value: ComparedValue, text: String)] {
    switch tables.training.values[column] {
    case .codes(let codes):
      let levels = tables.columns[column].levels!
      return frequencies(of: codes.filter { $0 >= 0 })
        .map { (.code($0), levels[Int($0)]) }
    case .numbers(let numbers):
      return frequencies(of: numbers.filter { !$0.isNaN }).map { (.number($0), spelled($0)) }
    }
  }

  /// The value to predict for each row: 1 or 0, the number of the class, or the number itself.
  ///
  /// NaN where the value is missing or of a class that the training table does not have.
  func labels(of table: ComparedTable) -> [Double] {
    let values = table.values[column]
    if let positive {
      return zip(values.areEqual(to: positive), values.areMissing)
        .map { $1 ? .nan : $0 ? 1 : 0 }
    }
    switch values {
    case .codes(let codes): return codes.map { $0 < 0 ? .nan : classes[Int($0)] }
    // Squares of larger numbers are infinite.
    case .numbers(let numbers):
      return numbers.map { $0.isNaN ? .nan : min(max($0, -1e150), 1e150) }
    }
  }
}

/// The distinct elements, the most frequent first; ties in ascending order.
private func frequencies<Element: Comparable & Hashable>(of elements: [Element]) -> [Element] {
  Dictionary(elements.map { ($0, 1) }, uniquingKeysWith: +)
    .sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    .map(\.key)
}

/// A column to predict from all others.
public struct Target: Sendable, Equatable {
  /// The column's name.
  public let column: String
  /// The value to predict against all others; nil leaves the choice to the training table.
  ///
  /// Two different values make two classes; the rarer is positive. Other numbers are predicted as numbers, other
  /// categories as classes.
  public let value: String?

  public init(_ column: String, value: String? = nil) {
    self.column = column
    self.value = value
  }

  /// Reads a column's name, or a name and a value as in `income='>50K'`; a name or value that contains an equals sign is quoted.
  /// - Throws: `EvalError.definition`.
  public init(parsing text: String) throws(EvalError) {
    let parts = parts(of: text[...], separatedBy: "=", limit: 2).map(unquoted)
    guard parts[0] != "" else {
      throw .definition(
        of: "target", text: text, remedy: "Name a column, or a column and a value: income='>50K'.")
    }
    self.init(parts[0], value: parts.count > 1 ? parts[1] : nil)
  }
}
