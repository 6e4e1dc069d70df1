#ifndef LIKENESS_KERNELS_H
#define LIKENESS_KERNELS_H

#include <stddef.h>
#include <stdint.h>

/// The instruction sets that the kernels are compiled for, from the narrowest to the widest.
typedef enum {
  lk_portable = 0,
  lk_avx2 = 1,
  lk_avx512 = 2,
} lk_instruction_set;

/// The widest instruction set that this processor has.
lk_instruction_set lk_best_instruction_set(void);

/// The most names that lk_processor_features writes.
#define LK_MOST_PROCESSOR_FEATURES 16

/// Writes the names of the features that matter to kernels and that this processor and its system have, as Linux spells them in
/// /proc/cpuinfo, and returns their number. `names` has room for LK_MOST_PROCESSOR_FEATURES.
size_t lk_processor_features(const char **names);

/// The instruction set in use: the best one, until another is selected.
lk_instruction_set lk_selected_instruction_set(void);

/// Selects the instruction set of every later call, at most the best one. For tests and benchmarks; not while others compute.
void lk_select_instruction_set(lk_instruction_set set);

/// Waits a moment in a loop that waits for another thread, and leaves the core to a thread that shares it.
static inline void lk_relax(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

/// The groups of a column's codes whose counts are kept balanced.
#define LK_BALANCE_GROUPS 16

/// Numbers that weights (inner, columns) take when they are packed by `lk_pack`.
size_t lk_packed_size(size_t inner, size_t columns);

/// Numbers that `lk_sample_balanced_rows` reads and writes in place of a column's codes: whole vectors of every instruction set.
static inline size_t lk_balance_width(size_t width) { return (width + 15) / 16 * 16; }

/// Numbers that it needs room for.
static inline size_t lk_balance_room(size_t width) { return 2 * lk_balance_width(width) + 16; }

#define KERNEL(result, name, parameters, arguments) result lk_##name parameters;
#include "kernels.list.h"
#undef KERNEL

#define KERNEL(result, name, parameters, arguments) result (*name) parameters;
/// The kernels of one instruction set.
typedef struct {
#include "kernels.list.h"
} lk_implementations;
#undef KERNEL

/// The largest inner dimension of a product in bfloat16.
#define LK_BFLOAT16_INNER 512

/// Whether this processor multiplies bfloat16; the functions below may be called only where it does.
int lk_has_bfloat16(void);

/// Whether its products in bfloat16 are faster than those in Float32. AMD's Zen 4 and 5 take half the time; Intel's Sapphire
/// Rapids takes twice as long, because it multiplies pairs of bfloat16 no faster than it multiplies and adds Float32.
int lk_prefers_bfloat16(void);

/// Numbers that packed weights (inner, columns) take.
size_t lk_bfloat16_size(size_t inner, size_t columns);

/// Rounds weights (inner, columns) to bfloat16, in the order in which the product reads them.
void lk_bfloat16_pack(size_t inner, size_t columns, const float *weights, uint16_t *packed);

/// c (rows, columns) = a (rows, inner) times packed weights, plus c where `adds` is set. a is rounded to bfloat16, sums are
/// Float32. rows is a multiple of 8, inner at most LK_BFLOAT16_INNER.
void lk_bfloat16_product(
    size_t rows, size_t inner, size_t columns, const float *a, const uint16_t *packed, int adds, float *c);

/// What one kernel, or the matrix products together, did while the profile was on.
typedef struct {
  const char *name;
  uint64_t calls;
  uint64_t nanoseconds;
  /// Floating-point operations; counted for products only.
  uint64_t operations;
} lk_profile_entry;

/// Turns the profile on, from zero, or off. Not while others compute.
void lk_profile_set(int is_on);

/// Number of entries: every kernel, and the products.
size_t lk_profile_count(void);

/// The entry of an index below the count.
lk_profile_entry lk_profile_get(size_t index);

/// Now, in nanoseconds, while the profile is on; 0 while it is off.
uint64_t lk_profile_start(void);

/// Adds a product to the profile that began at `start`, where that is not 0.
void lk_profile_add_product(uint64_t start, uint64_t operations);

/// The kernels of an instruction set, at most the best one: for tests that compare them while others compute.
const lk_implementations *lk_implementations_of(lk_instruction_set set);

#endif
