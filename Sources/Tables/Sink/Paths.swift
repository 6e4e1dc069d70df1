#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The path without links and detours; nil where there is nothing.
package func realPath(_ path: String) -> String? {
  guard let resolved = realpath(path, nil) else { return nil }
  defer { free(resolved) }
  return String(cString: resolved)
}

/// The folder and the name in it.
package func splitPath(_ path: String) -> (folder: String, name: Substring) {
  guard let slash = path.lastIndex(of: "/") else { return (".", path[...]) }
  let folder = slash == path.startIndex ? "/" : String(path[..<slash])
  return (folder, path[path.index(after: slash)...])
}
