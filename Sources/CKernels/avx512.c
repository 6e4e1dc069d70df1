#if defined(__x86_64__)
#include <immintrin.h>
#include <stdint.h>
#include <string.h>

#include "target.h"

#define LANES 16
#define IMPLEMENTATIONS lk_implementations_avx512
BEGIN_TARGET("avx512f,avx512bw,avx512dq,avx512vl,fma")

typedef float vf __attribute__((vector_size(64)));
typedef int32_t vi __attribute__((vector_size(64)));

static inline vf load_part(const float *p, size_t n) { return (vf)_mm512_maskz_loadu_ps((__mmask16)((1u << n) - 1), p); }

static inline void store_part(float *p, vf v, size_t n) {
  _mm512_mask_storeu_ps(p, (__mmask16)((1u << n) - 1), (__m512)v);
}

// The number of lanes of a mask that is set in the first lanes only.
static inline int32_t mask_count(vi mask) { return __builtin_ctz(~(uint32_t)_mm512_movepi32_mask((__m512i)mask)); }

// table[index] in each lane, from a table of LK_BALANCE_GROUPS numbers.
static inline vf lookup(const vf *table, const int32_t *index) {
  return (vf)_mm512_permutexvar_ps(_mm512_loadu_si512(index), (__m512)table[0]);
}

#include "kernels.body.h"
END_TARGET
#endif
