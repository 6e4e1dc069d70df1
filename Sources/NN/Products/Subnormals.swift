import CKernels

/// Runs a computation in which subnormal Float32 and Float64 numbers count as zero.
///
/// Gradients and moments of weights that hardly change become subnormal, and processors compute with such numbers many times more
/// slowly than with others. Only the calling thread is affected, and only until the computation ends.
@inline(__always)
package func flushingSubnormals<Result>(_ body: () throws -> Result) rethrows -> Result {
  let mode = lk_flush_subnormals()
  defer { lk_restore_subnormals(mode) }
  return try body()
}
