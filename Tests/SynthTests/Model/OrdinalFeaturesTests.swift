import Foundation
import Synth
import TestSupport
import Testing

@Suite struct OrdinalFeaturesTests {
  @Test func features() {
    let ranks: [Double?] = [0.1, 0.5, nil, 0.97]
    let features = OrdinalFeatures(midRanks: ranks)
    #expect(features.features.rows == 4 && features.features.columns == 13)
    var expected: [Double] = []
    for rank in ranks {
      guard let rank else {
        expected += Array(repeating: 0, count: 13)
        continue
      }
      expected.append(2 * rank - 1)
      for frequency in [1.0, 2, 4, 8, 16, 32] {
        expected.append(sin(frequency * Double.pi * rank))
        expected.append(cos(frequency * Double.pi * rank))
      }
    }
    expectClose(features.features.elements, expected, absolute: 1e-7)
  }
}
