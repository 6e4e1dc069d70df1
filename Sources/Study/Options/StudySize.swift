/// How many rows the generators of a study learn from.
public enum StudySize: Hashable, Sendable {
  case rows(Int)
  /// The whole training part.
  case all
}

extension StudySize: LosslessStringConvertible {
  /// `all` or a number above 0.
  public init?(_ description: String) {
    if description == "all" {
      self = .all
    } else if let count = Int(description), count > 0 {
      self = .rows(count)
    } else {
      return nil
    }
  }

  public var description: String {
    switch self {
    case .rows(let count): "\(count)"
    case .all: "all"
    }
  }
}
