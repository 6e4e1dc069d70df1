import Foundation

/// Numbers for people: sensible digits, commas between thousands, a real minus sign, and never "nan".
package enum NumberText {
  /// The text in place of a missing number.
  package static let none = "–"

  /// A number of things: 39,073.
  package static func count(_ count: Int) -> String {
    grouped(String(count.magnitude), sign: count < 0 ? "−" : "")
  }

  /// A number with a fixed number of digits after the point: 0.590.
  package static func fixed(_ value: Double?, digits: Int) -> String {
    guard let value, value.isFinite else { return none }
    let text = String(format: "%.\(digits)f", abs(value))
    let isZero = !text.contains { "123456789".contains($0) }
    let parts = text.split(separator: ".", maxSplits: 1)
    let fraction = parts.count > 1 ? "." + parts[1] : ""
    return grouped(String(parts[0]), sign: value < 0 && !isZero ? "−" : "") + fraction
  }

  /// A share as a percentage: 96.6 %. A share that is not quite all or nothing is not rounded to 100 % or 0 %.
  package static func percent(_ share: Double?, digits: Int = 1) -> String {
    guard let share, share.isFinite else { return none }
    let percent = 100 * share
    for digits in digits...max(digits, 3) {
      let text = fixed(percent, digits: digits)
      let looksWhole = text == fixed(100, digits: digits) && share != 1
      let looksZero = text == fixed(0, digits: digits) && share != 0
      if !looksWhole && !looksZero { return text + "\u{A0}%" }
    }
    return share < 0.5 ? "<\u{A0}0.001\u{A0}%" : ">\u{A0}99.999\u{A0}%"
  }

  /// Any number, to a number of significant digits: 12.34, 1,234,567, 0.00123, 1.2e−7.
  package static func number(_ value: Double?, significant: Int = 4) -> String {
    guard let value, value.isFinite else { return none }
    guard value != 0 else { return "0" }
    let exponent = Int(log10(abs(value)).rounded(.down))
    if exponent < -5 || exponent > 14 {
      let text = String(format: "%.\(significant - 1)e", value)
      return shortScientific(text)
    }
    let digits = max(0, significant - 1 - exponent)
    return withoutTrailingZeros(fixed(value, digits: digits))
  }

  /// A value of a table with all its digits: 39, 0.1, 1e+21.
  package static func exact(_ value: Double) -> String {
    guard value.isFinite else { return none }
    if value == value.rounded(), abs(value) < 1e15 { return String(Int(value)) }
    return "\(value)"
  }

  private static func grouped(_ digits: String, sign: String) -> String {
    var result = ""
    for (index, digit) in digits.enumerated() {
      if index > 0 && (digits.count - index) % 3 == 0 { result.append(",") }
      result.append(digit)
    }
    return sign + result
  }

  private static func withoutTrailingZeros(_ text: String) -> String {
    guard text.contains(".") else { return text }
    var text = text
    while text.last == "0" { text.removeLast() }
    if text.last == "." { text.removeLast() }
    return text
  }

  /// C's "-1.200e-07" becomes "−1.2e−7".
  private static func shortScientific(_ text: String) -> String {
    let parts = text.split(separator: "e")
    let mantissa = withoutTrailingZeros(String(parts[0])).replacing("-", with: "−")
    let exponent = Int(parts[1]) ?? 0
    return "\(mantissa)e\(exponent < 0 ? "−" : "")\(exponent.magnitude)"
  }
}
