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
  /// The fewest rows that share what is told of its values; 1 where values are not protected.
  package var leastRows = 1

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

/// How a field is taken apart into parts and put together again.
package enum FieldCoding: Codable, Equatable, Sendable {
  /// The only part is the column as it is.
  case column
  /// All values are missing: what there was must not be told.
  case masked
  case dateTime(DateTimeCoding)
  case characters(CharacterCoding)
  case template(TemplateCoding)
  case vocabulary(VocabularyCoding)
  case identifier(IdentifierCoding)
  case bound(BoundCoding)
  /// Nothing is learnt of it: it is computed from other fields.
  case derived(DerivedCoding)
  /// The latitude of a place, whose part it has.
  case latitude(PlaceCoding)
  /// The longitude of the place of another field.
  case longitude(ofField: Int)

  /// The number of parts.
  var partCount: Int {
    switch self {
    case .column, .template, .latitude: 1
    case .masked, .longitude, .derived: 0
    case .vocabulary: 2
    case .dateTime(let coding): coding.components.count
    case .characters(let coding): coding.partCount
    case .bound(let coding): coding.partCount
    case .identifier(let coding): coding.hasMissing ? 1 : 0
    }
  }
}
