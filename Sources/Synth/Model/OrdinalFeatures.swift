import Foundation
import NN

/// The order of a numeric column's values, told to the model: with x in (0, 1) the mid-rank of a code,
/// phi(x) = [2x - 1, sin(2^k pi x), cos(2^k pi x) for k < K] is a row of D = 1 + 2K features.
///
/// The model's tables and heads are T + phi A and P + (phi B)^T with learnt A (D, 3H) and B (D, H), at any time already
/// multiplied out: the optimiser moves T and A by the gradients that reach each, and adds phi times the move of A to the
/// table. So neighbours learn together, and neither training nor sampling pays for it in the model itself.
package struct OrdinalFeatures {
  /// Waves of each kind, K.
  package static let waveCount = 6

  /// phi, (V, D); rows of codes that are no numbers are zeros.
  let matrix: Buffer
  let vocabularySize: Int
  package static let width = 1 + 2 * waveCount

  /// The features of codes with these mid-ranks.
  package init(midRanks: [Double?]) {
    vocabularySize = midRanks.count
    matrix = Buffer(count: midRanks.count * OrdinalFeatures.width)
    for (code, rank) in midRanks.enumerated() {
      guard let rank else { continue }
      features[code, 0] = Float(2 * rank - 1)
      for wave in 0..<OrdinalFeatures.waveCount {
        let angle = Double.pi * Double(1 << wave) * rank
        features[code, 1 + 2 * wave] = Float(sin(angle))
        features[code, 2 + 2 * wave] = Float(cos(angle))
      }
    }
  }

  /// (V, D).
  package var features: Matrix {
    matrix.matrix(at: 0, rows: vocabularySize, columns: OrdinalFeatures.width)
  }
}
