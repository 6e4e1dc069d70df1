/// A named column of a table in memory.
public struct Column: Sendable, Equatable {
  /// What the rows hold; nil is a missing value.
  public enum Values: Sendable, Equatable {
    /// Finite numbers and how they are spelled.
    case numbers([Double?], NumberFormat)
    /// Any text.
    case texts([String?])
  }

  /// Not empty in a table.
  public var name: String
  /// What the rows hold.
  public var values: Values
  /// How a missing value is spelled.
  public var missingSpelling: String

  /// A column with all its properties.
  public init(name: String, values: Values, missingSpelling: String = "") {
    self.name = name
    self.values = values
    self.missingSpelling = missingSpelling
  }

  /// A column of texts.
  public init(_ name: String, _ texts: [String?]) {
    self.init(name: name, values: .texts(texts))
  }

  /// A column of integers, held as `Double`: beyond 2^53 they are rounded.
  public init(_ name: String, _ integers: [Int?]) {
    let numbers = integers.map { integer in integer.map(Double.init) }
    self.init(name: name, values: .numbers(numbers, NumberFormat(decimals: 0, isFixed: true)))
  }

  /// A column of finite numbers, spelled with as many decimals as the longest of them needs.
  public init(_ name: String, _ numbers: [Double?]) {
    let format = NumberFormat(spelling: numbers.lazy.compactMap { $0 })
    self.init(name: name, values: .numbers(numbers, format))
  }

  /// The number of rows.
  public var count: Int {
    switch values {
    case .numbers(let numbers, _): numbers.count
    case .texts(let texts): texts.count
    }
  }

  /// Appends the content of a field, without quotes.
  func appendContent(ofRow row: Int, to output: inout [UInt8]) {
    switch values {
    case .numbers(let numbers, let format):
      if let number = numbers[row] { return format.append(number, to: &output) }
    case .texts(let texts):
      if let text = texts[row] { return output.append(contentsOf: text.utf8) }
    }
    output.append(contentsOf: missingSpelling.utf8)
  }
}
