import NN

/// Changes inputs without losing their structure: it knows which parts an input is made of.
struct Mutator: Sendable {
  /// What is put in place of parts, and between bytes.
  let dictionary: [[UInt8]]
  /// What stands between two parts that follow each other.
  let joint: [UInt8]
  /// The parts of an input in groups, such as the values of each array. A group is chosen first, so that long ones are not
  /// all that is changed.
  let groups: @Sendable ([UInt8]) -> [[Range<Int>]]

  /// Larger inputs are cut off.
  private static let mostBytes = 1 << 20

  /// The input with one, two or four changes.
  func mutated(_ input: [UInt8], using random: inout InputRandom) -> [UInt8] {
    var bytes = input
    for _ in 0..<1 << Int.random(in: 0...2, using: &random) { change(&bytes, using: &random) }
    return Array(bytes.prefix(Mutator.mostBytes))
  }

  private func change(_ bytes: inout [UInt8], using random: inout InputRandom) {
    let groups = groups(bytes).filter { !$0.isEmpty }
    guard let group = groups.randomElement(using: &random),
      let part = group.randomElement(using: &random), Int.random(in: 0..<5, using: &random) > 0
    else { return changeBytes(&bytes, using: &random) }
    let token = dictionary.randomElement(using: &random)!
    switch Int.random(in: 0..<9, using: &random) {
    case 0, 1: bytes.replaceSubrange(part, with: token)
    case 2, 3: bytes.replaceSubrange(part, with: changedNumber(bytes[part], using: &random))
    case 4:
      let other = groups.randomElement(using: &random)!.randomElement(using: &random)!
      bytes.replaceSubrange(part, with: Array(bytes[other]))
    case 5:
      let other = group.randomElement(using: &random)!
      let (first, second) = part.lowerBound < other.lowerBound ? (part, other) : (other, part)
      guard first.upperBound <= second.lowerBound else { return }
      let texts = (Array(bytes[first]), Array(bytes[second]))
      bytes.replaceSubrange(second, with: texts.0)
      bytes.replaceSubrange(first, with: texts.1)
    case 6:
      let isReference = bytes[part.upperBound...].starts(with: joint)
      bytes.removeSubrange(part.lowerBound..<part.upperBound + (isReference ? joint.count : 0))
    case 7:
      let copies = Int.random(in: 0..<50, using: &random) == 0 ? 1_000 : 1
      guard copies * part.count < Mutator.mostBytes else { return }
      let copy = joint + Array(bytes[part])
      bytes.insert(contentsOf: repeatElement(copy, count: copies).joined(), at: part.upperBound)
    default:
      for part in group.reversed() { bytes.replaceSubrange(part, with: token) }
    }
  }

  /// Another number near by or far away; of what is no number, a token.
  private func changedNumber(
    _ text: ArraySlice<UInt8>, using random: inout InputRandom
  ) -> [UInt8] {
    guard let number = Int(String(decoding: text, as: UTF8.self)) else {
      return dictionary.randomElement(using: &random)!
    }
    let changed =
      switch Int.random(in: 0..<5, using: &random) {
      case 0: number &+ 1
      case 1: number &- 1
      case 2: 0 &- number
      case 3: number &* 10
      default: number ^ 1 << Int.random(in: 0..<64, using: &random)
      }
    return Array("\(changed)".utf8)
  }

  private func changeBytes(_ bytes: inout [UInt8], using random: inout InputRandom) {
    let place = Int.random(in: 0...bytes.count, using: &random)
    let length = min(bytes.count - place, 1 << Int.random(in: 0...6, using: &random))
    switch Int.random(in: 0..<5, using: &random) {
    case 0 where length > 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
    case 1: bytes.insert(UInt8.random(in: .min ... .max, using: &random), at: place)
    case 2: bytes.removeSubrange(place..<place + length)
    case 3: bytes.removeSubrange(place...)
    default: bytes.insert(contentsOf: dictionary.randomElement(using: &random)!, at: place)
    }
  }
}

/// The random numbers of one input: a function of seed and number of the input, so that any of them can be made again.
struct InputRandom: RandomNumberGenerator {
  private let philox: Philox
  private let input: Int
  private var draw: UInt64 = 0

  init(seed: UInt64, input: Int) {
    philox = Philox(key: seed)
    self.input = input
  }

  mutating func next() -> UInt64 {
    let words = philox.words(draw, UInt64(input))
    draw += 1
    return UInt64(words[0]) << 32 | UInt64(words[1])
  }
}
