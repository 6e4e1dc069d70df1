#if defined(__x86_64__)
#include <immintrin.h>
#include <string.h>

#include "target.h"

#define LANES 16
#define IMPLEMENTATIONS lk_implementations_avx512
BEGIN_TARGET("avx512f,avx512bw,avx512dq,avx512vl,fma")

typedef float vf __attribute__((vector_size(64)));

static inline vf load_part(const float *p, size_t n) { return (vf)_mm512_maskz_loadu_ps((__mmask16)((1u << n) - 1), p); }

static inline void store_part(float *p, vf v, size_t n) {
  _mm512_mask_storeu_ps(p, (__mmask16)((1u << n) - 1), (__m512)v);
}

#include "kernels.body.h"
END_TARGET
#endif
