import Foundation

/// Feeds one target in this process, which may die of it: the input stands in a file before it is read.
struct Worker {
  private let target: any FuzzTarget
  private let files: FuzzFiles

  /// A single input may take so long, on a machine that has other things to do.
  private static let mostSeconds: UInt32 = 120

  init(_ type: any FuzzTarget.Type, files: FuzzFiles) throws {
    self.files = files
    target = try type.init(folder: files.folder)
  }

  /// Reads inputs until the time is up, from the number on that the progress says.
  func run(seconds: Double) throws {
    let end = Date(timeIntervalSinceNow: seconds)
    var progress = files.progress()
    while Date() < end, progress.findingCount < FuzzFiles.mostFindings {
      var random = InputRandom(seed: files.seed, input: progress.inputCount)
      let input = try target.input(using: &random)
      try Data(input).write(to: URL(fileURLWithPath: files.input))
      progress.inputCount += 1
      try files.write(progress)
      alarm(Worker.mostSeconds)
      do {
        try target.read(input, path: files.input)
        progress.acceptedCount += 1
      } catch  where isRefusal(error) {
      } catch {
        progress.findingCount += 1
        try files.keepInput(number: progress.inputCount - 1, "\(error)")
      }
      alarm(0)
    }
    try files.write(progress)
  }

  /// Reads a file and says what becomes of it.
  func readOnce(_ path: String) throws {
    let input = try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
    do {
      try target.read(input, path: path)
      print("accepted")
    } catch  where isRefusal(error) {
      print("refused: \(error)")
    }
  }
}
