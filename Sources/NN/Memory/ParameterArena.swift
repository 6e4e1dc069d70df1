/// The name, shape and place of one trained tensor inside a ``ParameterArena``.
public struct Parameter: Sendable, Hashable {
  /// A path such as `block.norm.gain`.
  public let name: String
  /// Number of rows; a vector is one row.
  public let rows: Int
  /// Number of columns.
  public let columns: Int
  /// Place among the parameters of its layout.
  public let index: Int
  /// Index of the first element in the arena.
  public let offset: Int
  /// Number of elements.
  public var count: Int { rows * columns }

  /// The same place under another name.
  public func renamed(_ name: String) -> Parameter {
    Parameter(name: name, rows: rows, columns: columns, index: index, offset: offset)
  }
}

/// The list of a model's parameters: where each lies in one contiguous arena.
public struct ParameterLayout: Sendable {
  /// In the order in which they were added.
  public private(set) var parameters: [Parameter] = []
  /// Number of elements that an arena of this layout has, padding to cache lines included.
  public private(set) var elementCount = 0
  private var names: Set<String> = []

  public init() {}

  /// Adds a parameter of a name that is not in the layout yet.
  public mutating func add(_ name: String, rows: Int, columns: Int) -> Parameter {
    precondition(names.insert(name).inserted, "parameter \(name) exists already")
    let parameter = Parameter(
      name: name, rows: rows, columns: columns, index: parameters.count, offset: elementCount)
    parameters.append(parameter)
    let aligned = Buffer.alignedElements
    elementCount += (parameter.count + aligned - 1) / aligned * aligned
    return parameter
  }

  /// Number of trained numbers, without padding.
  public var parameterCount: Int { parameters.reduce(0) { $0 + $1.count } }
}

/// One number per element of a ``ParameterLayout``: the parameters' values, their gradients or an optimiser's state.
///
/// All are one contiguous buffer, so that optimiser, clipping, reduction and files are single loops.
public final class ParameterArena: Sendable {
  public let layout: ParameterLayout
  public let buffer: Buffer

  /// An arena of zeros.
  public init(_ layout: ParameterLayout) {
    self.layout = layout
    buffer = Buffer(count: layout.elementCount)
  }

  /// The matrix of a parameter. Valid as long as the arena lives.
  public subscript(parameter: Parameter) -> Matrix {
    buffer.matrix(at: parameter.offset, rows: parameter.rows, columns: parameter.columns)
  }

  /// A copy with memory of its own.
  public func copy() -> ParameterArena {
    let copy = ParameterArena(layout)
    copy.buffer.row.assign(buffer.row)
    return copy
  }
}
