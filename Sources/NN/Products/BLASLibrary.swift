import CBLASShim
import Foundation

/// The BLAS library in use: OpenBLAS.
///
/// OpenBLAS has kernels for many kinds of processor ("cores") and chooses among them when it is loaded. A version that is older
/// than the processor may not know it and fall back to kernels that are many times slower. Only products with no small dimension
/// come here (see ``Product``), so that models are trained and rows are drawn as fast with any core.
public enum BLASLibrary {
  /// Version, build options and core, as the library says them.
  public static var configuration: String {
    String(cString: likeness_blas_configuration()).trimmingCharacters(in: .whitespaces)
  }

  /// The core whose kernels run, for example `SkylakeX`.
  public static var core: String { String(cString: likeness_blas_core()) }

  /// Name, version and core, for records of measurements.
  public static var description: String {
    configuration.split(separator: " ").prefix(2).joined(separator: " ") + " with \(core) kernels"
  }

  /// Ends the library's own threads, which the products of this package do not use. For the start of a program, before anything uses
  /// the library.
  public static func endThreads() { likeness_blas_without_threads() }
}
