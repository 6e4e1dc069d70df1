import Eval
import Study
import Synth
import Testing

/// Bytes of models, rows and figures depend on these numbers.
@Suite struct RandomPurposeTests {
  @Test func numbersStayTheSame() {
    #expect(SynthPurpose.allCases.map(\.rawValue) == [1, 2, 3, 4, 5, 6, 7, 8, 12, 13])
    #expect(EvalPurpose.allCases.map(\.rawValue) == [3, 7, 9, 10])
    #expect(StudyPurpose.allCases.map(\.rawValue) == [11])
  }

  /// The evaluation shares two numbers with Synth, for draws that never meet; a new purpose gets a number of its own.
  @Test func librariesShareNoOtherNumbers() {
    let synth = Set(SynthPurpose.allCases.map(\.rawValue))
    let evaluation = Set(EvalPurpose.allCases.map(\.rawValue))
    let study = Set(StudyPurpose.allCases.map(\.rawValue))
    #expect(synth.intersection(evaluation) == [3, 7])
    #expect(study.isDisjoint(with: synth.union(evaluation)))
  }
}
