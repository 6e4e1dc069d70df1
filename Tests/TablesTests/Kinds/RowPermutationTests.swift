import Tables
import Testing

@Suite struct RowPermutationTests {
  @Test(arguments: [1, 2, 3, 4, 5, 16, 17, 100, 1000, 4095, 4097])
  func numbersEveryRowOnce(count: Int) {
    for key in 0..<5 as Range<UInt64> {
      let permutation = RowPermutation(count: UInt64(count), key: key)
      let numbers = (0..<UInt64(count)).map { permutation($0) }
      #expect(numbers.sorted() == Array(0..<UInt64(count)))
    }
  }

  @Test func spreadsNeighbours() {
    let count: UInt64 = 1 << 62
    let permutation = RowPermutation(count: count, key: 1)
    let numbers = (0..<1000).map { permutation($0) }
    #expect(Set(numbers).count == 1000)
    #expect(numbers.allSatisfy { $0 < count })
    let mean = numbers.reduce(0) { $0 + Double($1) / Double(count) } / 1000
    #expect(abs(mean - 0.5) < 0.05)
    #expect(RowPermutation(count: count, key: 2)(0) != numbers[0])
  }
}
