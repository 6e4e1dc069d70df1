import Tables

/// A column of the table and what the model learns in its place: one or more simpler columns, its parts.
///
/// A date becomes a year, a week and a weekday, a postal code its characters; an identifier has no part at all.
package struct Field: Codable, Equatable, Sendable {
  package let name: String
  package let kind: ColumnKind
  /// How a missing value is written.
  package let missingSpelling: String
  package let coding: FieldCoding
  /// Where its parts stand among the model's columns.
  package let parts: Range<Int>
  /// The fewest rows that share a value that is kept; 1 where values are not protected.
  package var minimumRows = 1

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

/// The codec of a field, as it stands in a model file.
package enum FieldCoding: Codable, Equatable, Sendable {
  case column
  case masked
  case dateTime(DateTimeCoding)
  case characters(CharacterCoding)
  case template(TemplateCoding)
  case vocabulary(VocabularyCoding)
  case identifier(IdentifierCoding)
  case bound(BoundCoding)
  case derived(DerivedCoding)
  case latitude(PlaceCoding)
  case longitude(LongitudeCodec)

  /// The codec itself. Whatever differs between kinds of columns is asked of it.
  var codec: any Codec {
    switch self {
    case .column: ValueCodec()
    case .masked: MaskedCodec()
    case .dateTime(let codec): codec
    case .characters(let codec): codec
    case .template(let codec): codec
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
