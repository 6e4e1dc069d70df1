/// Writes a new, unique identifier for every row.
public struct IdentifierWriter: Sendable {
  /// Codes that are used up before the next stage begins.
  private struct Stage {
    let ranges: [Range<Int>]
    /// The places from first to last; empty for numbers.
    let places: [Place]
    let rowCount: Int
    let permutation: RowPermutation

    /// The code at an index of the ranges.
    func code(_ index: Int) -> Int {
      var rest = index
      for range in ranges {
        if rest < range.count { return range.lowerBound + rest }
        rest -= range.count
      }
      preconditionFailure(
        "There are only \(ranges.codeCount) codes, but code \(index) was asked for.")
    }
  }

  private struct Place {
    /// The possible characters; one for a literal.
    let characters: [UInt8]
    let isCounted: Bool
  }

  private let format: IdentifierFormat
  private let key: UInt64
  private let stages: [Stage]
  private let uuids: RowPermutation

  /// The number of rows that the stages have identifiers for.
  private static let mostRows = 1 << 40

  /// - Parameters:
  ///   - format: the format of the identifiers.
  ///   - key: a random number; the same key gives the same identifiers.
  public init(_ format: IdentifierFormat, key: UInt64) {
    self.format = format
    self.key = key
    uuids = RowPermutation(count: 1 << 60, key: key)
    var stages: [Stage] = []
    func add(_ pool: IdentifierFormat.CodePool, _ places: [Place] = []) {
      let codeCount = pool.ranges.codeCount
      let rowCount = min(pool.capacity, codeCount / (format.spacing ?? 1))
      guard rowCount > 0 else { return }
      stages.append(
        Stage(
          ranges: pool.ranges, places: places, rowCount: rowCount,
          permutation: RowPermutation(
            count: UInt64(codeCount), key: mixed(UInt64(stages.count), key))))
    }
    switch format.shape {
    case .uuid: break
    case .number:
      for pool in format.pools { add(pool) }
      // An integer holds all numbers of up to 18 digits.
      for digits in format.digits.upperBound + 1...18 {
        add(IdentifierFormat.CodePool([IdentifierFormat.numbers(ofDigits: digits...digits)]))
      }
    case .pattern(var pattern):
      for pool in format.pools { add(pool, Self.places(pattern)) }
      while stages.reduce(0, { $0 + min($1.rowCount, Self.mostRows) }) < Self.mostRows {
        pattern = pattern.withOneDigitMore
        add(IdentifierFormat.CodePool([0..<pattern.counted.count]), Self.places(pattern))
      }
    }
    self.stages = stages
  }

  private static func places(_ pattern: TextPattern) -> [Place] {
    var counted = pattern.counted.classes.count
    return pattern.positions.reversed().map { position in
      switch position {
      case .literal(let byte): return Place(characters: [byte], isCounted: true)
      case .free(let classes):
        counted -= 1
        return Place(characters: classes.characters, isCounted: counted >= 0)
      }
    }.reversed()
  }

  /// Appends the identifier of a row.
  ///
  /// - Parameters:
  ///   - row: the number of the row, from 0 to below 2^40; beyond, identifiers would repeat.
  ///   - output: receives the bytes.
  public func append(row: Int, to output: inout [UInt8]) {
    var rest = max(0, row)
    for (index, stage) in stages.enumerated() {
      if rest >= stage.rowCount && index < stages.count - 1 {
        rest -= stage.rowCount
        continue
      }
      let number = code(ofRow: rest % stage.rowCount, in: stage)
      return append(number, stage.places, row: row, to: &output)
    }
    if case .uuid(let isUpper) = format.shape {
      appendUUID(row: row, isUpper: isUpper, to: &output)
    }
  }

  private func code(ofRow row: Int, in stage: Stage) -> Int {
    guard let spacing = format.spacing else {
      return stage.code(Int(stage.permutation(UInt64(row))))
    }
    let jitter = Int(mixed(UInt64(row), key) % UInt64(spacing))
    return stage.code(row * spacing + jitter)
  }

  private func append(_ code: Int, _ places: [Place], row: Int, to output: inout [UInt8]) {
    if case .number(let prefix, let suffix) = format.shape {
      output += prefix.utf8
      output += String(code).utf8
      output += suffix.utf8
      return
    }
    let start = output.count
    output += places.lazy.map { $0.characters[0] }
    var rest = UInt64(code)
    var other = mixed(UInt64(row), ~key)
    for index in places.indices.reversed() {
      let place = places[index]
      let count = UInt64(place.characters.count)
      if place.isCounted {
        output[start + index] = place.characters[Int(rest % count)]
        rest /= count
      } else {
        output[start + index] = place.characters[Int(other % count)]
        other = mixed(other, key)
      }
    }
  }

  /// A random UUID of version 4 (RFC 9562) with 60 bits that are unique to the row and 62 hashed bits.
  private func appendUUID(row: Int, isUpper: Bool, to output: inout [UInt8]) {
    let digits = Array((isUpper ? "0123456789ABCDEF" : "0123456789abcdef").utf8)
    var unique = uuids(UInt64(row) & (1 << 60 - 1))
    var hashed = mixed(UInt64(row), ~key)
    for place in 0..<32 {
      if [8, 12, 16, 20].contains(place) { output.append(UInt8(ascii: "-")) }
      switch place {
      case 12: output.append(UInt8(ascii: "4"))
      case 16:
        output.append(digits[Int(8 | hashed & 3)])
        hashed >>= 2
      case 0..<16:
        output.append(digits[Int(unique & 15)])
        unique >>= 4
      default:
        output.append(digits[Int(hashed & 15)])
        hashed >>= 4
      }
    }
  }
}

extension TextPattern {
  /// The pattern with one more free digit after the last free place.
  fileprivate var withOneDigitMore: TextPattern {
    let last = positions.lastIndex { position in
      if case .free = position { true } else { false }
    }
    var longer = positions
    longer.insert(.free(.digits), at: (last ?? positions.count - 1) + 1)
    return TextPattern(positions: longer) ?? self
  }
}
