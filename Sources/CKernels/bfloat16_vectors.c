// Products in bfloat16 with AVX512-BF16: the dot product of pairs in every lane.
#if defined(__x86_64__)
#include <immintrin.h>
#include <string.h>

#include "bfloat16.h"
#include "target.h"

#define INLINE static inline __attribute__((always_inline))
#define KERNELS lk_bfloat16_kernels_vectors
BEGIN_TARGET("avx512f,avx512bw,avx512dq,avx512vl,avx512bf16")
#include "bfloat16.body.h"

// Sixteen sums hide the latency of two multipliers.
#define TILE_ROWS 8

INLINE void tile(const block_product *p, size_t row, size_t column, int vectors) {
  __m512 sums[TILE_ROWS][2];
  size_t rows = p->rows - row, columns = p->columns - column;
  float *c = p->c + row * p->c_stride + column;
  for (size_t r = 0; r < TILE_ROWS; r++)
    for (int v = 0; v < vectors; v++)
      sums[r][v] = p->adds && r < rows ? load_lanes(c + r * p->c_stride + v * VECTOR, columns - v * VECTOR)
                                       : _mm512_setzero_ps();
  const uint16_t *a = p->a + row * p->a_stride, *b = p->panels + column / VECTOR * p->panel_stride;
  for (size_t pair = 0; pair < p->pairs; pair++, a += 2, b += 2 * VECTOR)
    for (int v = 0; v < vectors; v++) {
      __m512bh weights = (__m512bh)_mm512_loadu_si512(b + v * p->panel_stride);
      for (size_t r = 0; r < TILE_ROWS; r++) {
        int numbers;
        memcpy(&numbers, a + r * p->a_stride, sizeof numbers);
        sums[r][v] = _mm512_dpbf16_ps(sums[r][v], (__m512bh)_mm512_set1_epi32(numbers), weights);
      }
    }
  for (size_t r = 0; r < TILE_ROWS && r < rows; r++)
    for (int v = 0; v < vectors; v++)
      _mm512_mask_storeu_ps(c + r * p->c_stride + v * VECTOR, first_lanes(columns - v * VECTOR), sums[r][v]);
}

static void prepare(void) {}

static void block(const block_product *p) {
  for (size_t column = 0; column < p->columns; column += 2 * VECTOR)
    for (size_t row = 0; row < p->rows; row += TILE_ROWS) {
      if (p->columns - column > VECTOR)
        tile(p, row, column, 2);
      else
        tile(p, row, column, 1);
    }
}

END_TARGET
#endif
