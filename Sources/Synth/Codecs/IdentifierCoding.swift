import Tables

/// The codec of identifiers: they are not learnt, and new ones are written in their format. The only subfield, if any, is whether
/// a row has one.
package struct IdentifierCoding: Codec, ValueEncoder {
  package let format: IdentifierFormat
  package let hasMissing: Bool

  /// The code of a row that has an identifier.
  private static let present = 0

  var subfieldCount: Int { hasMissing ? 1 : 0 }

  func encode(_ cells: RowCells, field: Int, into subfields: inout SubfieldWriter) {
    if hasMissing { subfields.append(.code(IdentifierCoding.present)) }
  }

  func decode(field: Int, in block: inout DecodedBlock) {
    let subfield = block.subfields(of: field).first
    for row in block.rows {
      if let subfield, case .missing = block.subfield(subfield, row: row) {
        block.appendMissing(field: field)
        continue
      }
      let writer = block.identifierWriter(of: field)
      block.appendText(field: field) {
        writer?.append(row: row, to: &$0)
        return writer != nil
      }
    }
  }
}

/// A column of identifiers and how many new ones are as long as those of the table.
public struct IdentifierColumn: Sendable, Equatable {
  /// The column.
  public let name: String
  /// The rows that get identifiers of the table's length; those of later rows are longer.
  public let capacity: Int
}

extension Generator {
  /// The columns of identifiers of which only a limited number of new ones has the length of the table's.
  public var identifierColumns: [IdentifierColumn] {
    fields.compactMap { field in
      guard case .identifier(let coding) = field.coding, let capacity = coding.format.capacity
      else { return nil }
      return IdentifierColumn(name: field.name, capacity: capacity)
    }
  }
}
