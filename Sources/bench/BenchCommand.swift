import ArgumentParser

@main
struct BenchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Measures training and generation.",
    discussion: """
      Build with -c release. Let nothing else run: every report begins with the machine's rate of \
      matrix products, by which reports of different moments can be compared.

      EXAMPLES
        bench profile people.csv.gz
        bench scaling people.csv.gz --rows 200,400,800,1600
      """,
    subcommands: [ProfileCommand.self, Scaling.self])

  /// Measurements of a debug build say nothing.
  static func refuseDebugBuild() throws {
    #if DEBUG
      throw ValidationError("This is a debug build. Build with: swift build -c release")
    #endif
  }
}
