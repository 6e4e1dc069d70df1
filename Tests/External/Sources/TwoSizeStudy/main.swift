import Eval
import Study
import Tables

// Two sizes of the table and the folder that are named on the command line.
let table = try Table(contentsOf: CommandLine.arguments[1])
var options = StudyOptions()
options.sizes = [.rows(200), .all]
options.epochs = [.most(2)]
options.drawnRowCount = 500
options.target = try Target(parsing: "income=>50K")
options.rules = [try Rule(parsing: "education,education_num")]
let results = try await Study(of: table, options: options).run(in: CommandLine.arguments[2])
for cell in results.cells {
  print(cell.key.rowCount, cell.values[.accuracy] ?? .nan, cell.values[.targetAUC] ?? .nan)
}
print(results.isComplete ? "complete" : "stopped")
