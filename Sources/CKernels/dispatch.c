#include "implementations.h"

static const lk_implementations *selected = &lk_implementations_portable;
static lk_instruction_set selected_set = lk_portable;

lk_instruction_set lk_best_instruction_set(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512vl"))
    return lk_avx512;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return lk_avx2;
#endif
  return lk_portable;
}

// On x86-64 from the instruction CPUID, and from XGETBV for registers that the system has to save.
size_t lk_processor_features(const char **names) {
  size_t count = 0;
#if defined(__x86_64__)
  __builtin_cpu_init();
#define FEATURE(name, compiler_name) \
  if (__builtin_cpu_supports(compiler_name)) names[count++] = name
  FEATURE("avx2", "avx2");
  FEATURE("fma", "fma");
  FEATURE("avx512f", "avx512f");
  FEATURE("avx512bw", "avx512bw");
  FEATURE("avx512dq", "avx512dq");
  FEATURE("avx512vl", "avx512vl");
  FEATURE("avx512_bf16", "avx512bf16");
  FEATURE("amx_tile", "amx-tile");
  FEATURE("amx_bf16", "amx-bf16");
#undef FEATURE
#elif defined(__aarch64__)
  names[count++] = "neon";
#else
  (void)names;
#endif
  return count;
}

// A multiple of the widest panel, so that the size does not depend on the instruction set.
size_t lk_packed_size(size_t inner, size_t columns) { return inner * ((columns + 31) / 32 * 32); }

const lk_implementations *lk_implementations_of(lk_instruction_set set) {
#if defined(__x86_64__)
  lk_instruction_set best = lk_best_instruction_set();
  if (set > best) set = best;
  if (set == lk_avx512) return &lk_implementations_avx512;
  if (set == lk_avx2) return &lk_implementations_avx2;
#endif
  return &lk_implementations_portable;
}

lk_instruction_set lk_selected_instruction_set(void) { return selected_set; }

void lk_select_instruction_set(lk_instruction_set set) {
  lk_instruction_set best = lk_best_instruction_set();
  selected_set = set < best ? set : best;
  selected = lk_implementations_of(selected_set);
}

const lk_implementations *lk_implementations_unprofiled(void) { return lk_implementations_of(selected_set); }

void lk_use_implementations(const lk_implementations *implementations) { selected = implementations; }

__attribute__((constructor)) static void select_best(void) { lk_select_instruction_set(lk_best_instruction_set()); }

#define KERNEL(result, name, parameters, arguments) \
  result lk_##name parameters { return selected->name arguments; }
#include "kernels.list.h"
#undef KERNEL
