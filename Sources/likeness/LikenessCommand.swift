import ArgumentParser
import CommandSupport

@main
struct LikenessCommand: Program {
  static let configuration = CommandConfiguration(
    commandName: "likeness",
    abstract:
      "Reads a table and writes a new one with the same statistics and none of its records.",
    discussion: """
      EXAMPLES
        likeness schema people.csv.gz
        likeness train people.csv.gz -o people.likeness
        likeness generate people.likeness --rows 10000 -o synthetic.csv
        likeness evaluate --train people.csv.gz --synthetic synthetic.csv -o report.html
        likeness inspect people.likeness

      EXIT CODES
        0 done, 1 failed, 2 stopped early but a usable model was written, 64 wrong usage, 141 the reader of the output closed it

      Shell completions: likeness --generate-completion-script bash|zsh|fish
      """,
    version: ProgramStart.version,
    subcommands: [Schema.self, Train.self, Generate.self, Evaluate.self, Inspect.self])
}
