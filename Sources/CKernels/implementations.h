#ifndef LIKENESS_IMPLEMENTATIONS_H
#define LIKENESS_IMPLEMENTATIONS_H

#include "kernels.h"

extern const lk_implementations lk_implementations_portable;
#if defined(__x86_64__)
extern const lk_implementations lk_implementations_avx2;
extern const lk_implementations lk_implementations_avx512;
#endif

/// The kernels in use, timed.
extern const lk_implementations lk_implementations_profiled;
/// The kernels in use when the profile is off.
const lk_implementations *lk_implementations_unprofiled(void);
/// Makes every later call go to these kernels.
void lk_use_implementations(const lk_implementations *implementations);

#endif
