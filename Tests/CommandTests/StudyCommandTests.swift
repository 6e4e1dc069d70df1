import Foundation
import Study
import TestSupport
import Testing

/// The program `bench`.
private enum Bench {
  static let path = Program.path("bench")

  static func run(_ arguments: String...) async throws -> Outcome {
    try await Run(path, arguments).outcome()
  }
}

@Suite struct StudyCommandTests {
  private let folder = TemporaryFolder()
  private let table: String

  init() { table = folder.file("people.csv", People.csv(rowCount: 300)) }

  private func results(_ name: String) throws -> StudyResults {
    let contents = try #require(
      FileManager.default.contents(atPath: folder.file("\(name)/results.json")))
    return try JSONDecoder().decode(StudyResults.self, from: contents)
  }

  @Test func helpGathersAllMeasurements() async throws {
    let outcome = try await Bench.run("--help")
    #expect(outcome.status == 0)
    for word in ["profile", "scaling", "study", "EXAMPLES"] {
      #expect(outcome.text.contains(word), "\(word)")
    }
    let help = try await Bench.run("study", "--help")
    #expect(help.text.contains("EXAMPLES\n  bench study people.csv.gz"))
    #expect(help.text.contains("200,400,1600,6400,25600,all)"))
    #expect(help.text.contains("EXIT CODES"))
  }

  @Test func aStudyIsMadeAndGoneOnWith() async throws {
    let arguments = [
      "study", table, "-o", folder.file("study"), "--sizes", "50,900", "--rows", "100",
      "--model-sizes", "small", "--epochs", "1", "--target", "member=yes", "--rule", "town,member",
      "--statistic", "mean(age) by town", "--violin", "age by member", "--seed", "5",
    ]
    let first = try await Run(Bench.path, arguments).outcome()
    #expect(first.status == 0, "\(first.errors)")
    #expect(first.errors.contains("240 training and 60 holdout rows; sizes 50, 240; 2 cells"))
    #expect(first.errors.contains("All 240 training rows replace larger sizes: 900"))
    #expect(first.errors.contains("[2/2] 240-small-1-1  accuracy 0."))
    #expect(first.lines.count == 4)
    let results = try results("study")
    #expect(results.isComplete)
    #expect(results.seed == 5)
    #expect(results.plan.drawnRowCount == 100)
    #expect(results.plan.epochs == [.most(1)])

    let second = try await Run(Bench.path, arguments + ["--repeats", "2"]).outcome()
    #expect(second.status == 0)
    #expect(second.errorLines.count { $0.hasPrefix("[") } == 2)
    #expect(second.errors.contains("[4/4] 240-small-1-2"))

    let other = try await Run(Bench.path, arguments + ["--rows", "9", "--quiet"]).outcome()
    #expect(other.status == 1)
    #expect(other.errors.contains("begun with 100 as the number of rows to draw, not 9"))
    #expect(other.errorLines.count == 1)
  }

  @Test func controlCLeavesAReportOfWhatIsFinished() async throws {
    let arguments = [
      "study", table, "-o", folder.file("study"), "--sizes", "50", "--repeats", "1000", "--rows",
      "50", "--model-sizes", "small,medium,large", "--epochs", "1,2",
    ]
    // More cells than anyone waits for: the study ends by the signal alone.
    let outcome = try await Run(Bench.path, arguments).outcome(at: "[2/6000]") { $0.kill(SIGINT) }
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("Run the same command to resume."))
    let results = try results("study")
    #expect((2..<6_000).contains(results.cells.count))
    #expect(FileManager.default.fileExists(atPath: folder.file("study/study.html")))
    #expect(folder.contents == ["people.csv", "study"])
  }

  private static let misuses = [
    Misuse("study t --sizes 5", "A size cannot be 5. Give 20 rows or more."),
    Misuse("study t --sizes 200,,400", "'200,,400' is invalid for '--sizes"),
    Misuse("study t --sizes many", "'many' is invalid for '--sizes"),
    Misuse("study t --sizes 0", "'0' is invalid for '--sizes"),
    Misuse("study t --model-sizes small,huge", "'small,huge' is invalid for '--model-sizes"),
    Misuse("study t --epochs auto,x", "'auto,x' is invalid for '--epochs"),
    Misuse("study t --epochs 1000000", "The number of epochs cannot be 1000000."),
    Misuse("study t --repeats 0", "The number of repeats cannot be 0."),
    Misuse("study t --rows 0", "The number of rows to draw cannot be 0."),
    Misuse("study t --threads 0", "The number of threads cannot be 0."),
    Misuse("study t --holdout-share 1", "The holdout's share cannot be 1.0."),
    Misuse("study t --holdout-share 0.1 --holdout h", "Give either --holdout-share or --holdout."),
    Misuse("study - --holdout -", "Standard input can be read once only."),
    Misuse("study t --rule a", "'a' is no rule. Name two or more columns"),
    Misuse("study", "Missing expected argument '<input> ...'"),
    Misuse("scaling t --rows 5,x", "'5,x' is invalid for '--rows"),
    Misuse("scaling t --threads 0", "A count is 0. Give numbers above 0."),
  ]

  @Test(arguments: misuses)
  func wrongUsageIsExplained(_ misuse: Misuse) async throws {
    let outcome = try await Run(Bench.path, misuse.arguments).outcome()
    #expect(outcome.status == 64)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains(misuse.message), "\(outcome.errors)")
    #expect(outcome.errors.contains("Usage: bench "))
  }

  @Test func failuresAreOneLine() async throws {
    let elsewhere = TemporaryFolder()
    let other = elsewhere.file("people.csv", People.csv(rowCount: 300))
    let cases: [([String], String)] = [
      (["nothing.csv"], "nothing.csv: there is no such file."),
      ([table, "--target", "membr"], "there is no column 'membr'. Do you mean 'member'?"),
      ([table, "--violin", "town by member"], "the column 'town' holds no numbers."),
      ([table, "--statistic", "mean(age) by city"], "there is no column 'city'."),
      ([table, "-o", table], "cannot be made a folder: File exists"),
      ([other, "-o", folder.path], "holds other files than a study's"),
      ([table, "-o", "/proc/study"], "/proc/study cannot be made a folder"),
      ([table, "--holdout-share", "0.99"], "3 data rows, but at least 20"),
    ]
    for (arguments, message) in cases {
      let output = arguments.contains("-o") ? [] : ["-o", folder.file("new")]
      let outcome = try await Run(Bench.path, ["study", "--quiet"] + arguments + output).outcome()
      #expect(outcome.status == 1)
      #expect(outcome.output.isEmpty)
      #expect(outcome.errorLines.count == 1)
      #expect(outcome.errors.contains(message), "\(outcome.errors)")
    }
  }
}
