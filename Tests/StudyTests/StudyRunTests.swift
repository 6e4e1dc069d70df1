import Eval
import Foundation
import Study
import Synchronization
import Tables
import TestSupport
import Testing

@Suite struct StudyRunTests {
  private let folder = TemporaryFolder()

  /// Runs a study and returns the cells that were made.
  private func run(
    _ options: StudyOptions, in name: String, on table: Table? = nil
  ) async throws -> (results: StudyResults, made: [String]) {
    let made = Mutex<[String]>([])
    let results = try await Study(of: table ?? Studies.table(), options: options).run(
      in: folder.file(name)
    ) { progress in
      if case .finished(let cell) = progress.step { made.withLock { $0.append(cell.key.id) } }
    }
    return (results, made.withLock { $0 })
  }

  @Test func everythingIsFoundOutAndWritten() async throws {
    let options = try Studies.options()
    let (results, made) = try await run(options, in: "study")
    #expect(made == ["40-small-1-1", "120-small-1-1"])
    #expect(results.isComplete)
    #expect(results.trainingRowCount == 120)
    #expect(results.holdoutRowCount == 30)
    #expect(results.columns == ["age", "town", "district", "member"])
    #expect(results.target == "member=yes")
    #expect(results.summaries.count == 2)
    #expect(results.runtimes.count == 1)
    #expect(!results.frontier.isEmpty)

    let written = try JSONDecoder().decode(
      StudyResults.self, from: #require(folder.data("study/results.json")))
    #expect(written == results)
    for name in ["study.html", "results.csv", "combined.csv.gz", "synthetic/40-small-1-1.csv.gz"] {
      #expect(folder.data("study/\(name)") != nil, "\(name)")
    }
    let lines = try Table(contentsOf: folder.file("study/results.csv"))
    #expect(lines.rowCount == 2)
    #expect(lines["rows"] == Column("rows", [40, 120]))
    #expect(lines["rule(town,district)"] != nil)
    let names = lines.columnNames
    #expect(names.suffix(4) == ["processor", "threads", "blas", "revision"])
    #expect(names.dropLast(4).last == StudyFigure.evaluationSeconds.rawValue)
  }

  /// The figures are those of an evaluation of the tables that were left behind.
  @Test func figuresAreThoseOfAnEvaluation() async throws {
    let options = try Studies.options()
    let results = try await run(options, in: "study").results
    let cell = try #require(results.cells.last)
    let synthetic = try folder.split("120-small-1-1", ofStudy: "study")
    #expect(synthetic.rowCount == 80)
    let tables = try ComparedTables(
      training: folder.split("training", ofStudy: "study"),
      holdout: folder.split("holdout", ofStudy: "study"), synthetic: [synthetic])
    var asked = EvaluationOptions()
    asked.seed = 3
    asked.target = options.target
    asked.rules = options.rules
    asked.statistics = options.statistics
    let expected = try Evaluation(of: tables, options: asked).synthetic[0]

    let rule = StudyFigure.share(keeping: options.rules[0])
    let deviation = StudyFigure.deviation(of: options.statistics[0])
    let reference = results.reference.values
    #expect(cell.values[.accuracy] == expected.accuracy.overall.value)
    #expect(cell.values[.trivariate] == expected.accuracy.trivariate?.value)
    #expect(cell.expected[.accuracy] == expected.accuracy.overall.expected)
    #expect(reference[.accuracy] == expected.accuracy.overall.holdout)
    #expect(cell.values[.targetAUC] == expected.utility?.synthetic.auc)
    #expect(reference[.targetAUC] == expected.utility?.real.auc)
    #expect(cell.values[.discriminatorAUC] == expected.similarity?.discriminator.auc.value)
    #expect(cell.values[.closerToTraining] == expected.privacy?.closerToTraining?.value)
    #expect(cell.values[.identicalShare] == expected.privacy?.identicalShare.value)
    #expect(cell.values[rule] == expected.rules[0].share.value)
    #expect(reference[rule] == expected.rules[0].share.holdout)
    #expect(cell.values[deviation] == expected.statistics[0].deviation.value)
    #expect(cell.statistics[0].values == expected.statistics[0].groups.map(\.synthetic))

    let allowed = results.reference.rules[0]
    #expect(allowed.allowedCount == 4)
    #expect(allowed.allowed.map(\.count).reduce(0, +) == 150)
    #expect(allowed.allowed.contains { $0.values == ["Ulm", "d0"] })
  }

  @Test func statisticsSaySWhetherTheyAreWithinWhatTheHoldoutShows() async throws {
    let results = try await run(Studies.options(), in: "study").results
    let reference = results.reference.statistics[0]
    #expect(reference.groups.map(\.values).sorted { $0[0] < $1[0] } == [["no"], ["yes"]])
    for cell in results.cells {
      let outcome = cell.statistics[0]
      #expect(outcome.isWithin == (outcome.deviation <= reference.deviationLimit))
      for (index, group) in reference.groups.enumerated() {
        let interval = try #require(group.interval)
        #expect(interval.contains(try #require(group.training)))
        #expect(outcome.areWithin[index] == outcome.values[index].map(interval.contains))
      }
    }
  }

  @Test func violinsAndSamplesAreOfTheRows() async throws {
    let results = try await run(Studies.options(), in: "study").results
    let violin = results.reference.violins[0]
    #expect(violin.groups.sorted() == ["no", "yes"])
    #expect(violin.training.compactMap { $0?.count }.reduce(0, +) == 120)
    #expect(violin.holdout.compactMap { $0?.count }.reduce(0, +) == 30)
    for cell in results.cells {
      #expect(cell.violins[0].count == 2)
      #expect(cell.violins[0].compactMap { $0?.count }.reduce(0, +) == 80)
      #expect(cell.samples.count == 3)
      let table = try folder.split(cell.key.id, ofStudy: "study")
      var rows: [[String]] = []
      try table.forEachBatch { batch in
        for row in 0..<batch.rowCount {
          rows.append((0..<4).map { String(decoding: batch.spelling(row, $0), as: UTF8.self) })
        }
      }
      for sample in cell.samples { #expect(rows.contains(sample)) }
    }
  }

  @Test func theSameSeedGivesTheSameFiguresWithAnyNumberOfThreads() async throws {
    var options = try Studies.options()
    options.repetitions = 2
    options.threadCount = 1
    let first = try await run(options, in: "first").results
    options.threadCount = 3
    let second = try await run(options, in: "second").results
    #expect(try folder.repeatedColumns("first") == folder.repeatedColumns("second"))
    #expect(folder.data("first/combined.csv.gz") == folder.data("second/combined.csv.gz"))
    #expect(first.cells.map(\.samples) == second.cells.map(\.samples))
    #expect(first.cells.map(\.violins) == second.cells.map(\.violins))
    #expect(first.reference == second.reference)

    options.seed = 4
    _ = try await run(options, in: "third")
    #expect(folder.data("third/combined.csv.gz") != folder.data("first/combined.csv.gz"))
  }

  @Test func finishedCellsAreNotMadeAgain() async throws {
    var options = try Studies.options()
    let first = try await run(options, in: "study")
    let again = try await run(options, in: "study")
    #expect(again.made.isEmpty)
    #expect(again.results == first.results)

    // One was not finished, one is damaged, and more are wanted.
    try FileManager.default.removeItem(atPath: folder.file("study/cells/40-small-1-1.json"))
    options.repetitions = 2
    let more = try await run(options, in: "study")
    #expect(more.made == ["40-small-1-1", "40-small-1-2", "120-small-1-2"])
    _ = folder.file("study/cells/40-small-1-1.json", "{}")
    try FileManager.default.removeItem(atPath: folder.file("study/synthetic/120-small-1-2.csv.gz"))
    let mended = try await run(options, in: "study")
    #expect(mended.made == ["40-small-1-1", "120-small-1-2"])
    #expect(mended.results.cells.map(\.samples) == more.results.cells.map(\.samples))
  }

  @Test func aFolderOfSomethingElseIsRefused() async throws {
    let options = try Studies.options()
    _ = try await run(options, in: "study")
    func refusal(
      in name: String, on table: Table? = nil,
      _ change: (inout StudyOptions) throws -> Void = { _ in }
    ) async throws -> String {
      var options = options
      try change(&options)
      do {
        _ = try await run(options, in: name, on: table)
        return ""
      } catch {
        return "\(error)"
      }
    }
    #expect(try await refusal(in: "study") { $0.seed = 9 }.contains("with 3 as the seed, not 9"))
    #expect(try await refusal(in: "study") { $0.rules = [] }.contains("as the rules, not none"))
    #expect(
      try await refusal(in: "study") { $0.drawnRowCount = 7 }
        .contains("80 as the number of rows to draw, not 7"))
    #expect(
      try await refusal(in: "study", on: Studies.table(seed: 2)).contains("as the table, not"))
    #expect(try await refusal(in: ".").contains("holds other files than a study's"))
    _ = folder.file("file", "")
    #expect(try await refusal(in: "file").contains("cannot be made a folder: File exists"))
    #expect(try await refusal(in: "no/study").contains("cannot be made a folder: No such file"))
    try FileManager.default.createDirectory(
      atPath: folder.file("killed"), withIntermediateDirectories: false)
    _ = folder.file("killed/.study.json.17.partial", "{")
    #expect(try await refusal(in: "killed") == "")
    _ = folder.file("study/study.json", "{")
    #expect(try await refusal(in: "study").contains("is not what a study has written"))
  }

  @Test func whatDoesNotFitTheTableIsRefusedBeforeAnythingIsWritten() async throws {
    var options = try Studies.options()
    options.target = Target("membr")
    await #expect(throws: EvalError.self) { try await run(options, in: "study") }
    options.target = nil
    options.violins = [GroupedNumber("town", by: "member")]
    await #expect(
      throws: EvalError.notNumeric(
        column: "town", usedBy: "The chart of 'town by member'")
    ) { try await run(options, in: "study") }
    options.violins = []
    #expect(try await run(options, in: "study").made.count == 2)
  }

  @Test func aStoppedStudyListsFinishedCellsAndGoesOn() async throws {
    var options = try Studies.options()
    options.repetitions = 3
    let study = try Study(of: Studies.table(), options: options)
    let path = folder.file("study")
    let partial = try await Task {
      try await study.run(in: path) { progress in
        // The task itself reports this step.
        guard case .finished = progress.step, progress.finishedCount == 2 else { return }
        withUnsafeCurrentTask { $0?.cancel() }
      }
    }.value
    #expect(!partial.isComplete)
    #expect(partial.cells.count == 2)
    let written = try JSONDecoder().decode(
      StudyResults.self, from: #require(folder.data("study/results.json")))
    #expect(written == partial)

    let rest = try await run(options, in: "study")
    #expect(rest.made.count == 4)
    #expect(rest.results.isComplete)
    #expect(Array(rest.results.cells.prefix(2)) == Array(partial.cells.prefix(2)))
  }

  @Test func aHoldoutOfItsOwnMayHaveItsColumnsInAnotherOrder() async throws {
    let holdout = try Studies.table(rowCount: 25, seed: 8)
    let turned = try Table(columns: holdout.columns.reversed())
    let study = try Study(of: Studies.table(), holdout: turned, options: Studies.options())
    let results = try await study.run(in: folder.file("study"))
    #expect(results.trainingRowCount == 150)
    #expect(results.holdoutRowCount == 25)
    #expect(results.holdoutTable == "The table")
    #expect(results.cells.map(\.key.rowCount) == [40, 150])
    #expect(try folder.split("holdout", ofStudy: "study") == holdout)
  }

  @Test func unusualTablesAreStudiedToo() async throws {
    var options = StudyOptions()
    options.sizes = [.rows(20), .all]
    options.drawnRowCount = 1
    options.epochs = [.most(1)]
    let ones = Array(repeating: 1, count: 40)
    let tables = [
      try Table(columns: [Column("split", ones)]),
      try Table(columns: [Column("split", [String?](repeating: nil, count: 40))]),
      try Table(columns: [
        Column("split", ones), Column("split_2", ones.indices.map { "a,\"\($0)\"\n" }),
        Column("x", ones.indices.map { Double($0) * 1e300 }),
      ]),
    ]
    for (index, table) in tables.enumerated() {
      let results = try await run(options, in: "study\(index)", on: table).results
      #expect(results.isComplete)
      let combined = try Table(
        reading: CSVFiles(
          paths: [folder.file("study\(index)/combined.csv.gz")],
          options: CSVOptions(separator: UInt8(ascii: ","))))
      #expect(combined.rowCount == 42)
      #expect(Array(combined.columnNames.dropFirst()) == table.columnNames)
    }
  }
}
