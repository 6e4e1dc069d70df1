import Tables
import Testing

@Suite struct PrintableTextTests {
  @Test(arguments: [
    ("", ""), ("plain text", "plain text"), ("Köln 漢字 👩‍👩‍👧", "Köln 漢字 👩‍👩‍👧"), ("a\\n", "a\\n"),
    ("a\nb\tc\r\nd", "a\\nb\\tc\\r\\nd"), ("\u{1B}[31mred", "\\u{1B}[31mred"),
    ("\0\u{1F} \u{7F}", "\\u{0}\\u{1F} \\u{7F}"), ("\u{80}\u{9F}\u{A0}", "\\u{80}\\u{9F}\u{A0}"),
    ("\u{2028}\u{2029}", "\\u{2028}\\u{2029}"),
    ("\u{202A}\u{202E}\u{2066}\u{2069}", "\\u{202A}\\u{202E}\\u{2066}\\u{2069}"),
    ("نعم\u{200F}\u{202F}", "نعم\u{200F}\u{202F}"), ("e\u{301}\u{1B}", "e\u{301}\\u{1B}"),
  ])
  func escapesWhatTerminalsActOn(_ text: String, _ printed: String) {
    #expect(text.printable == printed)
    #expect(printed.printable == printed)
  }

  @Test func keepsTheLinesOfSeveral() {
    #expect("a\u{1B}\nb\tc\r\n".printableLines == "a\\u{1B}\nb\\tc\\r\n")
  }

  @Test func escapesCellsBeforeTheyAreAligned() {
    var table = TextTable(header: ["name", "n"], leftCount: 1)
    table.add([TextTable.shortened("a\nb"), "1"])
    table.add([TextTable.shortened(String(repeating: "\u{1B}", count: 30)), "2\t"])
    #expect(
      table.lines == [
        "name" + String(repeating: " ", count: 36) + "    n",
        "a\\nb" + String(repeating: " ", count: 36) + "    1",
        String(String(repeating: "\\u{1B}", count: 30).prefix(39)) + "…  2\\t",
      ])
  }
}
