import Foundation
import NN

/// Features of a numeric column's codes from which the model learns the order of the values: with x in (0, 1) the
/// mid-rank of a code, phi(x) = [2x - 1, sin(2^k pi x), cos(2^k pi x) for k < K] is a row of D = 1 + 2K features.
///
/// The model's tables and heads are T + phi A and P + (phi B)^T with learnt A (D, 3H) and B (D, H). Only the sums are
/// stored: the optimiser updates T and A by their gradients, and adds phi times the update of A to the table. So
/// neighbouring codes learn together, at no cost in the forward or backward pass.
package struct OrdinalFeatures {
  /// Frequencies, K: each has a sine and a cosine.
  package static let waveCount = 6

  /// phi, (V, D); zeros in rows of codes that are not numbers.
  let matrix: Buffer
  let vocabularySize: Int
  package static let width = 1 + 2 * waveCount

  /// - Parameter midRanks: of each code, in (0, 1); nil where the code is not a number.
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
