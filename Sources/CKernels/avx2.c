#if defined(__x86_64__)
#include <immintrin.h>
#include <stdint.h>
#include <string.h>

#include "target.h"

#define LANES 8
#define IMPLEMENTATIONS lk_implementations_avx2
BEGIN_TARGET("avx2,fma")

typedef float vf __attribute__((vector_size(32)));
typedef int32_t vi __attribute__((vector_size(32)));

static inline __m256i first_lanes(size_t n) {
  return _mm256_cmpgt_epi32(_mm256_set1_epi32((int)n), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
}

static inline vf load_part(const float *p, size_t n) { return (vf)_mm256_maskload_ps(p, first_lanes(n)); }

static inline void store_part(float *p, vf v, size_t n) { _mm256_maskstore_ps(p, first_lanes(n), (__m256)v); }

// The number of lanes of a mask that is set in the first lanes only.
static inline int32_t mask_count(vi mask) { return __builtin_ctz(~(uint32_t)_mm256_movemask_ps((__m256)mask)); }

// table[index] in each lane, from a table of LK_BALANCE_GROUPS numbers.
static inline vf lookup(const vf *table, const int32_t *index) {
  __m256i lanes = _mm256_loadu_si256((const __m256i *)index);
  __m256 low = _mm256_permutevar8x32_ps((__m256)table[0], lanes);
  __m256 high = _mm256_permutevar8x32_ps((__m256)table[1], lanes);
  return (vf)_mm256_blendv_ps(low, high, (__m256)((vi)lanes > 7));
}

#include "kernels.body.h"
END_TARGET
#endif
