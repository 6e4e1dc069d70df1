import CKernels

/// The kernels of this package that are not matrix products: they are compiled for several instruction sets.
public enum VectorKernels {
  /// What runs here, for records of measurements.
  public static var description: String {
    let instructionSet =
      switch lk_selected_instruction_set() {
      case lk_avx512: "AVX-512"
      case lk_avx2: "AVX2"
      default: "portable"
      }
    return "\(instructionSet) vector kernels, "
      + "\(PackedWeights.prefersBFloat16 ? "bfloat16" : "Float32") products for drawing"
  }
}
