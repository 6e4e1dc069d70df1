import NN
import TestSupport
import Testing

@Suite struct SampleTests {
  @Test func drawsByTheInverseDistribution() {
    var generator = SplitMix64(seed: 1)
    let logits = generator.tensor(40, 7, deviation: 2)
    let uniforms = generator.uniform(40, in: 0.001...0.999)
    let probabilities = Reference.softmax(logits.dense)
    let expected = uniforms.indices.map { row in
      var left = Double(uniforms[row])
      return (0..<6).first { column in
        left -= probabilities[row, column]
        return left < 0
      } ?? 6
    }
    let tape = Tape.soiled()
    let codes = tape.sample(tape.constant(logits), uniforms: uniforms)
    #expect((0..<codes.count).map { codes[$0] } == expected)
    #expect(Set(expected).count > 4)
  }
}
