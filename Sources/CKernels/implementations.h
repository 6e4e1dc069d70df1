#ifndef LIKENESS_IMPLEMENTATIONS_H
#define LIKENESS_IMPLEMENTATIONS_H

#include "kernels.h"

extern const lk_implementations lk_implementations_portable;
#if defined(__x86_64__)
extern const lk_implementations lk_implementations_avx2;
extern const lk_implementations lk_implementations_avx512;
#endif

#endif
