import Tables

/// A column of the table and its subfields: the simpler columns that the model learns in its place.
///
/// A date becomes a year, a week and a weekday, and a postal code becomes its characters. An identifier has no subfield, or one.
package struct Field: Codable, Equatable, Sendable {
  package let name: String
  package let kind: ColumnKind
  /// The spelling of a missing value.
  package let missingSpelling: String
  package let coding: FieldCoding
  /// The indices of its subfields among the model's columns.
  package let parts: Range<Int>
  /// The fewest rows that share a kept value; 1 without protection.
  package var minimumRows = 1
  /// What is drawn in place of rare categories.
  package var rareValues = RareValues.frequent
  /// What words are made up from in place of rare ones.
  package var rareWords: CharacterModel?

  package init(
    name: String, kind: ColumnKind, missingSpelling: String, coding: FieldCoding, parts: Range<Int>
  ) {
    self.name = name
    self.kind = kind
    self.missingSpelling = missingSpelling
    self.coding = coding
    self.parts = parts
  }
}

/// The codec of a field, as stored in a model file.
package enum FieldCoding: Codable, Equatable, Sendable {
  case column
  case masked
  case dateTime(DateTimeCoding)
  case characters(CharacterCoding)
  case text(TextCoding)
  case vocabulary(VocabularyCoding)
  case identifier(IdentifierCoding)
  case bound(BoundCoding)
  case derived(DerivedCoding)
  case latitude(PlaceCoding)
  case longitude(LongitudeCodec)

  /// The codec itself, which implements all differences between kinds of columns.
  var codec: any Codec {
    switch self {
    case .column: ValueCodec()
    case .masked: MaskedCodec()
    case .dateTime(let codec): codec
    case .characters(let codec): codec
    case .text(let codec): codec
    case .vocabulary(let codec): codec
    case .identifier(let codec): codec
    case .bound(let codec): codec
    case .derived(let codec): codec
    case .latitude(let codec): codec
    case .longitude(let codec): codec
    }
  }
}

extension Field {
  var codec: any Codec { coding.codec }
}
