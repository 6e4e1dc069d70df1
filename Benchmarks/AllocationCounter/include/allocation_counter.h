#ifndef LIKENESS_ALLOCATION_COUNTER_H
#define LIKENESS_ALLOCATION_COUNTER_H

#include <stddef.h>

/// How often memory was allocated in this process, on any thread, and how much.
typedef struct {
  size_t blocks;
  size_t bytes;
  /// Those of the blocks that the BLAS asked for.
  size_t blas_blocks;
} likeness_allocations;

/// Begins to count; 0 where it cannot be done, which is without glibc.
///
/// Why it exists: the malloc statistics of glibc tell what is in use, not how often something was allocated and freed again.
/// A program that links this file has its own malloc, which counts and passes on to glibc's.
int likeness_count_allocations(void);

/// All allocations since counting began.
likeness_allocations likeness_allocations_so_far(void);

#endif
