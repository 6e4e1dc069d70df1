import Foundation
import Support
import Tables

/// Reads a CSV file once, in one of two ways, and prints the seconds: for comparisons with other readers.
@main
struct Readers {
  static func main() throws {
    refuseDebugBuild()
    let arguments = CommandLine.arguments.dropFirst()
    guard arguments.count == 2, let mode = arguments.first.flatMap(Mode.init(rawValue:)),
      let path = arguments.last
    else {
      printError("usage: readers split|profile FILE")
      exit(64)
    }
    var result = 0
    let seconds = try elapsedSeconds { result = try mode.read(path) }
    print("{\"seconds\": \(seconds), \"result\": \(result)}")
  }
}

/// How much is made of the file.
enum Mode: String {
  /// Every field is cut out; the sum of their lengths.
  case split
  /// Every field is typed and counted; the number of rows.
  case profile

  func read(_ path: String) throws -> Int {
    let files = try CSVFiles(paths: [path])
    switch self {
    case .split: return try files.fieldByteCount()
    case .profile: return try TableProfile(scanning: files).rowCount
    }
  }
}
