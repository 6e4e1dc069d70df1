#include "kernels.h"

// Rows that a tile of the product has, and numbers that a vector holds.
#define TILE_ROWS 8
#define VECTOR 16

size_t lk_bfloat16_size(size_t inner, size_t columns) {
  return (columns + VECTOR - 1) / VECTOR * ((inner + 1) / 2) * 2 * VECTOR;
}

int lk_prefers_bfloat16(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  return lk_has_bfloat16() && __builtin_cpu_is("amd");
#else
  return 0;
#endif
}

#if defined(__x86_64__)
#include <immintrin.h>

#include "target.h"

BEGIN_TARGET("avx512f,avx512bw,avx512dq,avx512vl,avx512bf16")

int lk_has_bfloat16(void) {
  __builtin_cpu_init();
  return lk_best_instruction_set() == lk_avx512 && __builtin_cpu_supports("avx512bf16");
}

// Pairs of rows lie together, as the dot product instruction wants them: block of 16 columns, pair, column, row of the pair.
void lk_bfloat16_pack(size_t inner, size_t columns, const float *weights, uint16_t *packed) {
  size_t pairs = (inner + 1) / 2;
  for (size_t first = 0; first < columns; first += VECTOR)
    for (size_t pair = 0; pair < pairs; pair++)
      for (size_t lane = 0; lane < VECTOR; lane++)
        for (size_t half = 0; half < 2; half++) {
          size_t row = 2 * pair + half, column = first + lane;
          float value = row < inner && column < columns ? weights[row * columns + column] : 0;
          __auto_type rounded = _mm_cvtness_sbh(value);
          __builtin_memcpy(packed++, &rounded, sizeof rounded);
        }
}

// Eight rows of a as pairs of bfloat16.
static inline void convert(size_t inner, const float *a, size_t stride, uint32_t *pairs_of_a, size_t pairs) {
  for (size_t row = 0; row < TILE_ROWS; row++) {
    uint16_t *out = (uint16_t *)(pairs_of_a + row * pairs);
    for (size_t i = 0; i < inner; i += VECTOR) {
      size_t count = inner - i < VECTOR ? inner - i : VECTOR;
      __mmask16 lanes = (__mmask16)((1u << count) - 1);
      __m256bh part = _mm512_cvtneps_pbh(_mm512_maskz_loadu_ps(lanes, a + row * stride + i));
      _mm256_mask_storeu_epi16(out + i, lanes, (__m256i)part);
    }
    if (inner % 2) out[inner] = 0;
  }
}

static inline __attribute__((always_inline)) void tile(
    size_t pairs, int vectors, const uint32_t *a, const uint16_t *b, int adds, __mmask16 last, float *c, size_t stride) {
  __m512 sums[TILE_ROWS][2];
  for (int r = 0; r < TILE_ROWS; r++)
    for (int v = 0; v < vectors; v++) {
      __mmask16 lanes = v + 1 == vectors ? last : (__mmask16)0xffff;
      sums[r][v] = adds ? _mm512_maskz_loadu_ps(lanes, c + (size_t)r * stride + v * VECTOR) : _mm512_setzero_ps();
    }
  for (size_t pair = 0; pair < pairs; pair++)
    for (int v = 0; v < vectors; v++) {
      __m512bh weights = (__m512bh)_mm512_loadu_si512(b + ((size_t)v * pairs + pair) * 2 * VECTOR);
      for (int r = 0; r < TILE_ROWS; r++)
        sums[r][v] = _mm512_dpbf16_ps(sums[r][v], (__m512bh)_mm512_set1_epi32((int)a[(size_t)r * pairs + pair]), weights);
    }
  for (int r = 0; r < TILE_ROWS; r++)
    for (int v = 0; v < vectors; v++) {
      __mmask16 lanes = v + 1 == vectors ? last : (__mmask16)0xffff;
      _mm512_mask_storeu_ps(c + (size_t)r * stride + v * VECTOR, lanes, sums[r][v]);
    }
}

void lk_bfloat16_product(
    size_t rows, size_t inner, size_t columns, const float *a, const uint16_t *packed, int adds, float *c) {
  uint32_t pairs_of_a[TILE_ROWS * LK_BFLOAT16_INNER / 2];
  size_t pairs = (inner + 1) / 2, blocks = (columns + VECTOR - 1) / VECTOR;
  __mmask16 last = (__mmask16)((1u << (columns - (blocks - 1) * VECTOR)) - 1);
  for (size_t row = 0; row < rows; row += TILE_ROWS) {
    convert(inner, a + row * inner, inner, pairs_of_a, pairs);
    for (size_t block = 0; block < blocks; block += 2) {
      const uint16_t *b = packed + block * pairs * 2 * VECTOR;
      float *out = c + row * columns + block * VECTOR;
      __mmask16 lanes = block + 2 < blocks ? (__mmask16)0xffff : last;
      if (block + 1 < blocks)
        tile(pairs, 2, pairs_of_a, b, adds, lanes, out, columns);
      else
        tile(pairs, 1, pairs_of_a, b, adds, last, out, columns);
    }
  }
}

END_TARGET
#else

int lk_has_bfloat16(void) { return 0; }
void lk_bfloat16_pack(size_t inner, size_t columns, const float *weights, uint16_t *packed) {}
void lk_bfloat16_product(
    size_t rows, size_t inner, size_t columns, const float *a, const uint16_t *packed, int adds, float *c) {}

#endif
