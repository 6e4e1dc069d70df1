import Eval
import Foundation

/// The numbers that people read in a page, without their signs.
enum PageNumbers {
  /// Those of a page but for its definitions, the marks of axes and scripts.
  static func shown(in html: String) -> Set<String> {
    var text = html
    for (start, end) in [
      ("<head>", "</head>"), ("<script", "</script>"), ("<text", "</text>"),
      ("<dl class=\"definitions\">", "</dl>"), ("<footer>", "</footer>"), ("<", ">"),
    ] {
      text = removing(from: start, to: end, in: text)
    }
    for (entity, character) in [("&lt;", "<"), ("&gt;", ">"), ("&#39;", "'"), ("&amp;", "&")] {
      text = text.replacingOccurrences(of: entity, with: character)
    }
    return Set(numbers(in: text))
  }

  /// Every way in which the page may write the numbers of a JSON document, and those that stand in its texts.
  static func writable(_ json: Data) throws -> Set<String> {
    var found: Set<String> = []
    func collect(_ value: Any) {
      switch value {
      case let object as [String: Any]:
        // Curves are drawn, not written.
        for (key, value) in object where key != "heights" {
          found.formUnion(numbers(in: key))
          collect(value)
        }
      case let array as [Any]: array.forEach(collect)
      case let text as String: found.formUnion(numbers(in: text))
      case let number as NSNumber:
        for text in texts(of: number.doubleValue) { found.formUnion(numbers(in: text)) }
      default: break
      }
    }
    collect(try JSONSerialization.jsonObject(with: json))
    return found
  }

  private static func texts(of number: Double) -> [String] {
    (0...3).flatMap {
      [NumberText.percent(number, digits: $0), NumberText.fixed(number, digits: $0)]
    }
      + (3...4).flatMap {
        [
          NumberText.number(number, significant: $0),
          NumberText.number(number / 1e6, significant: $0),
        ]
      }
  }

  private static func removing(from start: String, to end: String, in text: String) -> String {
    let parts = text.components(separatedBy: start)
    return parts[0]
      + parts.dropFirst().map { part in
        " " + (part.range(of: end).map { String(part[$0.upperBound...]) } ?? "")
      }.joined()
  }

  /// Digits with commas and a point between them.
  private static func numbers(in text: String) -> [String] {
    text.utf8.split {
      !(0x30...0x39).contains($0) && $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: ".")
    }
    .map { String(decoding: $0, as: UTF8.self).trimmingCharacters(in: [",", "."]) }
    .filter { !$0.isEmpty }
  }
}
