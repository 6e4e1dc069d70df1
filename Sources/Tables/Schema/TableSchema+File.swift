import Foundation

extension TableSchema {
  /// Reads a schema.
  ///
  /// - Throws: ``TableError/schema(file:reason:)`` for unknown properties and impossible numbers, `DecodingError`
  ///   for values of another type.
  public init(from decoder: any Decoder) throws {
    try AnyKey.refuseOthers(than: CodingKeys.self, in: decoder, of: "schema")
    let container = try decoder.container(keyedBy: CodingKeys.self)
    rowCount = try container.number(.rowCount, in: 0...Int.max)
    columns = try container.decodeIfPresent([Column].self, forKey: .columns) ?? []
    constraints = try container.decodeIfPresent([String].self, forKey: .constraints) ?? []
    findsRules = try container.decodeIfPresent(Bool.self, forKey: .findsRules) ?? true
  }

  /// Reads a schema file.
  ///
  /// - Throws: `TableError` if the file cannot be read, is not a schema or names an unknown kind.
  public init(contentsOf path: String) throws {
    let bytes = try InputFile(path: path).open().readAll(limit: Self.mostBytes)
    guard let bytes else {
      throw TableError.schema(file: path, reason: "it is larger than \(Self.mostBytes >> 20) MiB")
    }
    do {
      self = try JSONDecoder().decode(TableSchema.self, from: Data(bytes))
    } catch TableError.schema(_, let reason) {
      throw TableError.schema(file: path, reason: reason)
    } catch let error as DecodingError {
      throw TableError.schema(file: path, reason: error.sentence)
    }
  }

  /// The most bytes of a schema file.
  private static let mostBytes = 64 << 20

  /// The schema as JSON with sorted keys, one object for each column.
  public func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
  }

  /// Writes a schema file.
  ///
  /// - Throws: `TableError` if the file cannot be written.
  public func write(to path: String) throws {
    let file = try AtomicFile(path: path)
    try file.write(Array(try json().utf8))
    try file.finish()
  }
}

extension TableSchema.Column {
  /// Reads a column.
  ///
  /// - Throws: `TableError` for unknown kinds and properties and impossible numbers, `DecodingError` for values of another type.
  public init(from decoder: any Decoder) throws {
    try AnyKey.refuseOthers(than: CodingKeys.self, in: decoder, of: "column")
    let container = try decoder.container(keyedBy: CodingKeys.self)
    name = try container.decode(String.self, forKey: .name)
    kind = try container.decodeIfPresent(String.self, forKey: .kind).map { [name] in
      try ColumnKind(named: $0, ofColumn: name)
    }
    isExcluded = try container.decodeIfPresent(Bool.self, forKey: .isExcluded) ?? false
    derived = try container.decodeIfPresent(String.self, forKey: .derived)
    cardinality = try container.number(.cardinality, in: 0...Int.max)
    missingShare = try container.number(.missingShare, in: 0...1.0)
    lowest = try container.decodeIfPresent(String.self, forKey: .lowest)
    highest = try container.decodeIfPresent(String.self, forKey: .highest)
    words = try container.decodeIfPresent([String].self, forKey: .words)
    protection = try container.decodeIfPresent(ValueProtection.self, forKey: .protection)
    rareShare = try container.number(.rareShare, in: 0...1.0)
    rareReplacement = try container.decodeIfPresent(String.self, forKey: .rareReplacement)
    hint = try container.decodeIfPresent(String.self, forKey: .hint)
  }
}

extension ColumnKind {
  /// The kind with a name.
  ///
  /// - Throws: `TableError.unknownKind` for an unknown name.
  public init(named name: String, ofColumn column: String) throws {
    guard let kind = ColumnKind(rawValue: name) else {
      throw TableError.unknownKind(
        name: name, column: column,
        nearest: nearestName(to: name, among: Self.allCases.map(\.rawValue)))
    }
    self = kind
  }
}

/// Any key of a JSON object.
private struct AnyKey: CodingKey {
  let stringValue: String
  let intValue: Int? = nil

  init(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }

  /// Refuses unknown properties, so that a misspelled one is noticed.
  static func refuseOthers<Keys: CodingKey & CaseIterable>(
    than keys: Keys.Type, in decoder: any Decoder, of object: String
  ) throws {
    let known = Keys.allCases.map(\.stringValue)
    let found = try decoder.container(keyedBy: AnyKey.self).allKeys.map(\.stringValue)
    guard let other = found.sorted().first(where: { !known.contains($0) }) else { return }
    let hint = nearestName(to: other, among: known).map { " (do you mean '\($0)'?)" } ?? ""
    throw TableError.schema(
      file: "", reason: "a \(object) has no property '\(other)'\(hint)")
  }
}

extension KeyedDecodingContainer {
  /// A number, which must be in a range; nil if there is none.
  fileprivate func number<Number: Comparable & Decodable>(
    _ key: Key, in range: ClosedRange<Number>
  ) throws -> Number? {
    let number = try decodeIfPresent(Number.self, forKey: key)
    if let number, !range.contains(number) {
      throw TableError.schema(file: "", reason: "'\(key.stringValue)' cannot be \(number)")
    }
    return number
  }
}

extension DecodingError {
  /// The error in the JSON and its place.
  fileprivate var sentence: String {
    func path(_ context: Context) -> String {
      let keys = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? ".\($0.stringValue)" }
      return keys.isEmpty ? "" : " at \(keys.joined().drop { $0 == "." })"
    }
    switch self {
    case .keyNotFound(let key, let context):
      return "'\(key.stringValue)' is missing\(path(context))"
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      return "a value has the wrong type\(path(context))"
    case .dataCorrupted(let context): return "it is not the JSON of a schema\(path(context))"
    @unknown default: return "it is not the JSON of a schema"
    }
  }
}
