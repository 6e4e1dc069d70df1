#ifndef LIKENESS_CBLAS_SHIM_H
#define LIKENESS_CBLAS_SHIM_H

#include <cblas.h>

/// C = alpha * op(A) * op(B) + beta * C for row-major matrices of Float32.
///
/// A is (rows, inner) or its transpose, B (inner, columns) or its transpose, C (rows, columns); the strides are the distances
/// between the starts of two rows in memory, in elements.
///
/// Why it exists: `cblas_sgemm` takes enumerations whose Swift names differ between OpenBLAS versions, and `int` or 64-bit
/// sizes depending on the build; here both are fixed.
static inline void likeness_sgemm(
    int transpose_a, int transpose_b, int rows, int columns, int inner, float alpha, const float *a, int a_stride,
    const float *b, int b_stride, float beta, float *c, int c_stride) {
  cblas_sgemm(
      CblasRowMajor, transpose_a ? CblasTrans : CblasNoTrans, transpose_b ? CblasTrans : CblasNoTrans, rows, columns, inner,
      alpha, a, a_stride, b, b_stride, beta, c, c_stride);
}

/// Makes every later product run on the calling thread only.
///
/// Why it exists: Likeness cuts the work over its own threads; a second layer of threads inside a product would change the
/// order of additions, and with it the bytes of the result.
static inline void likeness_blas_single_threaded(void) { openblas_set_num_threads(1); }

#if defined(__linux__)
extern int blas_thread_shutdown_(void) __attribute__((weak));
#endif

/// Makes every later product run on the calling thread only, and ends the library's own threads. Not while another thread uses the
/// library.
///
/// Why it exists: OpenBLAS starts a thread for each processor when it is loaded. They look for work without pause for some hundredths of
/// a second, in which a short program could have done its own. The function that ends them before a fork is in no header, and later
/// versions may lack it.
static inline void likeness_blas_without_threads(void) {
  likeness_blas_single_threaded();
#if defined(__linux__)
  if (blas_thread_shutdown_) blas_thread_shutdown_();
#endif
}

/// Version, options and chosen kernels of the library, for benchmark records.
///
/// Why it exists: one prefix for everything that Swift calls in OpenBLAS.
static inline const char *likeness_blas_configuration(void) { return openblas_get_config(); }

/// The processor kind whose kernels the library runs, for example SkylakeX.
///
/// Why it exists: one prefix for everything that Swift calls in OpenBLAS.
static inline const char *likeness_blas_core(void) { return openblas_get_corename(); }

#endif
