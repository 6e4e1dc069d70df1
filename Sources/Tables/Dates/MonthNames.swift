/// The names of the twelve months in one language and length.
struct MonthNames: Sendable, Equatable {
  /// Where they stand among all.
  private let index: Int

  static let shortEnglish = MonthNames(index: 0)
  static let english = MonthNames(index: 1)
  /// German, French, Spanish, Italian, Dutch, Portuguese, Polish (in a date and alone) and Swedish.
  static let others = spellings.indices.dropFirst(2).map { MonthNames(index: $0) }

  private init(index: Int) { self.index = index }

  /// nil where no names have the code.
  init?(code: some Collection<UInt8>) {
    guard let index = Self.spellings.firstIndex(where: { $0.code.utf8.elementsEqual(code) }) else {
      return nil
    }
    self.index = index
  }

  /// The language; with a hyphen shortened, with a point shortened and with a point.
  var code: String { Self.spellings[index].code }

  /// The names as bytes.
  func names(_ letterCase: TemporalElement.LetterCase) -> [[UInt8]] {
    switch letterCase {
    case .capitalized: Self.spellings[index].capitalized
    case .upper: Self.spellings[index].upper
    case .lower: Self.spellings[index].lower
    }
  }

  /// The names of a language in each letter case.
  private struct Spellings {
    let code: String
    let capitalized: [[UInt8]]
    let upper: [[UInt8]]
    let lower: [[UInt8]]

    init(_ code: String, _ names: String) {
      let names = names.split(separator: " ").map(String.init)
      precondition(names.count == 12, "'\(code)' has \(names.count) months.")
      self.code = code
      lower = names.map { Array($0.utf8) }
      upper = names.map { Array($0.uppercased().utf8) }
      capitalized = names.map { Array(($0.prefix(1).uppercased() + $0.dropFirst()).utf8) }
    }
  }

  private static let spellings = [
    Spellings("en-", "jan feb mar apr may jun jul aug sep oct nov dec"),
    Spellings(
      "en",
      "january february march april may june july august september october november december"),
    Spellings(
      "de",
      "januar februar märz april mai juni juli august september oktober november dezember"),
    Spellings("de-", "jan feb mär apr mai jun jul aug sep okt nov dez"),
    Spellings("de.", "jan. feb. märz apr. mai juni juli aug. sept. okt. nov. dez."),
    Spellings(
      "fr",
      "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"),
    Spellings("fr-", "jan fév mar avr mai juin juil août sep oct nov déc"),
    Spellings("fr.", "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc."),
    Spellings(
      "es",
      "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"),
    Spellings("es-", "ene feb mar abr may jun jul ago sep oct nov dic"),
    Spellings("es.", "ene. feb. mar. abr. may. jun. jul. ago. sep. oct. nov. dic."),
    Spellings("es4", "ene feb mar abr may jun jul ago sept oct nov dic"),
    Spellings(
      "it",
      "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre"
    ),
    Spellings("it-", "gen feb mar apr mag giu lug ago set ott nov dic"),
    Spellings("it.", "gen. feb. mar. apr. mag. giu. lug. ago. set. ott. nov. dic."),
    Spellings(
      "nl",
      "januari februari maart april mei juni juli augustus september oktober november december"),
    Spellings("nl-", "jan feb mrt apr mei jun jul aug sep okt nov dec"),
    Spellings("nl.", "jan. feb. mrt. apr. mei jun. jul. aug. sep. okt. nov. dec."),
    Spellings(
      "pt",
      "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro"),
    Spellings("pt-", "jan fev mar abr mai jun jul ago set out nov dez"),
    Spellings("pt.", "jan. fev. mar. abr. mai. jun. jul. ago. set. out. nov. dez."),
    Spellings(
      "pl",
      "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia"
    ),
    Spellings(
      "pl1",
      "styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień"
    ),
    Spellings("pl-", "sty lut mar kwi maj cze lip sie wrz paź lis gru"),
    Spellings(
      "sv",
      "januari februari mars april maj juni juli augusti september oktober november december"),
    Spellings("sv-", "jan feb mar apr maj jun jul aug sep okt nov dec"),
    Spellings("sv.", "jan. feb. mars apr. maj juni juli aug. sep. okt. nov. dec."),
  ]
}
