/// Formats as text: `%Y-%m-%dT%H:%M:%S%:z`.
///
/// The letters are those of `strftime` with the flags of GNU: `%Y %y` year, `%m` month, `%b %B` its name (`%^b` in capitals,
/// `%#b` in small letters), `%d` day, `%H` hour, `%I %p` hour and AM or PM (`%P` in small letters), `%M` minute, `%S` second,
/// `%z` offset from UTC as `+0100` (`%:z` as `+01:00`, `%#z` as `+01`), `%%` the percent sign. `%-d` has no leading zero. In
/// addition, `%.3N` and `%,3N` are a decimal sign and three decimals of a second, `%.-3N` the same without zeros at the end,
/// and `%.?3N` without decimals if all are zero. `%{de}b` is the name of the month in German, `%{de-}b` shortened, and `%{de.}b`
/// shortened with a point (see `MonthNames`). `%Z`, `%:Z` and `%#Z` are offsets with `Z` for UTC.
extension TemporalFormat: Codable {
  /// Reads a pattern.
  ///
  /// - Returns: nil if the pattern is not one of a date or time.
  public init?(pattern: String) {
    guard let elements = TemporalElement.elements(ofPattern: pattern) else { return nil }
    self.init(elements)
  }

  /// The format as text, which ``init(pattern:)`` reads.
  public var pattern: String {
    var bytes: [UInt8] = []
    for element in elements {
      if case .literal(let byte) = element, byte != UInt8(ascii: "%") {
        bytes.append(byte)
      } else {
        bytes.append(UInt8(ascii: "%"))
        bytes.append(contentsOf: element.specifier.utf8)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Writes the pattern.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(pattern)
  }

  /// Reads a pattern.
  ///
  /// - Throws: `DecodingError` if the pattern is not one of a date or time.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let pattern = try container.decode(String.self)
    guard let format = TemporalFormat(pattern: pattern) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "'\(pattern)' is not the format of a date or time.")
    }
    self = format
  }
}

extension TemporalElement {
  /// The elements of a pattern; nil if it has an unknown letter after `%`.
  static func elements(ofPattern pattern: String) -> [TemporalElement]? {
    var elements: [TemporalElement] = []
    var rest = Array(pattern.utf8)[...]
    while let byte = rest.popFirst() {
      if byte != UInt8(ascii: "%") {
        elements.append(.literal(byte))
      } else {
        guard let element = TemporalElement(specifier: &rest) else { return nil }
        elements.append(element)
      }
    }
    return elements
  }

  private static let specifiers: [(text: String, element: TemporalElement)] = [
    ("%", .literal(UInt8(ascii: "%"))), ("Y", .year), ("y", .shortYear),
    ("m", .month(isPadded: true)), ("-m", .month(isPadded: false)),
    ("b", .monthName(.shortEnglish, .capitalized)), ("^b", .monthName(.shortEnglish, .upper)),
    ("#b", .monthName(.shortEnglish, .lower)), ("B", .monthName(.english, .capitalized)),
    ("^B", .monthName(.english, .upper)), ("#B", .monthName(.english, .lower)),
    ("d", .day(isPadded: true)), ("-d", .day(isPadded: false)),
    ("H", .hour(isPadded: true)), ("-H", .hour(isPadded: false)),
    ("I", .halfDayHour(isPadded: true)), ("-I", .halfDayHour(isPadded: false)),
    ("M", .minute), ("S", .second), ("p", .meridiem(isUpper: true)),
    ("P", .meridiem(isUpper: false)),
    ("z", .offset(.compact, marksUTC: false)), ("Z", .offset(.compact, marksUTC: true)),
    (":z", .offset(.colon, marksUTC: false)), (":Z", .offset(.colon, marksUTC: true)),
    ("#z", .offset(.hours, marksUTC: false)), ("#Z", .offset(.hours, marksUTC: true)),
  ]

  /// Reads the element after a `%` and removes it from `text`.
  private init?(specifier text: inout ArraySlice<UInt8>) {
    if let found = Self.specifiers.first(where: { text.starts(with: $0.text.utf8) }) {
      text = text.dropFirst(found.text.utf8.count)
      self = found.element
      return
    }
    if let month = Self.monthName(specifier: &text) {
      self = month
      return
    }
    guard let separator = text.popFirst(),
      [UInt8(ascii: "."), UInt8(ascii: ",")].contains(separator)
    else { return nil }
    var zeros = Zeros.written
    if text.first == UInt8(ascii: "-") { zeros = .trimmed }
    if text.first == UInt8(ascii: "?") { zeros = .allOrNone }
    if zeros != .written { text = text.dropFirst() }
    guard let digit = text.popFirst(), digit.isDigit, text.popFirst() == UInt8(ascii: "N") else {
      return nil
    }
    self = .fraction(separator: separator, digits: Int(digit & 0xf), zeros)
  }

  /// Reads a month name in another language and removes it from `text`.
  private static func monthName(specifier text: inout ArraySlice<UInt8>) -> TemporalElement? {
    let letterCase: LetterCase =
      text.first == UInt8(ascii: "^")
      ? .upper : text.first == UInt8(ascii: "#") ? .lower : .capitalized
    let rest = text.dropFirst(letterCase == .capitalized ? 0 : 1)
    guard rest.first == UInt8(ascii: "{"), let end = rest.firstIndex(of: UInt8(ascii: "}")),
      let names = MonthNames(code: rest[..<end].dropFirst()),
      rest[end...].dropFirst().first == UInt8(ascii: "b")
    else { return nil }
    text = rest[end...].dropFirst(2)
    return .monthName(names, letterCase)
  }

  fileprivate var specifier: String {
    if case .monthName(let names, let letterCase) = self, MonthNames.others.contains(names) {
      let flag =
        switch letterCase {
        case .capitalized: ""
        case .upper: "^"
        case .lower: "#"
        }
      return "\(flag){\(names.code)}b"
    }
    if case .fraction(let separator, let digits, let zeros) = self {
      let flag =
        switch zeros {
        case .written: ""
        case .allOrNone: "?"
        case .trimmed: "-"
        }
      return "\(Unicode.Scalar(separator))\(flag)\(digits)N"
    }
    return Self.specifiers.first { $0.element == self }?.text ?? ""
  }
}
