/// The training length of a study's generators.
public enum StudyEpochs: Hashable, Sendable {
  /// Training decides itself.
  case automatic
  /// The most epochs.
  case most(Int)
}

extension StudyEpochs: LosslessStringConvertible, Codable {
  /// `auto` or a number above 0.
  public init?(_ description: String) {
    if description == "auto" {
      self = .automatic
    } else if let count = Int(description), count > 0 {
      self = .most(count)
    } else {
      return nil
    }
  }

  public var description: String {
    switch self {
    case .automatic: "auto"
    case .most(let count): "\(count)"
    }
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let epochs = StudyEpochs(text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "'\(text)' is no number of epochs.")
    }
    self = epochs
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
