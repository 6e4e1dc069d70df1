import Synth
import Testing

@Suite struct RowSplitTests {
  @Test(arguments: [10, 203, 999])
  func foldsArePartsOfTheRows(_ rowCount: Int) {
    for seed in 1...3 as ClosedRange<UInt64> {
      let plan = TrainingPlan(
        rowCount: rowCount, columnCount: 4, options: quickOptions(foldCount: nil, seed: seed))
      #expect(plan.foldCount == 5 && plan.heldOutCount == rowCount / 5 && plan.refits)
      let folds = (0..<5).map { RowSplit(rowCount: rowCount, plan: plan, fold: $0) }
      let all = Array(0..<Int32(rowCount))
      for fold in folds {
        #expect(fold.heldOut == fold.heldOut.sorted() && fold.trained == fold.trained.sorted())
        #expect(fold.heldOut.count == rowCount / 5)
        #expect((fold.heldOut + fold.trained).sorted() == all)
      }
      // No row is held out twice, and less than a fold's worth is held out never.
      let heldOut = folds.flatMap(\.heldOut)
      #expect(Set(heldOut).count == heldOut.count && rowCount - heldOut.count < 5)
      #expect(folds[0].heldOut != Array(0..<Int32(rowCount / 5)))
    }
  }

  @Test func theSeedChoosesTheRows() {
    func heldOut(_ seed: UInt64) -> [Int32] {
      let plan = TrainingPlan(
        rowCount: 5_000, columnCount: 4, options: quickOptions(foldCount: nil, seed: seed))
      return RowSplit(rowCount: 5_000, plan: plan).heldOut
    }
    #expect(heldOut(1) == heldOut(1) && heldOut(1) != heldOut(2))
    #expect(heldOut(1).count == 1_000)
  }
}
