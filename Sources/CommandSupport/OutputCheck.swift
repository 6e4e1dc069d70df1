import ArgumentParser
import Foundation
import Tables

/// Refuses empty output names, outputs that are also inputs, and two outputs that are the same file, as wrong usage.
///
/// - Parameters:
///   - outputs: The files to write, by option; nil for options that were not given, `-` for standard output.
///   - inputs: The files to read; `-` is standard input.
package func checkOutputs(
  _ outputs: KeyValuePairs<String, String?>, inputs: [String]
) throws {
  var uses: [FileIdentity: String] = [:]
  for path in inputs {
    let isStream = path == "-"
    if let file = isStream ? FileIdentity(descriptor: STDIN_FILENO) : FileIdentity(path) {
      uses[file] = isStream ? "standard input" : "the input \(path)"
    }
  }
  for (option, path) in outputs {
    guard let path, path != "-" else { continue }
    if path.isEmpty { throw ValidationError("\(option) is empty. Name a file.") }
    guard let file = FileIdentity(path) else { continue }
    if let use = uses[file] {
      throw ValidationError("\(option) is \(path), the same file as \(use). Name another file.")
    }
    uses[file] = option
  }
}

/// Refuses an empty folder name and a folder that contains an input, as wrong usage.
package func checkOutputFolder(_ folder: String, inputs: [String]) throws {
  if folder.isEmpty { throw ValidationError("--output is empty. Name a folder.") }
  guard let root = realPath(folder) else { return }
  for path in inputs {
    if let real = realPath(path), real.hasPrefix(root + "/") {
      throw ValidationError(
        "--output is \(folder), the folder of the input \(path). Name another folder.")
    }
  }
}
