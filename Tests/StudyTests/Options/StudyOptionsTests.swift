import Study
import Synth
import Testing

@Suite struct StudyOptionsTests {
  private func refusal(_ change: (inout StudyOptions) -> Void) -> String? {
    var options = StudyOptions()
    change(&options)
    do {
      try options.validate()
      return nil
    } catch {
      return "\(error)"
    }
  }

  @Test func whatCannotBeIsRefused() {
    #expect(refusal { _ in } == nil)
    #expect(refusal { $0.sizes = [.rows(19)] } == "A size cannot be 19. Give 20 rows or more.")
    #expect(refusal { $0.sizes = [] }?.hasPrefix("The number of sizes cannot be 0.") == true)
    #expect(refusal { $0.modelSizes = [] }?.contains("model sizes cannot be 0") == true)
    #expect(refusal { $0.epochs = [] }?.contains("epoch settings cannot be 0") == true)
    #expect(refusal { $0.epochs = [.most(0)] }?.contains("epochs cannot be 0") == true)
    #expect(refusal { $0.epochs = [.most(.max)] }?.contains("epochs cannot be") == true)
    #expect(refusal { $0.repetitions = 0 }?.contains("repeats cannot be 0") == true)
    #expect(refusal { $0.drawnRowCount = 0 }?.contains("rows to draw cannot be 0") == true)
    #expect(refusal { $0.threadCount = 0 }?.contains("threads cannot be 0") == true)
    for share in [0, 1, -0.2, .nan, .infinity] {
      #expect(refusal { $0.holdoutShare = share }?.contains("share cannot be") == true)
    }
  }

  @Test func textsOfSizesAndEpochsAreReadAsTheyAreWritten() {
    for text in ["all", "1", "25600"] { #expect(StudySize(text)?.description == text) }
    for text in ["auto", "1", "40"] { #expect(StudyEpochs(text)?.description == text) }
    for text in ["", "0", "-1", "1.5", "ALL", "99999999999999999999"] {
      #expect(StudySize(text) == nil)
      #expect(StudyEpochs(text) == nil)
    }
  }

  @Test func thePlanHasEveryCellOnce() throws {
    var options = StudyOptions()
    options.sizes = [.rows(5_000), .rows(60), .all, .rows(60), .rows(120), .rows(900)]
    options.modelSizes = [.large, .small, .large]
    options.epochs = [.most(5), .automatic, .most(5)]
    options.repetitions = 2
    let plan = try Study(of: Studies.table(), options: options).plan
    #expect(plan.rowCounts == [60, 120])
    #expect(plan.oversized == [900, 5_000])
    #expect(plan.modelSizes == [.large, .small])
    #expect(plan.epochs == [.most(5), .automatic])
    let ids = plan.keys.map(\.id)
    #expect(ids.count == 16)
    #expect(Set(ids).count == 16)
    #expect(ids.prefix(3) == ["60-large-5-1", "60-large-5-2", "60-large-auto-1"])
    #expect(ids.last == "120-small-auto-2")
  }
}
