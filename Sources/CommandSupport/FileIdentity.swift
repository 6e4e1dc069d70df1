import Foundation
import Tables

/// A file, however its path is spelled and whatever links lead there.
package enum FileIdentity: Hashable {
  case existing(device: dev_t, number: ino_t)
  /// Not there yet: the real path of the folder, and the name.
  case new(path: String)

  /// nil for what cannot be overwritten: devices, pipes, folders, and names in folders that do not exist.
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
