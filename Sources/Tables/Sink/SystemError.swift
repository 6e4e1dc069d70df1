#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The system's word for an error number.
package func systemMessage(_ number: Int32) -> String {
  String(cString: strerror(number))
}

/// What to do where the system refuses to create or write a file.
func outputRemedy(_ number: Int32) -> String {
  switch number {
  case ENOSPC, EDQUOT: "Free some space or choose another disk."
  case EACCES, EPERM, EROFS: "Choose another folder or change its permissions."
  case EFBIG: "Raise the limit of file sizes (ulimit -f) or choose another disk."
  case ENAMETOOLONG: "Choose a shorter name."
  case EMFILE, ENFILE: "Raise the limit of open files (ulimit -n)."
  case EPIPE: "The program that reads it has ended."
  case EBADF: "It is closed: open it or name a file."
  case EIO: "Check the disk."
  default: "Choose another file."
  }
}
