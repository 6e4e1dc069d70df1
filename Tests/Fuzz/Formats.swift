import Tables

extension Mutator {
  /// Of JSON: the values of every object and array.
  static let json = Mutator(
    dictionary: tokens([
      "0", "-1", "1", "0.5", "-0.5", "9223372036854775807", "-9223372036854775808", "1e308",
      "-1e308", "1e-320", "1e999", "99999999999999999999", "65535", "65536", "2147483647",
      "2147483648", "4294967296", "9007199254740993", "4611686018427387904", "300", "-300", "331",
      "null", "true", "false", "\"\"", "\"nan\"", "\"inf\"", "\"\\u0000\"", "[]", "{}", "[0]",
      "[1,0]", "[[]]",
    ]), joint: tokens([","])[0]
  ) { jsonGroups($0) }

  /// Of CSV: the fields of every line and of every column, and the lines.
  static let csv = Mutator(
    dictionary: tokens([
      "", "\"", "\"\"", ",", "\n", "\r\n", "\r", ";", "\t", "|", "\0", "\u{feff}", "\"a\nb\"", "é",
      "0", "-0", "1", "007", "0.5", "1e308", "-1e308", "1e-320", "1e15", "123456789012345",
      "1234567890123456789", "1e300", "nan", "inf", "NA", "true", "no", "$1,234.50", "1.234,5 €",
      "(12 %)", "2024-02-29", "0001-01-01", "9999-12-31", "9999-12-31T23:59:59.999999999Z", "23:59",
      "31/12/99", "20240131", "Dezember 2024", "90", "-180", "a@b.c", "AB-00017",
      "123e4567-e89b-12d3-a456-426614174000", "_RARE_", "=", "?", "n0", "c0",
    ]) + [[0xff], [0xc3], [0x1f, 0x8b]], joint: tokens([","])[0]
  ) { bytes in
    let lines = parts(of: bytes, 0..<bytes.count, separatedBy: UInt8(ascii: "\n"))
    let fields = lines.map { parts(of: bytes, $0, separatedBy: UInt8(ascii: ",")) }
    let columns = (0..<(fields.first?.count ?? 0)).map { column in
      fields.compactMap { $0.count > column ? $0[column] : nil }
    }
    return columns + [lines] + fields
  }

  /// Of rules, formulas and other definitions: words, numbers and signs.
  static let text = Mutator(
    dictionary: tokens([
      " ", "(", ")", "((((((((", "))))", ",", ":", "=", "<", "<=", ">", ">=", "≤", "≥", "!=", "...",
      "..<", "\"", "\"\"", "'", "''", "-", "- -", "--", "+", "*", "/", "in", "by", " by ", "fixed(",
      "onehot(", "atmostone(", "mean(", "median(", "quantile(", "share(", "count", "0", "1", "0.9",
      "1e308", "1e999", "1e", ".5", "5.", "1..2", "9223372036854775807", "9223372036854775808",
      "nan",
      "inf", "2024-01-31", "a", "price", "é", "e\u{301}", "\u{202e}", "\0", "\n", "😀",
    ]) + [[0xff]], joint: tokens([" "])[0]
  ) { bytes in
    var parts: [Range<Int>] = []
    for (index, byte) in bytes.enumerated() {
      let isWord = byte >= 0x80 || byte.isAlphanumeric
      if isWord, let last = parts.last, last.upperBound == index, bytes[index - 1].isAlphanumeric {
        parts[parts.count - 1] = last.lowerBound..<index + 1
      } else {
        parts.append(index..<index + 1)
      }
    }
    return [parts]
  }

  private static func tokens(_ texts: [String]) -> [[UInt8]] { texts.map { Array($0.utf8) } }

  private static func parts(
    of bytes: [UInt8], _ range: Range<Int>, separatedBy separator: UInt8
  ) -> [Range<Int>] {
    bytes[range].split(separator: separator, omittingEmptySubsequences: false).map(\.indices)
  }

  /// The values of every object and array of a text in JSON, the whole text among them.
  private static func jsonGroups(_ bytes: [UInt8]) -> [[Range<Int>]] {
    var groups: [[Range<Int>]] = []
    var open: [(start: Int, values: [Range<Int>])] = [(0, [])]
    var position = 0
    while position < bytes.count {
      let start = position
      position += 1
      switch bytes[start] {
      case UInt8(ascii: "{"), UInt8(ascii: "["): open.append((start, []))
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        guard open.count > 1, let closed = open.popLast() else { break }
        groups.append(closed.values)
        open[open.count - 1].values.append(closed.start..<position)
      case UInt8(ascii: "\""):
        while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
          position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
        }
        position = min(position + 1, bytes.count)
        // What a colon follows is a key.
        let next = bytes[position...].first { $0 > 0x20 }
        if next != UInt8(ascii: ":") { open[open.count - 1].values.append(start..<position) }
      case UInt8(ascii: ","), UInt8(ascii: ":"), 0...0x20: break
      default:
        while position < bytes.count, bytes[position].isInLiteral { position += 1 }
        open[open.count - 1].values.append(start..<position)
      }
    }
    return groups + [open[0].values]
  }
}

extension UInt8 {
  fileprivate var isAlphanumeric: Bool {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "."), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  /// Whether it may stand in a number, `true`, `false` or `null`.
  fileprivate var isInLiteral: Bool { isAlphanumeric || "+-".utf8.contains(self) }
}

extension Mutator {
  /// Of schema files: as JSON, with kinds, rules and formulas.
  static let schema = Mutator(
    dictionary: ColumnKind.allCases.map { Array("\"\($0.rawValue)\"".utf8) }
      + tokens([
        "true", "false", "null", "0", "-1", "0.5", "1e999", "\"\"", "[]", "{}",
        "\"price <= total\"",
        "\"start < end\"", "\"price in 10...20\"", "\"fixed(city, region)\"",
        "\"onehot(red, green)\"", "\"atmostone(red, blue)\"", "\"age >= 30\"",
        "\"day <= 2020-01-01\"", "\"price * 2\"", "\"end - start\"", "\"total / quantity\"",
        "\"total\"", "\"day\"", "\"red\"",
      ]), joint: json.joint, groups: json.groups)

  /// Of the descriptions of models and checkpoints: as JSON, with codings of other fields.
  static let description = Mutator(
    dictionary: json.dictionary
      + tokens([
        #"{"masked":{}}"#, #"{"column":{}}"#, #"{"longitude":{"ofField":9}}"#,
        #"{"vocabulary":{"_0":{"groups":[["a","b"],["c"]]}}}"#,
        #"{"text":{"_0":{"openings":["a "],"model":{"alphabet":"a","singles":[],"grams":"AQABCAA=","unseen":""}}}}"#,
        #"{"free":{"_0":4}}"#, #"{"free":{"_0":1}}"#, #"{"literal":{"_0":0}}"#,
        #"{"decimals":{"_0":-300}}"#, #"{"decimals":{"_0":300}}"#, #"{"ticks":{"perDay":7}}"#,
        #"{"uuid":{"isUpper":true}}"#, #"{"column":0,"steps":[-1,0,1]}"#, #""%y-%m-%d""#,
        #""%H:%M""#,
        #""%Y-%m-%dT%H:%M:%S.%9N%z""#, #"["x","y"]"#,
      ]), joint: json.joint, groups: json.groups)
}
