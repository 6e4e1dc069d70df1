import ArgumentParser
import CommandSupport

@main
struct BenchCommand: Program {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Measures training and generation, and studies accuracy.",
    discussion: """
      Build with -c release and let nothing else run. Every report names the machine, its BLAS, the threads, the seed and \
      the revision; those of profile and scaling begin with the machine's rate of matrix products too, by which reports of \
      different moments can be compared.

      EXAMPLES
        bench profile people.csv.gz
        bench scaling people.csv.gz --rows 200,400,800,1600
        bench study people.csv.gz --target income='>50K' -o people-study
      """,
    version: ProgramStart.version,
    subcommands: [ProfileCommand.self, Scaling.self, StudyCommand.self])

  /// Measurements of a debug build are meaningless.
  static func refuseDebugBuild() throws {
    #if DEBUG
      throw ValidationError("This is a debug build. Build with: swift build -c release")
    #endif
  }
}
