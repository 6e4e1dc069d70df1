import ArgumentParser
import CommandSupport
import Study
import Synth

/// Which generators a study makes.
struct StudyCells: ParsableArguments {
  @Option(
    help:
      "Rows to learn from, commas between; 'all' is the whole training part, as are sizes above it."
  )
  var sizes = CommaList(StudyOptions().sizes)

  @Option(help: "Rows to draw from each generator.")
  var rows = StudyOptions().drawnRowCount

  @Option(help: "Model sizes, commas between.")
  var modelSizes = CommaList(StudyOptions().modelSizes)

  @Option(
    help: "The most epochs to train for, commas between; with 'auto' training decides.")
  var epochs = CommaList(StudyOptions().epochs)

  @Option(help: "How often to do everything, each time with other samples and another seed.")
  var repeats = StudyOptions().repetitions

  @Option(help: "The share of the rows to keep back and judge by. (default: 0.2)")
  var holdoutShare: Double?

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "Rows to judge by in place of a part of the input; repeat for files with one header.",
      valueName: "csv"),
    completion: .file())
  var holdout: [String] = []

  func validate() throws {
    if holdoutShare != nil, !holdout.isEmpty {
      throw ValidationError("Give either --holdout-share or --holdout.")
    }
  }

  func options() -> StudyOptions {
    var options = StudyOptions()
    options.sizes = sizes.values
    options.drawnRowCount = rows
    options.modelSizes = modelSizes.values
    options.epochs = epochs.values
    options.repetitions = repeats
    if let holdoutShare { options.holdoutShare = holdoutShare }
    return options
  }
}

extension StudySize: ExpressibleByArgument {}
extension StudyEpochs: ExpressibleByArgument {}
