import Testing

/// How far numbers are from the expected ones, judged at the element that uses the largest part of its tolerance.
public struct Comparison: CustomStringConvertible, Sendable {
  /// The index of the worst element; nil where there is nothing to compare.
  public let worstIndex: Int?
  /// Whether counts agree and every element is within absolute + relative · |expected|.
  public let isClose: Bool
  /// Both values at the worst index, or both counts where they differ.
  public let description: String
}

/// Compares numbers element by element. NaN is close to nothing, an infinity to itself only.
public func compare(
  _ actual: [some BinaryFloatingPoint], _ expected: [some BinaryFloatingPoint],
  absolute: Double = 0, relative: Double = 0
) -> Comparison {
  guard actual.count == expected.count else {
    return Comparison(
      worstIndex: nil, isClose: false,
      description: "\(actual.count) elements, expected \(expected.count)")
  }
  var worst: (index: Int, excess: Double)?
  for index in actual.indices {
    let excess = tolerancePart(
      Double(actual[index]), Double(expected[index]), absolute: absolute, relative: relative)
    if excess > worst?.excess ?? -1 { worst = (index, excess) }
  }
  guard let worst else {
    return Comparison(worstIndex: nil, isClose: true, description: "no elements")
  }
  return Comparison(
    worstIndex: worst.index, isClose: worst.excess <= 1,
    description: "worst at \(worst.index) of \(actual.count): \(actual[worst.index]), "
      + "expected \(expected[worst.index]), \(worst.excess) of the tolerance")
}

/// The difference as a multiple of what is tolerated.
private func tolerancePart(
  _ actual: Double, _ expected: Double, absolute: Double, relative: Double
) -> Double {
  if actual == expected { return 0 }
  let part = abs(actual - expected) / (absolute + relative * abs(expected))
  // An infinite expected number makes the quotient NaN, and so does a NaN on either side.
  return part.isNaN ? .infinity : part
}

/// Records an issue that names the worst element unless all are within absolute + relative · |expected|.
public func expectClose(
  _ actual: [some BinaryFloatingPoint], _ expected: [some BinaryFloatingPoint],
  absolute: Double = 0, relative: Double = 0, _ label: String = "",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let comparison = compare(actual, expected, absolute: absolute, relative: relative)
  #expect(comparison.isClose, "\(label) \(comparison)", sourceLocation: sourceLocation)
}
