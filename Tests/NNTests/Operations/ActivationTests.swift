import CKernels
import NN
import TestSupport
import Testing

@Suite struct GELUTests {
  private let tolerance = Tolerance(absolute: 2e-6)

  @Test func valueAndGradient() {
    var generator = SplitMix64(seed: 1)
    checkOperation(
      [generator.tensor(5, 7, deviation: 2)], value: tolerance, gradient: tolerance
    ) {
      $0.gelu($1[0])
    } reference: {
      $0[0].map(Reference.gelu)
    }
  }

  @Test func withDropout() {
    var generator = SplitMix64(seed: 2)
    let mask = dropoutMask(35, rate: 0.4)
    checkOperation(
      [generator.tensor(5, 7, deviation: 2)], value: tolerance, gradient: tolerance
    ) {
      $0.seedDropout(dropoutGenerator, stream: dropoutStream)
      return $0.gelu($1[0], dropout: 0.4)
    } reference: { inputs in
      Dense(rows: 5, columns: 7) { mask[$0 * 7 + $1] * Reference.gelu(inputs[0][$0, $1]) }
    }
  }

  @Test func withoutDropoutWhileNotTraining() {
    let tape = Tape.soiled()
    var generator = SplitMix64(seed: 3)
    let input = tape.constant(generator.tensor(5, 7))
    tape.isTraining = false
    let result = tape.gelu(input, dropout: 0.9)
    #expect(tape.value(of: result).elements == tape.value(of: tape.gelu(input)).elements)
  }
}

@Suite struct DropoutTests {
  @Test func valueAndGradient() {
    var generator = SplitMix64(seed: 1)
    let mask = dropoutMask(35, rate: 0.3)
    #expect(Set(mask).count == 2)
    let tolerance = Tolerance(absolute: 1e-6)
    checkOperation([generator.tensor(5, 7)], value: tolerance, gradient: tolerance) {
      $0.seedDropout(dropoutGenerator, stream: dropoutStream)
      return $0.dropout($1[0], rate: 0.3)
    } reference: { inputs in
      Dense(rows: 5, columns: 7) { mask[$0 * 7 + $1] * inputs[0][$0, $1] }
    }
  }

  @Test func isTheInputWhileNotTraining() {
    let tape = Tape.soiled()
    let input = tape.constant(2, rows: 3, columns: 5)
    #expect(tape.dropout(input, rate: 0) == input)
    #expect(tape.dropout(input, rate: 0.5) != input)
    tape.isTraining = false
    #expect(tape.dropout(input, rate: 0.5) == input)
  }

  @Test func masksFollowTheSeedTheStreamAndTheirNumber() {
    let tape = Tape.soiled()
    let input = tape.constant(1, rows: 8, columns: 16)
    let masks = { (seed: UInt64, stream: UInt64) -> [[Float]] in
      tape.seedDropout(Philox(seed: seed, purpose: .dropout), stream: stream)
      return (0..<2).map { _ in tape.value(of: tape.dropout(input, rate: 0.5)).elements }
    }
    let first = masks(1, 1)
    #expect(first[0] != first[1])
    #expect(masks(1, 1) == first)
    let others = masks(1, 2) + masks(2, 1) + first
    #expect(Set(others).count == others.count)
  }
}

private let dropoutKey: UInt64 = 77
private let dropoutStream: UInt64 = 5
private let dropoutGenerator = Philox(key: dropoutKey)

/// The first mask after seeding with these: of a stream's 65536 masks number 1.
private func dropoutMask(_ count: Int, rate: Float) -> [Double] {
  let mask = written(over: [Float](repeating: 1, count: count)) {
    lk_dropout(count, rate, dropoutKey, dropoutStream << 16 + 1, $0, nil)
  }
  return mask.map(Double.init)
}
