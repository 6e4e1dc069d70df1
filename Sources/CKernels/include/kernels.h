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

/// Makes the calling thread take subnormal numbers, those nearer to zero than any Float32 of full precision, for zero: processors
/// compute with them up to a hundred times more slowly. Returns the thread's mode before, for `lk_restore_subnormals`.
static inline uint64_t lk_flush_subnormals(void) {
#if defined(__x86_64__)
  // Flush to zero, and denormals are zero: bits 15 and 6.
  unsigned mode = __builtin_ia32_stmxcsr();
  __builtin_ia32_ldmxcsr(mode | 0x8040u);
  return mode;
#elif defined(__aarch64__)
  // FZ: bit 24.
  uint64_t mode;
  __asm__ volatile("mrs %0, fpcr" : "=r"(mode));
  __asm__ volatile("msr fpcr, %0" : : "r"(mode | (1u << 24)));
  return mode;
#else
  return 0;
#endif
}

/// Gives the calling thread back the mode that `lk_flush_subnormals` has returned.
static inline void lk_restore_subnormals(uint64_t mode) {
#if defined(__x86_64__)
  __builtin_ia32_ldmxcsr((unsigned)mode);
#elif defined(__aarch64__)
  __asm__ volatile("msr fpcr, %0" : : "r"(mode));
#else
  (void)mode;
#endif
}

/// The groups of a column's codes whose counts are kept balanced.
#define LK_BALANCE_GROUPS 16

/// Numbers that weights (inner, columns) take when they are packed by `lk_pack`.
size_t lk_packed_size(size_t inner, size_t columns);

/// Numbers that `lk_sample_balanced_rows` reads and writes in place of a column's codes: whole vectors of every instruction set.
static inline size_t lk_balance_width(size_t width) { return (width + 15) / 16 * 16; }

/// Numbers that it needs room for.
static inline size_t lk_balance_room(size_t width) { return 3 * lk_balance_width(width) + 16; }

#define KERNEL(result, name, parameters, arguments) result lk_##name parameters;
#include "kernels.list.h"
#undef KERNEL

#define KERNEL(result, name, parameters, arguments) result (*name) parameters;
/// The kernels of one instruction set.
typedef struct {
#include "kernels.list.h"
} lk_implementations;
#undef KERNEL

/// What multiplies bfloat16: pairs of products added to Float32.
typedef enum {
  lk_bfloat16_none = 0,
  /// Dot products of vectors, AVX512-BF16.
  lk_bfloat16_vectors = 1,
  /// Tile registers, AMX.
  lk_bfloat16_tiles = 2,
} lk_bfloat16_unit;

/// The fastest unit that this processor has and its system grants.
lk_bfloat16_unit lk_best_bfloat16_unit(void);

/// Whether its products are faster than those in Float32: tiles always are; vectors on AMD's Zen 4 and 5, not on Intel's Sapphire
/// Rapids, which multiplies pairs of bfloat16 no faster than it multiplies and adds Float32.
int lk_prefers_bfloat16(void);

/// Numbers that weights (inner, columns) take when a unit has packed them: the same for all units.
size_t lk_bfloat16_size(size_t inner, size_t columns);

/// Products in bfloat16: both factors are rounded to the nearest, ties to even; sums are Float32. All matrices are row-major and
/// contiguous.
typedef struct {
  /// packed = weights (inner, columns) in the order in which multiply_packed reads them, lk_bfloat16_size numbers. With `transposes`,
  /// weights is (columns, inner) and its transpose is packed.
  void (*pack)(size_t inner, size_t columns, int transposes, const float *weights, uint16_t *packed);
  /// c (rows, columns) = a (rows, inner) times packed weights, plus bias (columns; may be NULL) in every row, plus c where `adds` is
  /// set.
  void (*multiply_packed)(size_t rows, size_t inner, size_t columns, const float *a, const uint16_t *packed, const float *bias,
                          int adds, float *c);
  /// c (rows, columns) = the transpose of a (inner, rows) times b (inner, columns), plus c where `adds` is set.
  void (*multiply_transposed)(size_t rows, size_t inner, size_t columns, const float *a, const float *b, int adds, float *c);
} lk_bfloat16_kernels;

/// The kernels of a unit, at most the best one; NULL where there is none.
const lk_bfloat16_kernels *lk_bfloat16_kernels_of(lk_bfloat16_unit unit);

// The kernels of the best unit, counted in the profile. Only where there is one.
void lk_bfloat16_pack(size_t inner, size_t columns, int transposes, const float *weights, uint16_t *packed);
void lk_bfloat16_multiply_packed(size_t rows, size_t inner, size_t columns, const float *a, const uint16_t *packed,
                                 const float *bias, int adds, float *c);
void lk_bfloat16_multiply_transposed(size_t rows, size_t inner, size_t columns, const float *a, const float *b, int adds, float *c);

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

/// Products that are not in the list of kernels, and have entries of the profile behind it.
typedef enum {
  lk_product_sgemm,
  lk_product_bfloat16_pack,
  lk_product_bfloat16_packed,
  lk_product_bfloat16_transposed,
  lk_product_count,
} lk_product;

/// Adds a product to the profile that began at `start`, where that is not 0.
void lk_profile_add_product(lk_product product, uint64_t start, uint64_t operations);

/// The kernels of an instruction set, at most the best one: for tests that compare them while others compute.
const lk_implementations *lk_implementations_of(lk_instruction_set set);

#endif
