import ArgumentParser
import CommandSupport
import Study
import Synth

/// The generators of a study.
struct StudyCells: ParsableArguments {
  @Option(
    help:
      "Rows to train on, comma-separated; 'all' is the whole training part, as are larger sizes."
  )
  var sizes = CommaList(StudyOptions().sizes)

  @Option(help: "Rows to draw from each generator.")
  var rows = StudyOptions().drawnRowCount

  @Option(help: "Model sizes, comma-separated.")
  var modelSizes = CommaList(StudyOptions().modelSizes)

  @Option(
    help: "The most epochs to train for, comma-separated; 'auto' lets training decide.")
  var epochs = CommaList(StudyOptions().epochs)

  @Option(help: "Number of repeats, each with other samples and another seed.")
  var repeats = StudyOptions().repetitions

  @Option(help: "The share of the rows for the holdout. (default: 0.2)")
  var holdoutShare: Double?

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "A separate holdout table instead of a part of the input; repeat for files with the same header.",
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
