/// Names and values that break pages which do not expect them.
public enum NastyTexts {
  public static let names = [
    "<script>alert(1)</script>", "</script>", "</style></title>",
    String(repeating: "a", count: 200),
    "quote\"s 'n' &amp;", "😀👩‍👩‍👧", "مرحبا بالعالم", "x by y",
    "zalgo" + String(repeating: "\u{301}", count: 60), "line\nbreak", "漢字漢字漢字漢字漢字漢字漢字",
    "__proto__", "\u{202E}evil", "`${1}`", " ",
  ]

  public static let values = [
    "</script><img src=x onerror=\"document.title=1\">", "<!--", "-->", "]]>", "'", "\"",
    "\u{2028}",
    String(repeating: "y", count: 300), "نعم", " spaced ", "\u{202E}live", "&lt;", "\\u003c",
    "constructor",
  ]
}
