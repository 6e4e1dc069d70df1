// Four lanes: SSE2 on x86-64, NEON on arm64, whatever the compiler makes of it elsewhere.
#include <string.h>

#define LANES 4
#define IMPLEMENTATIONS lk_implementations_portable

typedef float vf __attribute__((vector_size(16)));

static inline vf load_part(const float *p, size_t n) {
  vf v = {0};
  memcpy(&v, p, n * sizeof(float));
  return v;
}

static inline void store_part(float *p, vf v, size_t n) { memcpy(p, &v, n * sizeof(float)); }

#include "kernels.body.h"
