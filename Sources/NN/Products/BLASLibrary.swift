import CBLASShim
import CKernels
import Foundation

/// The BLAS library in use: OpenBLAS.
///
/// OpenBLAS has kernels for many kinds of processor ("cores") and chooses among them when it is loaded. A version that is older
/// than the processor may not know it and fall back to kernels that are many times slower. The environment variable
/// `OPENBLAS_CORETYPE` overrides the choice, but only before the library is loaded: a program must be started with it.
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

  /// The environment variable that chooses the core.
  public static let coreVariable = "OPENBLAS_CORETYPE"

  /// A faster core for this processor; nil where the core in use fits, was chosen by the user or cannot be changed.
  public static var recommendedCore: String? {
    guard ProcessInfo.processInfo.environment[coreVariable] == nil,
      configuration.contains("DYNAMIC_ARCH")
    else { return nil }
    return recommendedCore(
      inPlaceOf: core, instructionSet: lk_best_instruction_set(), isAMD: lk_is_amd() != 0)
  }

  /// What a user of the library can do about slow kernels; nil where the core in use fits.
  public static var advice: String? {
    recommendedCore.map {
      "OpenBLAS runs its \(core) kernels, which are slow on this processor: start the program with \(coreVariable)=\($0)."
    }
  }

  /// The rule behind ``recommendedCore``.
  ///
  /// With AVX-512, OpenBLAS's SkylakeX kernels were the fastest on every processor measured, or as fast as any. Its Cooperlake
  /// kernels are as fast on AMD's processors, but a quarter slower on Intel's Sapphire Rapids. Core names of later versions
  /// of OpenBLAS were chosen by a library that knows the processor.
  package static func recommendedCore(
    inPlaceOf core: String, instructionSet: lk_instruction_set, isAMD: Bool
  ) -> String? {
    switch instructionSet {
    case lk_avx512:
      let isSlow = slowCores.contains(core) || avx2Cores.contains(core)
      return isSlow || core == "Cooperlake" && !isAMD ? "SkylakeX" : nil
    case lk_avx2:
      return slowCores.contains(core) ? "Haswell" : nil
    default:
      return nil
    }
  }

  /// Cores of OpenBLAS without fused multiply-add on vectors of eight numbers.
  private static let slowCores: Set<String> = [
    "Katmai", "Coppermine", "Northwood", "Prescott", "Banias", "Atom", "Core2", "Penryn",
    "Dunnington",
    "Nehalem", "Sandybridge", "Athlon", "Opteron", "Opteron_SSE3", "Barcelona", "Nano", "Bobcat",
    "Bulldozer", "Piledriver", "Steamroller", "Excavator",
  ]
  private static let avx2Cores: Set<String> = ["Haswell", "Zen"]
}
