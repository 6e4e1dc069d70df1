import TestSupport
import Testing

@Suite struct ComparisonTests {
  @Test func withinAbsoluteTolerance() {
    #expect(compare([1, 2.0], [1.25, 2], absolute: 0.25).isClose)
    #expect(!compare([1, 2.0], [1.25, 2], absolute: 0.24).isClose)
  }

  @Test func withinRelativeTolerance() {
    #expect(compare([-110.0], [-100.0], relative: 0.1).isClose)
    #expect(!compare([-111.0], [-100.0], relative: 0.1).isClose)
  }

  @Test func tolerancesAddUp() {
    #expect(compare([112.0], [100.0], absolute: 2, relative: 0.1).isClose)
    #expect(!compare([113.0], [100.0], absolute: 2, relative: 0.1).isClose)
  }

  @Test func namesTheWorstElementAndBothValues() {
    let comparison = compare([1, 5, 3.5] as [Float], [1, 2, 3] as [Double], absolute: 0.1)
    #expect(comparison.worstIndex == 1)
    #expect(comparison.description.contains("5.0, expected 2.0"))
  }

  @Test func theWorstIsMeasuredByItsOwnTolerance() {
    // 1 off at 1000 is less than 0.1 off at 1, with a relative tolerance.
    #expect(compare([1001, 1.1], [1000.0, 1], relative: 0.01).worstIndex == 1)
  }

  @Test func countsMustAgree() {
    #expect(!compare([1.0], [1.0, 1], absolute: 10).isClose)
    #expect(compare([Double](), [Double]()).isClose)
  }

  @Test func notANumberIsNeverClose() {
    let nan = Double.nan
    #expect(!compare([nan], [1.0], absolute: 10).isClose)
    #expect(!compare([1.0], [nan], absolute: 10).isClose)
    #expect(!compare([nan], [nan], absolute: 10).isClose)
    #expect(compare([1.0, nan, 3], [1.0, 2, 3], absolute: 10).worstIndex == 1)
  }

  @Test func infinitiesAreCloseToThemselvesOnly() {
    let infinity = Double.infinity
    #expect(compare([infinity, -infinity], [infinity, -infinity]).isClose)
    #expect(!compare([1.0], [infinity], relative: 0.1).isClose)
    #expect(!compare([infinity], [-infinity], relative: 0.1).isClose)
    #expect(!compare([infinity], [1.0], absolute: 1).isClose)
  }

  @Test func equalNumbersNeedNoTolerance() {
    #expect(compare([0.0, 1], [0.0, 1]).isClose)
    #expect(!compare([0.0, 1], [0.0, 1.0.nextUp]).isClose)
  }

  @Test func expectCloseRecordsWhatItFinds() {
    expectClose([1.0, 2], [1.0, 2.01], absolute: 0.02)
    withKnownIssue {
      expectClose([1.0, 2], [1.0, 2.5], absolute: 0.02)
    } matching: { issue in
      issue.comments.contains { $0.rawValue.contains("worst at 1 of 2: 2.0, expected 2.5") }
    }
  }
}
