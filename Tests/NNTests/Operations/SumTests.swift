import NN
import TestSupport
import Testing

@Suite struct SumTests {
  private func total(_ x: Dense) -> Double { x.elements.reduce(0, +) }

  @Test func sum() {
    var generator = SplitMix64(seed: 1)
    checkOperation(
      [generator.tensor(3, 5)], value: Tolerance(absolute: 1e-6),
      gradient: Tolerance(absolute: 1e-8)
    ) {
      $0.sum($1[0])
    } reference: {
      Dense([total($0[0])], rows: 1, columns: 1)
    }
  }

  @Test func mean() {
    var generator = SplitMix64(seed: 2)
    checkOperation(
      [generator.tensor(3, 5)], value: Tolerance(absolute: 1e-7),
      gradient: Tolerance(absolute: 1e-8)
    ) {
      $0.mean($1[0])
    } reference: {
      Dense([total($0[0]) / 15], rows: 1, columns: 1)
    }
  }
}
