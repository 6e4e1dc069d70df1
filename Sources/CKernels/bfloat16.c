#include "bfloat16.h"

#include <stdatomic.h>

// Whole tiles of 32 rows and 16 columns, so that the size does not depend on the unit.
size_t lk_bfloat16_size(size_t inner, size_t columns) { return (inner + 31) / 32 * 32 * ((columns + 15) / 16 * 16); }

static lk_bfloat16_unit best_unit(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (lk_best_instruction_set() == lk_avx512 && __builtin_cpu_supports("avx512bf16"))
    return lk_request_tiles() ? lk_bfloat16_tiles : lk_bfloat16_vectors;
#endif
  return lk_bfloat16_none;
}

lk_bfloat16_unit lk_best_bfloat16_unit(void) {
  // Asked for at first use, not at the start of the process: whoever only links the library keeps smaller signal frames. Threads
  // that come first together find the same.
  static atomic_int found;
  int unit = atomic_load_explicit(&found, memory_order_relaxed) - 1;
  if (unit < 0) {
    unit = (int)best_unit();
    atomic_store_explicit(&found, unit + 1, memory_order_relaxed);
  }
  return (lk_bfloat16_unit)unit;
}

int lk_prefers_bfloat16(void) {
#if defined(__x86_64__)
  switch (lk_best_bfloat16_unit()) {
  case lk_bfloat16_tiles: return 1;
  case lk_bfloat16_vectors: return __builtin_cpu_is("amd");
  case lk_bfloat16_none: return 0;
  }
#endif
  return 0;
}

const lk_bfloat16_kernels *lk_bfloat16_kernels_of(lk_bfloat16_unit unit) {
#if defined(__x86_64__)
  lk_bfloat16_unit best = lk_best_bfloat16_unit();
  if (unit > best) unit = best;
  if (unit == lk_bfloat16_tiles) return &lk_bfloat16_kernels_tiles;
  if (unit == lk_bfloat16_vectors) return &lk_bfloat16_kernels_vectors;
#endif
  return NULL;
}

static const lk_bfloat16_kernels *best_kernels(void) { return lk_bfloat16_kernels_of(lk_best_bfloat16_unit()); }

void lk_bfloat16_pack(size_t inner, size_t columns, int transposes, const float *weights, uint16_t *packed) {
  uint64_t start = lk_profile_start();
  best_kernels()->pack(inner, columns, transposes, weights, packed);
  lk_profile_add_product(lk_product_bfloat16_pack, start, 0);
}

void lk_bfloat16_multiply_packed(
    size_t rows, size_t inner, size_t columns, const float *a, const uint16_t *packed, const float *bias, int adds, float *c) {
  uint64_t start = lk_profile_start();
  best_kernels()->multiply_packed(rows, inner, columns, a, packed, bias, adds, c);
  lk_profile_add_product(lk_product_bfloat16_packed, start, 2 * rows * inner * columns);
}

void lk_bfloat16_multiply_transposed(
    size_t rows, size_t inner, size_t columns, const float *a, const float *b, int adds, float *c) {
  uint64_t start = lk_profile_start();
  best_kernels()->multiply_transposed(rows, inner, columns, a, b, adds, c);
  lk_profile_add_product(lk_product_bfloat16_transposed, start, 2 * rows * inner * columns);
}
