/// The texts around a number: a currency before it, or a currency, percent sign or unit after it.
enum NumberAffix {
  /// Three kinds of spaces, which may separate a number from its affix.
  private static let spaces: Set<Unicode.Scalar> = [" ", "\u{a0}", "\u{202f}"]

  static func isPrefix(_ bytes: [UInt8]) -> Bool {
    let text = trimmed(bytes)
    return bytes.count <= NumberNotation.mostAffixBytes && (text.isEmpty || isCurrency(text))
  }

  /// Whether a text is a unit: it begins with a letter or a sign of degrees, minutes or seconds.
  static func isSuffix(_ bytes: [UInt8]) -> Bool {
    let text = trimmed(bytes)
    guard bytes.count <= NumberNotation.mostAffixBytes else { return false }
    guard let first = text.first else { return true }
    return isCurrency(text) || ["%", "‰"].contains(String(String.UnicodeScalarView(text)))
      || first.properties.isAlphabetic && text.allSatisfy(isInUnit)
      || "°′″".unicodeScalars.contains(first) && text.dropFirst().allSatisfy(isInUnit)
  }

  private static func isInUnit(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isAlphabetic || spaces.contains(scalar)
      || "0123456789./%²³°·^".unicodeScalars.contains(scalar)
  }

  private static func trimmed(_ bytes: [UInt8]) -> [Unicode.Scalar] {
    let scalars = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
    let begun = scalars.drop(while: spaces.contains)
    return Array(begun.reversed().drop(while: spaces.contains).reversed())
  }

  /// Whether a text is a currency: a sign such as `$` or `US$`, or an abbreviation.
  private static func isCurrency(_ text: [Unicode.Scalar]) -> Bool {
    let signs = text.count { $0.properties.generalCategory == .currencySymbol }
    let letters = text.count { $0.properties.isAlphabetic }
    if signs == 1, letters <= 3, signs + letters == text.count { return true }
    return abbreviations.contains(String(String.UnicodeScalarView(text)))
  }

  /// The codes of ISO 4217 and some national abbreviations.
  private static let abbreviations = Set(
    """
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY \
    COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR \
    IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR \
    MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD \
    SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XOF \
    XPF YER ZAR ZMW ZWL kr kr. Kr Kr. Fr Fr. SFr. Rs Rs. RM Rp S/ zł Kč Ft lei TL
    """.split(separator: " ").map(String.init))
}
