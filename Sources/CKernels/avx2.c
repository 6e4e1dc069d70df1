#if defined(__x86_64__)
#include <immintrin.h>
#include <string.h>

#include "target.h"

#define LANES 8
#define IMPLEMENTATIONS lk_implementations_avx2
BEGIN_TARGET("avx2,fma")

typedef float vf __attribute__((vector_size(32)));

static inline __m256i first_lanes(size_t n) {
  return _mm256_cmpgt_epi32(_mm256_set1_epi32((int)n), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
}

static inline vf load_part(const float *p, size_t n) { return (vf)_mm256_maskload_ps(p, first_lanes(n)); }

static inline void store_part(float *p, vf v, size_t n) { _mm256_maskstore_ps(p, first_lanes(n), (__m256)v); }

#include "kernels.body.h"
END_TARGET
#endif
