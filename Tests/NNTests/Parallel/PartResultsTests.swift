import NN
import Testing

@Suite struct PartResultsTests {
  @Test func partsWriteToPlacesOfTheirOwn() {
    let results = PartResults(repeating: 0.0, count: 1_000)
    let pool = WorkerPool(threadCount: 4)
    pool.run(results.count) { results[$0] = Double($0 * $0) }
    #expect((0..<1_000).allSatisfy { results[$0] == Double($0 * $0) })
    #expect(results.sum == 332_833_500)
  }
}
