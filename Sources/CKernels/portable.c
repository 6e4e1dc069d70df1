// Four lanes: SSE2 on x86-64, NEON on arm64, whatever the compiler makes of it elsewhere.
#include <stdint.h>
#include <string.h>

#define LANES 4
#define IMPLEMENTATIONS lk_implementations_portable

typedef float vf __attribute__((vector_size(16)));
typedef int32_t vi __attribute__((vector_size(16)));

static inline vf load_part(const float *p, size_t n) {
  vf v = {0};
  memcpy(&v, p, n * sizeof(float));
  return v;
}

static inline void store_part(float *p, vf v, size_t n) { memcpy(p, &v, n * sizeof(float)); }

// The number of lanes of a mask that is set in the first lanes only.
static inline int32_t mask_count(vi mask) { return -((mask[0] + mask[1]) + (mask[2] + mask[3])); }

// table[index] in each lane, from a table of LK_BALANCE_GROUPS numbers.
static inline vf lookup(const vf *table, const int32_t *index) {
  const float *numbers = (const float *)table;
  return (vf){numbers[index[0]], numbers[index[1]], numbers[index[2]], numbers[index[3]]};
}

#include "kernels.body.h"
