/// One learnt row per code.
public struct Embedding: Sendable {
  /// (V, E).
  public let table: Parameter

  /// Adds the table, `name.table`, to a layout.
  public init(
    vocabularySize: Int, embeddingSize: Int, name: String, layout: inout ParameterLayout
  ) {
    table = layout.add(name + ".table", rows: vocabularySize, columns: embeddingSize)
  }

  /// Codes (B) to (B, E).
  public func callAsFunction(_ codes: Codes, on tape: Tape) -> Variable {
    tape.embedding(codes, table: tape.parameter(table))
  }
}
