import Study
import Synth
import Tables
import Testing

@Suite struct RealRowsTests {
  /// A table whose rows are known by their numbers.
  private func table(_ count: Int, from first: Int = 0) throws -> Table {
    try Table(columns: [Column("number", Array(first..<first + count))])
  }

  private func numbers(_ source: any RowSource) throws -> [Int] {
    var numbers: [Int] = []
    try source.forEachBatch { batch in
      for row in 0..<batch.rowCount {
        numbers.append(Int(String(decoding: batch[row, 0], as: UTF8.self))!)
      }
    }
    return numbers
  }

  private func options(share: Double = 0.2, seed: UInt64 = 1) -> StudyOptions {
    var options = StudyOptions()
    options.holdoutShare = share
    options.seed = seed
    return options
  }

  @Test(arguments: [(103, 0.2, 21), (10_000, 0.25, 2_500), (21, 0.05, 1), (100, 0.8, 80)])
  func everyRowIsInOnePart(_ count: Int, _ share: Double, _ held: Int) throws {
    let rows = try RealRows(table(count), holdout: nil, options: options(share: share))
    let (training, holdout) = (try numbers(rows.training), try numbers(rows.holdout))
    #expect(rows.holdoutCount == held)
    #expect(rows.trainingCount == count - held)
    #expect(holdout.count == held)
    #expect(Set(training).isDisjoint(with: holdout))
    #expect((training + holdout).sorted() == Array(0..<count))
  }

  @Test func theSeedDecidesWhichRowsAreKeptBack() throws {
    let table = try table(200)
    func held(_ seed: UInt64) throws -> [Int] {
      try numbers(RealRows(table, holdout: nil, options: options(seed: seed)).holdout)
    }
    #expect(try held(1) == held(1))
    let seeds = try (1...20).map { try held(UInt64($0)) }
    #expect(Set(seeds).count == 20)
    // Every row has its chance: one in five, 20 times.
    let missing = Set(0..<200).subtracting(seeds.flatMap { $0 })
    #expect(missing.count < 12)
  }

  @Test func samplesAreNestedWithinARepeat() throws {
    let rows = try RealRows(table(500), holdout: nil, options: options())
    let training = Set(try numbers(rows.training))
    var smaller: Set<Int> = []
    for count in [10, 11, 60, 399, 400] {
      let sample = try numbers(rows.sample(count, repetition: 2))
      #expect(sample.count == count)
      #expect(sample == sample.sorted(), "the order of the table")
      #expect(smaller.isSubset(of: sample))
      #expect(training.isSuperset(of: sample))
      smaller = Set(sample)
    }
    #expect(smaller == training)
  }

  @Test func repeatsHaveSamplesOfTheirOwn() throws {
    let rows = try RealRows(table(500), holdout: nil, options: options())
    let samples = try (1...10).map { try numbers(rows.sample(50, repetition: $0)) }
    #expect(Set(samples).count == 10)
  }

  @Test func aHoldoutOfItsOwnLeavesAllRowsToLearnFrom() throws {
    let holdout = try table(7, from: 1_000)
    let rows = try RealRows(table(30), holdout: holdout, options: options())
    #expect(rows.trainingCount == 30)
    #expect(rows.holdoutCount == 7)
    #expect(try numbers(rows.training) == Array(0..<30))
    #expect(try numbers(rows.holdout) == Array(1_000..<1_007))
    #expect(try numbers(rows.sample(12, repetition: 1)).count == 12)
  }

  @Test func tablesThatAreTooSmallAreRefused() throws {
    #expect(throws: StudyError.noHoldout(table: "The table", count: 2)) {
      try RealRows(table(2), holdout: nil, options: options())
    }
    #expect(throws: SynthError.tooFewRows(name: "Training rows of The table", count: 9)) {
      try RealRows(table(11), holdout: nil, options: options())
    }
    let empty = try Table(columns: [Column("number", [Int]())])
    #expect(throws: TableError.noRows(table: "The table")) {
      try RealRows(table(30), holdout: empty, options: options())
    }
    #expect(throws: StudyError.noHoldout(table: "The table", count: 0)) {
      try RealRows(empty, holdout: nil, options: options())
    }
  }
}
