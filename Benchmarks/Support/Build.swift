import Foundation

/// Ends the program if it was built without optimisation: its figures would say nothing.
public func refuseDebugBuild() {
  var isDebug = false
  // Assertions are evaluated in debug builds only.
  assert(
    {
      isDebug = true
      return true
    }())
  if isDebug {
    printError("This is a debug build. Measure a release build: -c release.")
    exit(1)
  }
}

/// One line on standard error.
public func printError(_ line: String) {
  FileHandle.standardError.write(Data((line + "\n").utf8))
}
