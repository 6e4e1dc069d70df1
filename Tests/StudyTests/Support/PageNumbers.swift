import Eval
import Foundation

/// The numbers that people read in a page.
struct PageNumbers {
  let all: Set<String>

  /// - Parameter html: A page; what its definitions say, marks of axes and scripts are passed over.
  init(_ html: String) {
    var text = html
    let hidden = [
      #"<head>.*?</head>"#, #"<script[^>]*>.*?</script>"#, #"<text[^>]*>.*?</text>"#,
      #"<dl class="definitions">.*?</dl>"#, #"<footer>.*?</footer>"#,
    ]
    for pattern in hidden {
      text.replace(try! Regex(pattern).dotMatchesNewlines(), with: " ")
    }
    text.replace(/<[^>]*>/, with: " ")
    for (entity, character) in [("&lt;", "<"), ("&gt;", ">"), ("&#39;", "'"), ("&amp;", "&")] {
      text.replace(entity, with: character)
    }
    all = Self.numbers(in: text)
  }

  /// Every way in which the page may write the numbers of a JSON document, and those that stand in its texts.
  static func writable(_ json: Data) throws -> Set<String> {
    var texts: [String] = []
    func collect(_ value: Any) {
      switch value {
      case let object as [String: Any]:
        for (key, value) in object {
          texts.append(key)
          collect(value)
        }
      case let array as [Any]: array.forEach(collect)
      case let text as String: texts.append(text)
      case let number as NSNumber:
        let number = number.doubleValue
        texts += (0...3).flatMap {
          [NumberText.percent(number, digits: $0), NumberText.fixed(number, digits: $0)]
        }
        texts += (3...4).flatMap {
          [
            NumberText.number(number, significant: $0),
            NumberText.number(number / 1e6, significant: $0),
          ]
        }
      default: break
      }
    }
    collect(try JSONSerialization.jsonObject(with: json))
    return texts.reduce(into: []) { $0.formUnion(numbers(in: $1)) }
  }

  private static func numbers(in text: String) -> Set<String> {
    Set(text.matches(of: /−?\d+(?:,\d{3})*(?:\.\d+)?(?:e−?\d+)?/).map { String($0.0) })
  }
}
