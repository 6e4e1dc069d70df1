import Eval
import Synth

/// The cells of a study that differ in nothing but rows and repeat: a line of its charts.
struct StudySeries: Sendable {
  let modelSize: ModelSize
  let epochs: StudyEpochs
  let style: SeriesStyle
  /// By size, ascending.
  let summaries: [StudySummary]
  /// By size, then by repeat.
  let cells: [StudyCell]
  let runtime: RuntimeFit?

  init(_ modelSize: ModelSize, _ epochs: StudyEpochs, of results: StudyResults, style: SeriesStyle)
  {
    self.modelSize = modelSize
    self.epochs = epochs
    self.style = style
    summaries = results.summaries.filter { $0.modelSize == modelSize && $0.epochs == epochs }
    cells = results.cells.filter { $0.key.modelSize == modelSize && $0.key.epochs == epochs }
    runtime = results.runtimes.first { $0.modelSize == modelSize && $0.epochs == epochs }
  }

  var name: String { "\(modelSize.rawValue), \(epochs.words)" }
}

extension StudyEpochs {
  /// The text beside a model size.
  var words: String {
    switch self {
    case .automatic: "auto epochs"
    case .most(let count): count == 1 ? "1 epoch" : "\(NumberText.count(count)) epochs"
    }
  }
}
