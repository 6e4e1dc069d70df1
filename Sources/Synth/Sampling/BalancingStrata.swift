import NN

/// The groups of codes whose pairs are drawn balanced: neighbouring codes, so that each group has about the same share of the rows, and
/// frequent codes are alone.
package struct BalancingStrata: Sendable {
  /// For each column the code that each group begins with, and the number of codes.
  package let starts: [[Int]]

  /// Blocks of rows whose mean probabilities stand for the shares.
  private static let blockCount = 8

  /// The groups of a model's columns.
  ///
  /// - Parameter sampler: one that draws from the model without balance.
  package init(_ network: Network, sampler: Sampler) {
    let sums = ParameterArena(network.codeLayout())
    defer { withExtendedLifetime(sums) {} }
    let places = sums.layout.parameters.map { sums[$0] }
    for block in 0..<BalancingStrata.blockCount {
      sampler.draw(block: block, addingProbabilitiesTo: places)
    }
    starts = places.map { BalancingStrata.starts(shares: $0.elements.map(Double.init)) }
  }

  /// Where the groups of a column begin: a group takes codes as long as it comes closer to its part of what is left.
  ///
  /// - Parameter shares: of the codes, in proportion.
  package static func starts(shares: [Double]) -> [Int] {
    let limit = BalancedDraws.groupLimit
    guard shares.count > limit else { return Array(0...shares.count) }
    var starts = [0]
    var (inGroup, left) = (0.0, shares.reduce(0, +))
    for (code, share) in shares.enumerated() {
      let goal = left / Double(limit + 1 - starts.count)
      if inGroup > 0, starts.count < limit, inGroup + share / 2 > goal {
        starts.append(code)
        left -= inGroup
        inGroup = 0
      }
      inGroup += share
    }
    return starts + [shares.count]
  }
}

extension Network {
  /// A number per code of every column: (1, V) each.
  func codeLayout() -> ParameterLayout {
    var layout = ParameterLayout()
    for (column, size) in vocabularySizes.enumerated() {
      _ = layout.add("\(column)", rows: 1, columns: size)
    }
    return layout
  }
}
