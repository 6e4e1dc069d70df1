import Foundation
import Tables

/// The identity of a file, the same for every path and link to it.
package enum FileIdentity: Hashable {
  case existing(device: dev_t, number: ino_t)
  /// A file that does not exist yet: the real path of its folder and its name.
  case new(path: String)

  /// - Returns: nil for devices, pipes, folders and files in folders that do not exist: they cannot be overwritten.
  package init?(_ path: String) {
    var status = stat()
    if stat(path, &status) == 0 {
      self.init(status)
    } else {
      let (folder, name) = splitPath(path)
      guard let folder = realPath(folder) else { return nil }
      self = .new(path: "\(folder)/\(name)")
    }
  }

  /// The file that an open descriptor reads or writes.
  init?(descriptor: Int32) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return nil }
    self.init(status)
  }

  private init?(_ status: stat) {
    guard status.st_mode & S_IFMT == S_IFREG else { return nil }
    self = .existing(device: status.st_dev, number: status.st_ino)
  }
}
