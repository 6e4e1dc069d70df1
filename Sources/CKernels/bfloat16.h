#ifndef LIKENESS_BFLOAT16_H
#define LIKENESS_BFLOAT16_H

#include "kernels.h"

#if defined(__x86_64__)
/// With tile registers (AMX).
extern const lk_bfloat16_kernels lk_bfloat16_kernels_tiles;
/// With dot products of vectors (AVX512-BF16).
extern const lk_bfloat16_kernels lk_bfloat16_kernels_vectors;
/// Asks the system for the tile registers of this process; 0 where there are none or it refuses.
int lk_request_tiles(void);
#endif

#endif
