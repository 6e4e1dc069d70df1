import Tables
import Testing

/// Dates with the names of months in several languages.
@Suite struct MonthNameTests {
  @Test(arguments: [
    (["21. Dezember 2023", "3. März 2024"], "%-d. %{de}b %Y"),
    (["21. DEZEMBER 2023", "03. MÄRZ 2024"], "%d. %^{de}b %Y"),
    (["21. Dez 2023", "03. Mär 2024"], "%d. %{de-}b %Y"),
    (["21. Dez. 2023", "3. März 2024", "5. Sept. 2024"], "%-d. %{de.}b %Y"),
    (["3 mars 2024", "14 juillet 2023", "1 août 2023"], "%-d %#{fr}b %Y"),
    (["03 janv. 2024", "14 juil. 2023"], "%d %#{fr.}b %Y"),
    (["12 de enero de 2023", "5 de mayo de 2024"], "%-d de %#{es}b de %Y"),
    (["12-ene-2023", "05-may-2024"], "%d-%#{es-}b-%Y"), (["12-Ene-23"], "%d-%{es-}b-%y"),
    (["12 sept 2023", "05 dic 2024"], "%d %#{es4}b %Y"),
    (["12 gennaio 2023", "8 dicembre 2024"], "%-d %#{it}b %Y"), (["12 gen 2023"], "%d %#{it-}b %Y"),
    (["12 maart 2023", "8 mei 2024"], "%-d %#{nl}b %Y"), (["12 mrt. 2023"], "%d %#{nl.}b %Y"),
    (["12 de março de 2023", "8 de maio de 2024"], "%-d de %#{pt}b de %Y"),
    (["12/dez/2023", "08/fev/2024"], "%d/%#{pt-}b/%Y"),
    (["12 stycznia 2023", "8 października 2024"], "%-d %#{pl}b %Y"),
    (["styczeń 2023", "październik 2024"], "%#{pl1}b %Y"), (["12 paź 2023"], "%d %#{pl-}b %Y"),
    (["12 maj 2023", "8 augusti 2024"], "%-d %#{sv}b %Y"),
    (["12 okt 2023", "08 maj 2024"], "%d %#{sv-}b %Y"),
    (["21. Dezember 2023 14:05", "3. März 2024 09:30"], "%-d. %{de}b %Y %H:%M"),
    (["Dezember 2023", "Mai 2024"], "%{de}b %Y"),
    // English comes first where the names are the same.
    (["12 Jan 2023", "08 Feb 2024"], "%d %b %Y"),
    (["12 April 2023", "08 August 2024"], "%d %B %Y"),
  ])
  func detects(_ texts: [String], _ pattern: String) throws {
    let format = try #require(TemporalFormat(detecting: texts))
    #expect(format.pattern == pattern)
    #expect(TemporalFormat(pattern: pattern) == format)
  }

  @Test(arguments: [
    ["21. Dezember 2023", "3 mars 2024"], ["21. dezember 2023", "3. März 2024"], ["3 marzzo 2024"],
    ["Mai"], ["Mai Mai"], ["de 2023"], ["32. Mai 2023"],
  ])
  func leavesOthersAlone(_ texts: [String]) {
    #expect(TemporalFormat(detecting: texts) == nil)
  }

  /// Every day of two years in every language comes back as it was written.
  @Test(arguments: [
    "de", "de-", "de.", "fr", "fr-", "fr.", "es", "es-", "es.", "es4", "it", "it-", "it.", "nl",
    "nl-", "nl.",
    "pt", "pt-", "pt.", "pl", "pl1", "pl-", "sv", "sv-", "sv.",
  ])
  func readsWhatItWrites(_ code: String) throws {
    for flag in ["", "^", "#"] {
      let format = try #require(TemporalFormat(pattern: "%-d. %\(flag){\(code)}b %Y"))
      var texts: [String] = []
      for day in 19_000..<19_731 {
        var bytes: [UInt8] = []
        format.append(DateTimeValue(day: day), to: &bytes)
        #expect(bytes.withUnsafeBufferPointer(format.parse) == DateTimeValue(day: day))
        texts.append(String(decoding: bytes, as: UTF8.self))
      }
      #expect(Set(texts).count == texts.count)
      let detected = try #require(TemporalFormat(detecting: texts))
      #expect(
        texts.allSatisfy { text in
          Array(text.utf8).withUnsafeBufferPointer(detected.parse) != nil
        })
    }
  }

  @Test(arguments: ["%{xx}b %Y", "%{de b %Y", "%{de}B %Y", "%{}b %Y", "%^{de} %Y", "%{de"])
  func refusesPatterns(_ pattern: String) {
    #expect(TemporalFormat(pattern: pattern) == nil)
  }
}
