/// A named column of a table in memory.
public struct Column: Sendable, Equatable {
  /// What the rows hold; nil is a missing value.
  public enum Values: Sendable, Equatable {
    /// Numbers and how they are spelled; those that are not finite are missing.
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

  /// A column of integers. Where one of them is beyond 2^53, which a `Double` cannot hold exactly, all become texts of digits.
  public init(_ name: String, _ integers: [Int?]) {
    if integers.contains(where: { $0.map { $0.magnitude > 1 << 53 } ?? false }) {
      self.init(name, integers.map { integer in integer.map { String($0) } })
      return
    }
    let numbers = integers.map { integer in integer.map(Double.init) }
    self.init(name: name, values: .numbers(numbers, NumberFormat(decimals: 0, isFixed: true)))
  }

  /// A column of numbers, spelled with as many decimals as the longest of them needs. Those that are not finite are missing.
  public init(_ name: String, _ numbers: [Double?]) {
    let numbers = numbers.map { number in number.flatMap { $0.isFinite ? $0 : nil } }
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

  /// Some of the rows.
  func rows(_ rows: Range<Int>) -> Column {
    let values: Values =
      switch values {
      case .numbers(let numbers, let format): .numbers(Array(numbers[rows]), format)
      case .texts(let texts): .texts(Array(texts[rows]))
      }
    return Column(name: name, values: values, missingSpelling: missingSpelling)
  }

  /// Appends the spelling of a cell, without quotes; false where it is missing.
  func appendContent(ofRow row: Int, to output: inout [UInt8]) -> Bool {
    switch values {
    case .numbers(let numbers, let format):
      if let number = numbers[row], number.isFinite {
        format.append(number, to: &output)
        return true
      }
    case .texts(let texts):
      if let text = texts[row] {
        output.append(contentsOf: text.utf8)
        return true
      }
    }
    output.append(contentsOf: missingSpelling.utf8)
    return false
  }
}
